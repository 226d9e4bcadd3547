"""Regularised least squares over a kernel: one closed-form solution, no iterations, any number of classes.

The kernel of two texts is the product of their n-grams plus, for every view, a bell curve over the angle between their
sentence vectors. The bell curve keeps a phrase's influence near it, which is what makes an answer "none of these"
possible; a plain product of the vectors is clearly less accurate (docs/measurements.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import scipy.linalg
import scipy.sparse

from bot.nlu.encoder import Matrix

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

DIRECTIONS = 256
"""Of the 512 of a sentence vector; with 192 four of 800 questions are answered otherwise."""
_FEW = 4
"""Texts that are compared one after the other by ONNX Runtime; numpy is quicker with more (docs/measurements.md)."""


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
        self._known = tuple(view @ turn for view, turn in zip(views, self._directions, strict=True))
        self._coefficients = coefficients
        self._width = width

    def scores(self, ngrams: scipy.sparse.csr_matrix, views: Sequence[Matrix]) -> np.ndarray[Any, np.dtype[np.float64]]:
        """(n × classes): the higher the likelier."""
        count = ngrams.shape[0]
        if 0 < count <= _FEW:
            near = np.concatenate([self._near_one([view[[place]] for view in views]) for place in range(count)])
        else:
            near = self._near(views)
        return np.asarray(ngrams @ self._weights + near, dtype=np.float64)

    def _near(self, views: Sequence[Matrix]) -> Matrix:
        """(n × classes): what the sentences near by say."""
        turned = [view @ turn for view, turn in zip(views, self._directions, strict=True)]
        return np.asarray(near_by(turned, self._known, self._width) @ self._coefficients)

    def _near_one(self, views: Sequence[Matrix]) -> Matrix:
        """``_near`` of one text."""
        given = {f"view {number}": view for number, view in enumerate(views)}
        near: Matrix = self._session.run(None, given)[0]
        return near

    @cached_property
    def _session(self) -> InferenceSession:
        """``_near`` on ONNX Runtime, which keeps the known sentences in 8 bits, as it reads them fastest."""
        from bot.onnx_graph import OnnxGraph, Shape

        graph = OnnxGraph()
        do, constant = graph.do, graph.constant
        width = constant(np.array(self._width, dtype=np.float32))
        similar: list[str] = []
        given: dict[str, Shape] = {}
        for number, (turn, known) in enumerate(zip(self._directions, self._known, strict=True)):
            given[f"view {number}"] = [1, len(turn)]
            product = graph.times(do("MatMul", f"view {number}", constant(turn)), known.T)
            similar.append(do("Exp", do("Sub", do("Mul", product, width), width)))
        near = do("MatMul", do("Sum", *similar), constant(np.asarray(self._coefficients, dtype=np.float32)))
        return graph.session(given, near)

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if name != "_session"}
