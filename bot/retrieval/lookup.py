"""Articles named in a question: "社会保险法第五十八条", "社保法58条", "SIL art.

58", "Article 58 of the Social Insurance Law".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.retrieval.corpus import LawName
from bot.retrieval.numerals import NUMERAL, canonical
from bot.retrieval.words import normalise

_NUMBER = rf"(?:{NUMERAL}|\d+)"
_ZH = re.compile(rf"第?\s*(?P<main>{_NUMBER})\s*条(?:\s*之\s*(?P<suffix>{_NUMBER}))?")
_EN = re.compile(
    r"\b(?:articles?|arts?\.?|section|sec\.?|§+)\s*(?P<list>\d+(?:-\d+)?(?:\s*(?:,|and|&|to)\s*\d+(?:-\d+)?)*)"
)
_LISTED = re.compile(r"\d+(?:-\d+)?")

# How far an article may stand from its law's name, in characters: "社会保险法里面的第五十八条", "Article 58 of the
# Social Insurance Law".
_REACH = 12


@dataclass(frozen=True)
class Reference:
    """A law id and a canonical article number, as a question names them."""

    law: str
    article: str


@dataclass(frozen=True)
class _Named:
    start: int
    end: int
    value: str


class Lookup:
    """Finds references to the articles of known laws."""

    def __init__(self, laws: Sequence[LawName]) -> None:
        self._ids = {normalise(name): law.id for law in laws for name in law.names}
        # Longest first, so that 社会保险法实施细则 is never read as 社会保险法.
        names = sorted(self._ids, key=len, reverse=True)
        self._laws = re.compile("|".join(_pattern(name) for name in names) or r"(?!)")

    def references(self, question: str, *, law: str | None = None) -> list[Reference]:
        """The articles ``question`` names, in order, no repeats; without a law's name they are ``law``'s."""
        text = normalise(question)
        laws = [_Named(m.start(), m.end(), self._ids[m.group()]) for m in self._laws.finditer(text)]
        found: dict[Reference, None] = {}
        latest, reach = law, 0
        for article in _articles(text):
            owner = _owner(article, laws) or (latest if article.start - reach <= _REACH or law else None)
            if owner:
                found[Reference(owner, article.value)] = None
                latest, reach = owner, article.end
        return list(found)


def _pattern(name: str) -> str:
    """Latin names are whole words: "sil" must not be found in "silver"."""
    return rf"\b{re.escape(name)}\b" if name.isascii() else re.escape(name)


def _articles(text: str) -> list[_Named]:
    found = []
    for match in _ZH.finditer(text):
        suffix = f"-{match['suffix']}" if match["suffix"] else ""
        found.append(_Named(match.start(), match.end(), canonical(match["main"] + suffix)))
    for match in _EN.finditer(text):
        found.extend(_Named(match.start(), match.end(), m.group()) for m in _LISTED.finditer(match["list"]))
    return sorted(found, key=lambda article: article.start)


def _owner(article: _Named, laws: list[_Named]) -> str | None:
    """The law right before the article, else the one right after it."""
    before = [law for law in laws if 0 <= article.start - law.end <= _REACH]
    after = [law for law in laws if 0 <= law.start - article.end <= _REACH]
    return before[-1].value if before else after[0].value if after else None
