"""Regularised least squares over a kernel: one closed-form solution, no iterations, any number of classes.

The kernel of two texts is the product of their n-grams plus a bell curve over the angle between their sentence
vectors. The bell curve keeps a phrase's influence near it, which is what makes an answer "none of these"
possible; a plain product of the vectors is clearly less accurate (docs/measurements.md).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.linalg

from bot.nlu.features import Matrix, Rows


def similarities(left: Matrix, right: Matrix, width: float) -> Matrix:
    """(left × right): 1 for the same direction, falling with the angle, faster the larger ``width``."""
    similar: Matrix = left @ right.T
    similar -= 1
    similar *= width
    return np.exp(similar, out=similar)


def kernel(rows: Rows, width: float) -> Matrix:
    """(n × n): how alike the rows are to each other."""
    products = (rows.ngrams @ rows.ngrams.T).toarray()
    return np.asarray(products + similarities(rows.vectors, rows.vectors, width), dtype=np.float32)


def solve(alike: Matrix, targets: Matrix, ridge: float) -> Matrix:
    """The coefficients (n × classes) with which ``alike`` (n × n) gives ``targets`` (n × classes)."""
    system = alike.copy()
    system[np.diag_indices_from(system)] += ridge
    factor = scipy.linalg.cho_factor(system, lower=True, overwrite_a=True, check_finite=False)
    return np.asarray(scipy.linalg.cho_solve(factor, targets, check_finite=False))


class KernelMachine:
    """What was learnt, in the form that answers fastest: one weight per n-gram, one coefficient per sentence."""

    def __init__(self, rows: Rows, coefficients: Matrix, width: float) -> None:
        self._weights = np.asarray(rows.ngrams.T @ coefficients)
        self._vectors = rows.vectors
        self._coefficients = coefficients
        self._width = width

    def scores(self, rows: Rows) -> np.ndarray[Any, np.dtype[np.float64]]:
        """(n × classes): the higher the likelier."""
        near = similarities(rows.vectors, self._vectors, self._width)
        return np.asarray(rows.ngrams @ self._weights + near @ self._coefficients, dtype=np.float64)
