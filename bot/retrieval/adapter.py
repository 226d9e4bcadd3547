"""The domain adapter: one linear layer on the frozen encoder, learnt from questions and the passages answering them."""

from dataclasses import dataclass

import numpy as np

from bot.retrieval.encoder import Vectors


@dataclass(frozen=True)
class Adapter:
    """``question`` and ``passage`` are (dimension, dimension); None leaves that side as the encoder made it."""

    fingerprint: str = "none"
    question: Vectors | None = None
    passage: Vectors | None = None

    def questions(self, vectors: Vectors) -> Vectors:
        """Question vectors (n, dimension), adapted, of length 1."""
        return _applied(self.question, vectors)

    def passages(self, vectors: Vectors) -> Vectors:
        """Passage vectors (n, dimension), adapted, of length 1."""
        return _applied(self.passage, vectors)


def _applied(matrix: Vectors | None, vectors: Vectors) -> Vectors:
    if matrix is None:
        return vectors
    moved = vectors @ matrix.T
    return np.ascontiguousarray(moved / np.linalg.norm(moved, axis=1, keepdims=True), dtype=np.float32)
