"""With few phrases an intent a taught sentence vector stands beside the encoder's own; with many it does not."""

from __future__ import annotations

import numpy as np

from bot.nlu.features import Features
from bot.nlu.kernel_machine import near_by, similarities
from bot.nlu.views import FEW, Views

TEXTS = ["社保卡丢了", "卡找不到了", "I lost my card", "社保卡过期了", "卡到期了", "my card has expired"]
LABELS = np.array([0, 0, 0, 1, 1, 1])


def test_few_phrases_are_compared_by_two_vectors_of_length_one() -> None:
    rows = Features().fit(TEXTS)
    own, taught = Views().fit(rows, LABELS).of(rows)
    assert own is rows.vectors
    assert taught.shape == own.shape
    np.testing.assert_allclose(np.linalg.norm(taught, axis=1), 1.0, atol=1e-5)


def test_the_taught_vectors_tell_the_intents_apart_better() -> None:
    rows = Features().fit(TEXTS)
    own, taught = Views().fit(rows, LABELS).of(rows)
    other = LABELS[:, None] != LABELS[None, :]
    assert (taught @ taught.T)[other].mean() < (own @ own.T)[other].mean()


def test_many_phrases_are_compared_by_the_encoder_s_own_vector() -> None:
    texts = [f"{text} {number}" for number in range(FEW) for text in TEXTS[:2]]
    rows = Features().fit(texts)
    assert Views().fit(rows, np.tile([0, 1], FEW)).of(rows) == (rows.vectors,)


def test_likeness_is_the_sum_over_the_views() -> None:
    rows = Features().fit(TEXTS)
    views = Views().fit(rows, LABELS).of(rows)
    expected = sum(similarities(view, view, 2.0) for view in views)
    np.testing.assert_allclose(near_by(views, views, 2.0), expected, rtol=1e-6)
