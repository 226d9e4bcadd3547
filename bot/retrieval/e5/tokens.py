"""A question as the numbers of the pieces it is put together from."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from functools import lru_cache
from itertools import accumulate
from math import inf

import numpy as np

from bot.retrieval.e5.model_file import ModelFile

_SPACE = "▁"
_SPACES = re.compile(" {2,}")
_WORDS = re.compile(f"{_SPACE}?[^{_SPACE}]*")
"""No piece reaches from one word into the next, so that words can be read one by one."""
_KEPT = 4_096
"""Words in Latin letters whose pieces are remembered, which takes 2 MB; a Chinese question has no words to remember."""
_UNKNOWN = 10.0
"""By so much a character that is in no piece is less likely than the least likely piece."""


class Tokens:
    """The likeliest way to put a text together from the pieces of the model's vocabulary. For several threads.

    Libraries that do this keep the 250,000 pieces in up to 265 MB; the sorted hashes here take 3 MB.
    """

    def __init__(self, file: ModelFile) -> None:
        hashes = np.fromiter((hash(piece) for piece in file.pieces()), np.int64, len(file.scores))
        hashes[file.unknown] = hash(b"")  # never found: no part of a text is empty
        order = np.argsort(hashes)
        self._hashes, self._numbers = array("q", hashes[order].tobytes()), array("i", order.astype(np.int32).tobytes())
        self._scores = array("f", file.scores.tobytes())
        self._longest: dict[bytes, int] = {}  # by the first two bytes, of those pieces that begin with them
        for piece in file.pieces():
            self._longest[piece[:2]] = max(len(piece), self._longest.get(piece[:2], 0))
        self._unknown, self._least = file.unknown, min(self._scores) - _UNKNOWN
        self._replacements = file.replacements()
        self._first, self._last = file.first, file.last
        self._remembered = lru_cache(_KEPT)(self._likeliest)

    def of(self, text: str) -> list[int]:
        """The numbers of the pieces, between those of the beginning and the end."""
        plain = _SPACES.sub(" ", text.translate(self._replacements))
        begun = plain if plain.startswith(" ") else _SPACE + plain
        words = _WORDS.findall(begun.replace(" ", _SPACE))
        return [self._first, *(number for word in words for number in self._word(word)), self._last]

    def _word(self, word: str) -> list[int]:
        return self._remembered(word) if word[1:].isascii() else self._likeliest(word)

    def _likeliest(self, text: str) -> list[int]:
        """Viterbi's way: the best pieces up to the end of every character, from the best up to those before it."""
        whole = text.encode()
        ends = [0, *accumulate(len(character.encode()) for character in text)]
        best = [0.0, *[-inf] * len(text)]
        last = [(self._unknown, 0)] * len(best)
        for first, start in enumerate(ends[:-1]):
            before = best[first]
            furthest = max(ends[first + 1], start + self._longest.get(whole[start : start + 2], 0))
            for place in range(first + 1, len(ends)):
                end = ends[place]
                if end > furthest:
                    break
                number = self._number(whole[start:end])
                if number is not None and before + self._scores[number] > best[place]:
                    best[place], last[place] = before + self._scores[number], (number, first)
            if before + self._least > best[first + 1]:
                best[first + 1], last[first + 1] = before + self._least, (self._unknown, first)
        return _followed(last)

    def _number(self, piece: bytes) -> int | None:
        wanted = hash(piece)
        place = bisect_left(self._hashes, wanted)
        if place < len(self._hashes) and self._hashes[place] == wanted:
            return self._numbers[place]
        return None


def _followed(last: list[tuple[int, int]]) -> list[int]:
    """The numbers of the pieces in their order; each place says which piece ends there and where it begins."""
    found: list[int] = []
    place = len(last) - 1
    while place:
        number, place = last[place]
        found.append(number)
    return found[::-1]
