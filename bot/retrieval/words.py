"""The words of a text as the lexical index sees them: bigrams of Chinese characters, lower-cased words otherwise."""

import re
import unicodedata
from collections.abc import Set
from functools import lru_cache

_HAN = "㐀-䶿一-鿿々〇"
_RUNS = re.compile(rf"(?P<han>[{_HAN}]+)|(?P<word>[^\W_{_HAN}]+)")


def normalise(text: str) -> str:
    """NFKC, lower case, runs of white space as one space."""
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())


def terms(text: str) -> list[str]:
    """Terms in order: "补办SIM cards" → ["补办", "sim", "card"]; a lone Chinese character is a term itself."""
    return [term for _, its_terms in _runs(text) for term in its_terms]


@lru_cache(maxsize=1024)
def known(passage: str) -> frozenset[str]:
    """The terms of a passage's text, kept: the same few passages come up for most questions."""
    return frozenset(terms(passage))


def matched(question: str, text: str) -> tuple[str, ...]:
    """The words of ``question`` that stand in ``text``, adjoining Chinese bigrams joined, longest first, no repeats."""
    words = known(text)
    found: dict[str, None] = {}
    for run, its_terms in _runs(question):
        pieces = _joined(run, its_terms, words) if len(its_terms) > 1 else [run] * (its_terms[0] in words)
        found.update(dict.fromkeys(pieces))
    return tuple(sorted(found, key=len, reverse=True))


@lru_cache(maxsize=2)
def _runs(text: str) -> tuple[tuple[str, list[str]], ...]:
    """The runs of a text, each with its terms; the last question's are kept: a dozen passages are compared with it."""
    return tuple((run.group(), _run_terms(run)) for run in _RUNS.finditer(normalise(text)))


def _run_terms(run: re.Match[str]) -> list[str]:
    if run["han"]:
        return _bigrams(run["han"]) or [run["han"]]
    return [_singular(run["word"])]


def _bigrams(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)]


def _singular(word: str) -> str:
    plural = len(word) > 3 and word.endswith("s") and not word.endswith("ss")
    return word[:-1] if plural else word


def _joined(run: str, pairs: list[str], words: Set[str]) -> list[str]:
    """Maximal pieces of a run of Chinese all of whose bigrams, ``pairs``, are among ``words``."""
    pieces, start = [], 0
    for i, pair in enumerate([*pairs, ""]):
        if pair not in words:
            if i > start:
                pieces.append(run[start : i + 1])
            start = i + 1
    return pieces
