"""A first look at a text, by its n-grams alone: about half of the messages are so plain that they need no vector.

The encoder takes most of the time of a message (docs/measurements.md). How sure the first look must be is found on
held-out texts, by how often the whole model answers otherwise.
"""

from __future__ import annotations

import numpy as np
import scipy.sparse
from scipy.special import softmax

from bot.nlu.encoder import Matrix
from bot.nlu.rejection import Flags
from bot.nlu.temperature import Places, Scores, fitted

OTHERWISE = 0.01
"""The share of held-out texts, of those the first look is sure of, that the whole model may answer otherwise."""


class FirstLook:
    """One weight for each n-gram and class, and from which confidence on the answer is taken.

    ``fragments`` says of each class whether its words are also parts of other messages ("I work in Dalian" answers a
    question, and begins a story): with these the first look is never sure.
    """

    def __init__(self, ngrams: scipy.sparse.csr_matrix, coefficients: Matrix, fragments: Flags) -> None:
        self._weights = np.asarray(ngrams.T @ coefficients)
        self._fragments = fragments
        self._temperature = 1.0
        self.sure = np.inf

    def calibrate(self, scores: Scores, truth: Places, whole: Places, believed: Flags) -> FirstLook:
        """Learn from the scores of held-out texts (n × classes), their classes, what the whole model answers, and
        whether that is believed."""
        self._temperature = fitted(scores, truth)
        probabilities = softmax(scores * self._temperature, axis=1)
        best = probabilities.argmax(axis=1)
        may = ~self._fragments[best]
        self.sure = surely(probabilities.max(axis=1)[may], ((best == whole) & believed)[may])
        return self

    def probabilities(self, ngrams: scipy.sparse.csr_matrix) -> Scores:
        """(texts × classes), rows sum to 1."""
        return np.asarray(softmax((ngrams @ self._weights).astype(np.float64) * self._temperature, axis=1))

    def is_sure(self, probabilities: Scores) -> Flags:
        """Of which texts the answer is taken as it is."""
        return np.asarray((probabilities.max(axis=1) >= self.sure) & ~self._fragments[probabilities.argmax(axis=1)])


def surely(confidences: Scores, same: Flags) -> float:
    """The least confidence from which on at most ``OTHERWISE`` of the answers are not the same; infinite without one.

    When ``k`` of ``n`` differ, ``(k + 1) / (n + 1)`` of the next ones may.
    """
    order = np.argsort(-confidences)
    differ = (np.cumsum(~same[order]) + 1) / (np.arange(len(order)) + 2)
    kept = np.nonzero(differ <= OTHERWISE)[0]
    return float(confidences[order[kept[-1]]]) if len(kept) else np.inf
