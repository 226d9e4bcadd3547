"""The quick n-grams equal scikit-learn's."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

from bot.nlu.counting import Counting
from bot.nlu.features import Features

TEXTS = [
    "社保卡丢了怎么办",
    "社保卡丢了要多少钱",
    "my card is lost",
    "my card is lost and my card has expired",
    "卡卡卡",
]
NEW = ["社保卡社保卡，丢了", "card card card", "", "x", "没见过的字", "丢了 my  card 丢了", "a" * 300]


@pytest.fixture(scope="module")
def features() -> Features:
    features = Features()
    features.fit(TEXTS)
    return features


def test_equal_to_scikit_learn(features: Features) -> None:
    counted = Counting(features._ngrams).rows(TEXTS + NEW)
    expected = features._ngrams.transform(TEXTS + NEW)
    assert counted.shape == expected.shape
    assert counted.dtype == np.float32
    np.testing.assert_allclose(counted.toarray(), expected.toarray(), atol=1e-6)
    assert counted.nnz == expected.nnz > 100


def test_a_few_and_many_texts_have_the_same_rows(features: Features) -> None:
    many = features.counted(TEXTS * 5)[1].toarray()
    np.testing.assert_allclose(features.counted(TEXTS)[1].toarray(), many[: len(TEXTS)], atol=1e-6)


def test_what_was_counted_with_is_not_stored(features: Features) -> None:
    _, ngrams = features.counted(["社保卡丢了"])
    _, again = pickle.loads(pickle.dumps(features)).counted(["社保卡丢了"])
    np.testing.assert_allclose(again.toarray(), ngrams.toarray())
