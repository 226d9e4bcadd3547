"""The last layers of the sentence encoder, taught to bring texts of one intent together.

A forward pass, its derivative by hand, and a contrast between the texts of a batch: for each text, how likely it is to
pick a text of its own intent when it picks by likeness. A few gentle steps are enough; more forget the language.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from bot.nlu.encoder import DIMENSIONS, Matrix

STEPS = 24
BATCH = 768
RATE = 1e-4
SHARPNESS = 10.0
DROPPED = 0.1
Labels = np.ndarray[Any, np.dtype[np.intp]]
Weights = dict[str, Matrix]


def starting(weights: Weights) -> Weights:
    """The head as the encoder has it, with a first layer that changes nothing yet."""
    return {"turn": np.eye(DIMENSIONS, dtype=np.float32), **weights}


def layers(weights: Weights, pooled: Matrix) -> Weights:
    """What every layer says of the texts (each texts × its width); ``last`` is what they are compared by."""
    turned = pooled @ weights["turn"]
    first = np.maximum(turned @ weights["d0"], 0)
    middle = np.maximum(turned @ weights["p1"] + first @ weights["d1"], 0)
    third = np.maximum(middle @ weights["d2"], 0)
    last = np.tanh(middle @ weights["p3"] + third @ weights["d3"])
    return {"turned": turned, "first": first, "middle": middle, "third": third, "last": last}


def tune(weights: Weights, pooled: Matrix, labels: Labels) -> Weights:
    """New weights after ``STEPS`` steps of Adam; the same input gives the same output."""
    weights = {name: matrix.copy() for name, matrix in weights.items()}
    first = {name: np.zeros_like(matrix) for name, matrix in weights.items()}
    second = {name: np.zeros_like(matrix) for name, matrix in weights.items()}
    random = np.random.default_rng(0)
    for step, batch in zip(range(1, STEPS + 1), _batches(len(labels), random), strict=False):
        kept = random.random((len(batch), DIMENSIONS), dtype=np.float32) >= DROPPED
        given = pooled[batch] * kept / np.float32(1 - DROPPED)
        for name, slope in slopes(weights, given, labels[batch]).items():
            first[name] += 0.1 * (slope - first[name])
            second[name] += 0.001 * (slope * slope - second[name])
            size = np.sqrt(second[name] / (1 - 0.999**step)) + 1e-8
            weights[name] -= RATE / (1 - 0.9**step) * first[name] / size
    return {name: np.asarray(matrix, dtype=np.float32) for name, matrix in weights.items()}


def slopes(weights: Weights, pooled: Matrix, labels: Labels) -> Weights:
    """The derivative of the loss of ``turned`` plus that of ``last``, for every matrix."""
    said = layers(weights, pooled)
    last = contrast(said["last"], labels)[1] * (1 - said["last"] ** 2)
    third = (last @ weights["d3"].T) * (said["third"] > 0)
    middle = (last @ weights["p3"].T + third @ weights["d2"].T) * (said["middle"] > 0)
    first = (middle @ weights["d1"].T) * (said["first"] > 0)
    turned = contrast(said["turned"], labels)[1] + middle @ weights["p1"].T + first @ weights["d0"].T
    return {
        "turn": pooled.T @ turned,
        "d0": said["turned"].T @ first,
        "p1": said["turned"].T @ middle,
        "d1": said["first"].T @ middle,
        "d2": said["middle"].T @ third,
        "p3": said["middle"].T @ last,
        "d3": said["third"].T @ last,
    }


def contrast(vectors: Matrix, labels: Labels) -> tuple[float, Matrix]:
    """The loss of a layer's vectors and its derivative; a text alone of its intent says nothing."""
    centred = vectors - vectors.mean(axis=0)
    length = np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-9)
    unit = centred / length
    likeness = SHARPNESS * (unit @ unit.T)
    np.fill_diagonal(likeness, -np.inf)
    picked = np.exp(likeness - likeness.max(axis=1, keepdims=True))
    picked /= picked.sum(axis=1, keepdims=True)
    own = picked * (labels[:, None] == labels[None, :])
    chance = own.sum(axis=1, keepdims=True)
    counts = chance > 1e-12
    number = max(1, int(counts.sum()))
    pull = np.where(counts, picked - own / np.maximum(chance, 1e-12), 0) / number
    slope = SHARPNESS * (pull + pull.T) @ unit
    slope = (slope - unit * (slope * unit).sum(axis=1, keepdims=True)) / length
    return float(-np.log(chance[counts]).sum() / number), np.asarray(slope - slope.mean(axis=0), dtype=np.float32)


def _batches(count: int, random: np.random.Generator) -> Iterator[Labels]:
    """Places of about ``BATCH`` texts, again and again."""
    while True:
        yield from np.array_split(random.permutation(count), max(1, count // BATCH))
