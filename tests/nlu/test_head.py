"""The encoder's last layers: their derivative, and what tuning does to likeness."""

from __future__ import annotations

import numpy as np

from bot.nlu.encoder import HEAD, sentence_encoder
from bot.nlu.head import Weights, contrast, layers, slopes, starting, tune

LABELS = np.array([0, 0, 1, 1, 2, 2, 0, 1, 2, 3])


def pooled() -> np.ndarray:
    return np.random.default_rng(1).normal(size=(len(LABELS), 512)).astype(np.float32)


def loss(weights: Weights) -> float:
    said = layers(weights, pooled())
    return contrast(said["turned"], LABELS)[0] + contrast(said["last"], LABELS)[0]


def test_the_derivative_is_that_of_the_loss() -> None:
    weights = {name: matrix.astype(np.float64) for name, matrix in starting(sentence_encoder().head()).items()}
    found = slopes(weights, pooled(), LABELS)
    assert set(found) == {"turn", *HEAD}
    for name in ("turn", "d0", "p1", "p3"):
        place = np.unravel_index(np.abs(found[name]).argmax(), found[name].shape)
        kept, step = weights[name][place], 1e-4
        weights[name][place] = kept + step
        above = loss(weights)
        weights[name][place] = kept - step
        below = loss(weights)
        weights[name][place] = kept
        np.testing.assert_allclose((above - below) / (2 * step), found[name][place], rtol=2e-2)


def test_the_head_before_tuning_is_the_encoder_s_own() -> None:
    encoder = sentence_encoder()
    texts = ["社保卡丢了", "I lost my card"]
    last = layers(starting(encoder.head()), encoder.pooled(texts))["last"]
    unit = last / np.linalg.norm(last, axis=1, keepdims=True)
    np.testing.assert_allclose(unit, encoder._network.encode(texts), atol=1e-4)


def test_no_texts_have_no_vectors() -> None:
    assert sentence_encoder().pooled([]).shape == (0, 512)


def test_tuning_brings_texts_of_one_intent_together_and_is_repeatable() -> None:
    encoder = sentence_encoder()
    texts = ["社保卡丢了", "卡找不到了", "I lost my card", "社保卡过期了", "卡到期了", "my card has expired"]
    labels = np.array([0, 0, 0, 1, 1, 1])
    given = encoder.pooled(texts)
    before = starting(encoder.head())
    after = tune(before, given, labels)
    assert contrast(layers(after, given)["last"], labels)[0] < 0.8 * contrast(layers(before, given)["last"], labels)[0]
    again = tune(before, given, labels)
    assert all(np.array_equal(after[name], again[name]) for name in after)
    assert np.array_equal(before["turn"], np.eye(512))
