"""Single texts get nearly the vectors the encoder's package gives; the same where weights are whole."""

from __future__ import annotations

import numpy as np
import pytest

from bot import onnx_graph
from bot.nlu.encoder import DIMENSIONS, sentence_encoder
from bot.nlu.single_texts import SingleTexts

TEXTS = ("社保卡过期了怎么办", "I lost my card and my 身份证 too", "x", "", "🌧️ ω", "很长的故事。" * 200)


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_nearly_the_vector_the_package_gives(text: str) -> None:
    [single] = sentence_encoder().encode([text])
    [package] = sentence_encoder()._network.encode([text])
    assert (single.shape, single.dtype) == ((DIMENSIONS,), np.float32)
    assert np.linalg.norm(single) == pytest.approx(1, abs=1e-5)
    assert single @ package > 0.999


def test_the_same_vectors_where_the_processor_knows_no_8_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(onnx_graph, "computes_in_8_bits", lambda: False)
    network = sentence_encoder()._network
    np.testing.assert_allclose(SingleTexts(network).encode(TEXTS), network.encode(list(TEXTS)), atol=1e-5)


def test_several_texts_keep_their_order() -> None:
    few, many = sentence_encoder().encode(TEXTS[:3]), sentence_encoder().encode(TEXTS)
    assert np.sum(few * many[:3], axis=1).min() > 0.999
    assert sentence_encoder().encode([]).shape == (0, DIMENSIONS)
