"""Topics by the sounds of their names: "sbkgq" or "shebaokaguoqi" for 社保卡过期."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pypinyin import Style, lazy_pinyin

from bot.console.search.phrases import Phrase

_TYPED = re.compile(r"[a-z]{2,30}")
_HAN = re.compile(r"[㐀-䶿一-鿿]")
_LONGEST = 14
"""Characters of a phrase; a longer one is a sentence, which nobody types by its initials."""
BEGINS, INSIDE = 0.95, 0.7
"""How well a name fits whose sounds begin with what was typed, or have it inside."""


class Sounds:
    """The initials and the full sounds of every short Chinese phrase."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        short = [phrase for phrase in phrases if len(phrase.text) <= _LONGEST and _HAN.search(phrase.text)]
        self._sounds = [(phrase, _sounds(phrase.text, Style.FIRST_LETTER), _sounds(phrase.text)) for phrase in short]

    def find(self, typed: str) -> dict[str, tuple[float, Phrase]]:
        """Topic → how well its best phrase fits, and the phrase; empty unless two to thirty letters were typed."""
        letters = typed.replace(" ", "").replace("'", "").lower()
        if not _TYPED.fullmatch(letters):
            return {}
        found: dict[str, tuple[float, Phrase]] = {}
        for phrase, initials, full in self._sounds:
            score = _fits(letters, initials, full, phrase.title)
            if score > found.get(phrase.topic, (0.0, phrase))[0]:
                found[phrase.topic] = (score, phrase)
        return found


def _sounds(text: str, style: Style = Style.NORMAL) -> str:
    return "".join(re.findall(r"[a-z]", "".join(lazy_pinyin(text, style=style)).lower()))


def _fits(letters: str, initials: str, full: str, title: bool) -> float:
    """Titles before phrases; the more of the name was typed the better."""
    bonus = 0.04 if title else 0.0
    for sounds in (initials, full):
        place = sounds.find(letters)
        if place >= 0:
            return (BEGINS if place == 0 else INSIDE) * (0.7 + 0.3 * len(letters) / len(sounds)) + bonus
    return 0.0
