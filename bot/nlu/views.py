"""The sentence vectors by which texts are compared: the encoder's own, and with few phrases the taught one beside it.

Ten phrases an intent leave the encoder's general idea of likeness too coarse, and teaching its last layers helps; with
a hundred, the phrases say it themselves, and a taught view understands others' words worse (docs/measurements.md).
"""

from __future__ import annotations

import numpy as np

from bot.nlu.encoder import DIMENSIONS, Matrix, sentence_encoder
from bot.nlu.features import Rows
from bot.nlu.head import Labels, Weights, layers, starting, tune

FEW = 30
"""Phrases an intent, on average, below which the encoder's last layers are taught."""


class Views:
    """Learns from rows with their intents which vectors to compare by."""

    def __init__(self) -> None:
        self._weights: Weights | None = None
        self._mean = np.zeros(DIMENSIONS, dtype=np.float32)

    def fit(self, rows: Rows, labels: Labels) -> Views:
        """Teach the last layers if the intents have few phrases."""
        if len(labels) < FEW * len(np.unique(labels)):
            pooled = sentence_encoder().pooled(rows.plain)
            self._weights = tune(starting(sentence_encoder().head()), pooled, labels)
            self._mean = layers(self._weights, pooled)["last"].mean(axis=0)
        return self

    def of(self, rows: Rows) -> tuple[Matrix, ...]:
        """One or two sets of vectors (n × 512 each) of length 1."""
        if self._weights is None:
            return (rows.vectors,)
        taught = layers(self._weights, sentence_encoder().pooled(rows.plain))["last"] - self._mean
        length = np.maximum(np.linalg.norm(taught, axis=1, keepdims=True), 1e-9)
        return rows.vectors, np.asarray(taught / length, dtype=np.float32)
