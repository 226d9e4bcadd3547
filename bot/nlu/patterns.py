"""Ways of saying something, as editors write them, → what is looked for in a text.

``{word}`` stands for any word of a list, ``…`` for up to six words or twelve characters that do not
end the clause. A phrase without either is a plain phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.catalogue.text import Words

_GAP_ZH = r"[^，。！？；,.!?;]{0,12}?"
_GAP_EN = r"(?:[\s'’-]+[^\s,.!?;]+){0,6}?[\s'’-]+"
_PIECE = re.compile(r"\{(\w+)\}|(…)|([^{}…]+)")


@dataclass(frozen=True)
class Pattern:
    """A way of saying with lists or gaps. ``anchors`` are the literal pieces any match must contain."""

    anchors: tuple[str, ...]
    expression: re.Pattern[str]

    def spans(self, text: str) -> Iterable[tuple[int, int]]:
        """Start and end of every match in ``text`` (lower case)."""
        if all(anchor in text for anchor in self.anchors):
            for match in self.expression.finditer(text):
                yield match.span()


def is_plain(phrase: str) -> bool:
    """Whether the phrase has neither lists nor gaps."""
    return "{" not in phrase and "…" not in phrase


def compile_pattern(phrase: str, groups: Mapping[str, Words], language: str) -> Pattern:
    """The pattern of a phrase in ``language``; an unknown ``{word}`` matches nothing."""
    anchors, expression = [], ""
    for group, gap, literal in _PIECE.findall(re.sub(r"\s*…\s*", "…", phrase.lower())):
        if group:
            expression += _any_of(groups.get(group, Words()), language)
        elif gap:
            expression += _GAP_ZH if language == "zh" else _GAP_EN
        else:
            anchors.append(literal.strip())
            expression += re.escape(literal)
    if language == "en":
        expression = rf"(?<!\w){expression}(?!\w)"
    return Pattern(tuple(filter(None, anchors)), re.compile(expression))


def _any_of(words: Words, language: str) -> str:
    alternatives = sorted(words.zh if language == "zh" else words.en, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word.lower()) for word in alternatives) + ")" if alternatives else r"(?!)"
