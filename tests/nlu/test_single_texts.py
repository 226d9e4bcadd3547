"""Single texts get the vectors the encoder's package gives."""

from __future__ import annotations

import numpy as np
import pytest

from bot.nlu.encoder import DIMENSIONS, sentence_encoder

TEXTS = ("社保卡过期了怎么办", "I lost my card and my 身份证 too", "x", "", "🌧️ ω", "很长的故事。" * 200)


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_the_same_vector_as_the_package_gives(text: str) -> None:
    [single] = sentence_encoder().encode([text])
    [package] = sentence_encoder()._network.encode([text])
    assert (single.shape, single.dtype) == ((DIMENSIONS,), np.float32)
    np.testing.assert_allclose(single, package, atol=1e-5)


def test_several_texts_keep_their_order() -> None:
    few, many = sentence_encoder().encode(TEXTS[:3]), sentence_encoder().encode(TEXTS)
    np.testing.assert_allclose(few, many[:3], atol=1e-5)
    assert sentence_encoder().encode([]).shape == (0, DIMENSIONS)
