"""What a person typed, made safe and uniform: the first thing every channel does with a message."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from opencc import OpenCC

from bot.channels.id_check import Verdict
from bot.channels.masking import hide
from bot.channels.sentences import Language

LONGEST_TEXT = 2_000  # characters, as typed
_LONGEST_NORMALISED = 2 * LONGEST_TEXT  # NFKC turns one character into up to 18

_DROPPED_CATEGORIES = {"Cc", "Cf", "Cs", "Co"}  # control, format (zero width, direction), surrogate, private use
# Invisible characters that Unicode counts as letters, marks or symbols: Hangul fillers, grapheme joiner, Khmer inherent
# vowels, Mongolian separators, braille blank, variation selectors, enclosing keycap.
_INVISIBLE = frozenset("ᅟᅠㅤﾠ͏឴឵᠋᠌᠍᠎᠏⠀⃣") | {chr(code) for code in range(0xFE00, 0xFE10)}
_SLASHES = re.compile(r"^[\s/]+")
_HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿\U00020000-\U000323af]")
_WORD = re.compile(r"[A-Za-z]{2,}|\b[Ia]\b")


class TextError(ValueError):
    """The message cannot be used; `code` is the error code of the contract, `empty` or `too_long`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Prepared:
    """A message ready for the conversation: no personal data, no typed payload, simplified characters."""

    text: str
    masked: tuple[str, ...]
    verdicts: tuple[Verdict, ...]  # of identity numbers: whether each could be one
    language: Language | None  # None: the message has no words (an emoji, a number)


def prepare(raw: str, fallback: Language) -> Prepared:
    """Normalise, neutralise and mask what was typed; `fallback` is the language of placeholders in a wordless message.

    Raises TextError `too_long` over 2,000 characters and `empty` when nothing visible is left.
    """
    if len(raw) > LONGEST_TEXT:
        raise TextError("too_long")
    text = neutralise(normalise(raw))
    if not text:
        raise TextError("empty")
    if len(text) > _LONGEST_NORMALISED:
        raise TextError("too_long")
    language = language_of(text)
    hidden = hide(text, language or fallback)
    return Prepared(hidden.text, hidden.kinds, hidden.verdicts, language)


def normalise(raw: str) -> str:
    """NFKC, no invisible or control characters, ASCII digits, single spaces, traditional characters → simplified."""
    visible = "".join(map(_visible, raw))
    text = "".join(map(_ascii_digit, unicodedata.normalize("NFKC", visible)))
    return " ".join(_simplifier().convert(text).split())


def neutralise(text: str) -> str:
    """Without the leading slash that makes Rasa read a message as an intent payload (`/restart`, `/inform{…}`)."""
    return _SLASHES.sub("", text)


def language_of(text: str) -> Language | None:
    """The language a message is written in: Chinese when it has at least as many Han characters as Latin words."""
    han, words = len(_HAN.findall(text)), len(_WORD.findall(text))
    if not han and not words:
        return None
    return "zh" if han >= words else "en"


def _visible(character: str) -> str:
    if character.isascii() and character.isprintable():
        return character
    if character.isspace():
        return " "
    if character in _INVISIBLE or unicodedata.category(character) in _DROPPED_CATEGORIES:
        return ""
    return character


def _ascii_digit(character: str) -> str:
    if character.isascii():
        return character
    digit = unicodedata.decimal(character, None)
    return character if digit is None else str(digit)


@lru_cache(maxsize=1)
def _simplifier() -> OpenCC:
    return OpenCC("t2s")
