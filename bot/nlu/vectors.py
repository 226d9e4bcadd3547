"""From the encoder's pooled vectors to short ones in which likeness means the same intent."""

from __future__ import annotations

import numpy as np

from bot.nlu.encoder import Matrix, sentence_encoder
from bot.nlu.head import Labels, Weights, layers, starting, tune

KEPT = 256
"""Principal directions kept of 512: cross-validation loses nothing, and the model's vectors take half the memory."""


class Vectors:
    """Learns the encoder's head and the directions that matter, from texts with intents."""

    def __init__(self) -> None:
        self._weights: Weights = {}
        self._mean: Matrix = np.zeros(0, dtype=np.float32)
        self._directions: Matrix = np.zeros((0, 0), dtype=np.float32)

    def fit(self, pooled: Matrix, labels: Labels) -> Vectors:
        """Learn from ``pooled`` (texts × 512) and the number of each text's intent."""
        self._weights = tune(starting(sentence_encoder().head()), pooled, labels)
        said = layers(self._weights, pooled)["last"]
        self._mean = said.mean(axis=0)
        unit = self._unit(said)
        _, directions = np.linalg.eigh(unit.T @ unit)
        self._directions = np.ascontiguousarray(directions[:, ::-1][:, :KEPT])
        return self

    def of(self, pooled: Matrix) -> Matrix:
        """(texts × ``KEPT``): vectors of length 1, or a little less."""
        return np.asarray(self._unit(layers(self._weights, pooled)["last"]) @ self._directions, dtype=np.float32)

    def _unit(self, said: Matrix) -> Matrix:
        centred = said - self._mean
        return np.asarray(centred / np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-9), dtype=np.float32)
