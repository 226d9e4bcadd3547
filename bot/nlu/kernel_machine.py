"""Regularised least squares over a kernel: one closed-form solution, no iterations, any number of classes.

The kernel of two texts is the product of their n-grams plus, for every view, a bell curve over the angle between their
sentence vectors. The bell curve keeps a phrase's influence near it, which is what makes an answer "none of these"
possible; a plain product of the vectors is clearly less accurate (docs/measurements.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import scipy.linalg
import scipy.sparse

from bot.nlu.encoder import Matrix

DIRECTIONS = 256
"""Of the 512 of a sentence vector; with 192 four of 800 questions are answered otherwise."""
_FEW = 4
"""Texts that are compared one after the other: a product of two rows costs linear algebra three times that of one."""


def similarities(left: Matrix, right: Matrix, width: float) -> Matrix:
    """(left × right): 1 for the same direction, falling with the angle, faster the larger ``width``."""
    similar: Matrix = left @ right.T
    similar -= 1
    similar *= width
    return np.exp(similar, out=similar)


def near_by(left: Sequence[Matrix], right: Sequence[Matrix], width: float) -> Matrix:
    """(left × right): the sum of the similarities in every view."""
    total, *others = (similarities(one, other, width) for one, other in zip(left, right, strict=True))
    for other in others:
        total += other
    return total


def shared(ngrams: scipy.sparse.csr_matrix) -> Matrix:
    """(n × n): the products of the rows' n-grams."""
    return np.asarray((ngrams @ ngrams.T).toarray(), dtype=np.float32)


def solve(alike: Matrix, targets: Matrix, ridge: float) -> Matrix:
    """The coefficients (n × classes) with which ``alike`` (n × n) gives ``targets`` (n × classes)."""
    system = alike.copy()
    system[np.diag_indices_from(system)] += ridge
    factor = scipy.linalg.cho_factor(system, lower=True, overwrite_a=True, check_finite=False)
    return np.asarray(scipy.linalg.cho_solve(factor, targets, check_finite=False))


def directions(vectors: Matrix) -> Matrix:
    """(dimensions × at most ``DIRECTIONS``): the directions in which the vectors differ most, most first."""
    _, turned = np.linalg.eigh(vectors.T @ vectors)
    return np.ascontiguousarray(turned[:, ::-1][:, :DIRECTIONS], dtype=np.float32)


class KernelMachine:
    """What was learnt, in the form that answers fastest: one weight per n-gram, one coefficient per sentence.

    Sentence vectors are compared in the directions that tell them apart; the others change no answer and take most of
    the time (docs/measurements.md).
    """

    def __init__(
        self, ngrams: scipy.sparse.csr_matrix, views: Sequence[Matrix], coefficients: Matrix, width: float
    ) -> None:
        self._weights = np.asarray(ngrams.T @ coefficients)
        self._directions = tuple(directions(view) for view in views)
        # Direction by direction, as a single text reads them, twice as fast as sentence by sentence.
        self._known = tuple(np.ascontiguousarray(view.T) for view in self._turned(views))
        self._coefficients = coefficients
        self._width = width

    def scores(self, ngrams: scipy.sparse.csr_matrix, views: Sequence[Matrix]) -> np.ndarray[Any, np.dtype[np.float64]]:
        """(n × classes): the higher the likelier."""
        turned, count = self._turned(views), ngrams.shape[0]
        if 0 < count <= _FEW:
            near = np.concatenate([self._near([view[[place]] for view in turned]) for place in range(count)])
        else:
            near = self._near(turned)
        return np.asarray(ngrams @ self._weights + near, dtype=np.float64)

    def _near(self, turned: Sequence[Matrix]) -> Matrix:
        """(n × classes): what the sentences near by say."""
        near = near_by(turned, [known.T for known in self._known], self._width)
        return np.asarray(near @ self._coefficients)

    def _turned(self, views: Sequence[Matrix]) -> tuple[Matrix, ...]:
        return tuple(view @ turn for view, turn in zip(views, self._directions, strict=True))
