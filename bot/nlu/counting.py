"""The n-gram features of a few texts, quicker than scikit-learn makes them; the same values.

scikit-learn is made for thousands of texts at once; for one short message nine tenths of its time are checks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import log
from typing import Any

import numpy as np
import scipy.sparse

_SPACES = re.compile(r"\s\s+")


@dataclass(frozen=True)
class Block:
    """One fitted TfidfVectorizer: how it cuts a text, its columns from ``first`` on, and their weights (idf)."""

    cut: Callable[[str], Iterator[str]]
    columns: dict[str, int]
    weights: list[float]
    first: int

    def row(self, text: str) -> list[tuple[int, float]]:
        """(column, value) pairs of length 1 in all; logarithmic counts times the weights."""
        known = map(self.columns.get, self.cut(text))
        counts = Counter(column for column in known if column is not None)
        values = [(column, (1 + log(count)) * self.weights[column]) for column, count in counts.items()]
        length = sum(value * value for _, value in values) ** 0.5 or 1.0
        return [(self.first + column, value / length) for column, value in values]


class Counting:
    """The blocks of a fitted FeatureUnion of vectorizers with sublinear counts, idf and rows of length 1."""

    def __init__(self, union: Any) -> None:
        self._blocks: list[Block] = []
        self._width = 0
        for _, vectorizer in union.transformer_list:
            columns = vectorizer.vocabulary_
            self._blocks.append(Block(_cutter(vectorizer), columns, vectorizer.idf_.tolist(), self._width))
            self._width += len(columns)

    def rows(self, texts: Sequence[str]) -> scipy.sparse.csr_matrix:
        """(texts × n-grams), as ``union.transform`` gives it; texts are in lower case."""
        rows = [[pair for block in self._blocks for pair in block.row(text)] for text in texts]
        ends = np.cumsum([0, *(len(row) for row in rows)])
        columns = np.array([column for row in rows for column, _ in row], dtype=np.int32)
        values = np.array([value for row in rows for _, value in row], dtype=np.float32)
        return scipy.sparse.csr_matrix((values, columns, ends), shape=(len(texts), self._width))


def _cutter(vectorizer: Any) -> Callable[[str], Iterator[str]]:
    shortest, longest = vectorizer.ngram_range
    if vectorizer.analyzer == "char":
        return lambda text: _characters(_SPACES.sub(" ", text), shortest, longest)
    words = re.compile(vectorizer.token_pattern)
    return lambda text: _words(words.findall(text), shortest, longest)


def _characters(text: str, shortest: int, longest: int) -> Iterator[str]:
    for size in range(shortest, longest + 1):
        for start in range(len(text) - size + 1):
            yield text[start : start + size]


def _words(words: list[str], shortest: int, longest: int) -> Iterator[str]:
    for size in range(shortest, longest + 1):
        for start in range(len(words) - size + 1):
            yield " ".join(words[start : start + size])
