"""The spaCy language that reads both Chinese and English: no model, every Chinese character a token."""

from __future__ import annotations

from typing import Any

import spacy
from spacy.language import Language
from spacy.util import compile_infix_regex

_HAN = "㐀-鿿"


def blank_language() -> Language:
    """A multi-language pipeline without components whose tokenizer splits Chinese into characters."""
    language = spacy.blank("xx")
    infixes = [
        *(language.Defaults.infixes or ()),
        rf"[{_HAN}]",
        r"[，。！？；：、（）《》“”…]",
        rf"(?<=[{_HAN}])[0-9]+",
    ]
    tokenizer: Any = language.tokenizer
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    return language
