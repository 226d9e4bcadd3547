"""A product in 8 bits is nearly the product; where the processor knows none, it is the product."""

from __future__ import annotations

import numpy as np
import pytest

from bot import onnx_graph
from bot.onnx_graph import OnnxGraph

WIDTHS = (64, 256, 320)
"""Less than a block, whole blocks, and blocks with a rest."""


def product(given: np.ndarray, weights: np.ndarray) -> np.ndarray:
    graph = OnnxGraph()
    wanted = graph.times("given", weights)
    return np.asarray(graph.session({"given": list(given.shape)}, wanted).run(None, {"given": given})[0])


def numbers(width: int) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(width)
    return random.standard_normal((1, width), np.float32), random.standard_normal((width, 96), np.float32)


@pytest.mark.parametrize("width", WIDTHS)
def test_nearly_the_product(width: int) -> None:
    given, weights = numbers(width)
    np.testing.assert_allclose(product(given, weights), given @ weights, atol=0.05 * width**0.5)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_product_itself_without_8_bits(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setattr(onnx_graph, "computes_in_8_bits", lambda: False)
    given, weights = numbers(width)
    np.testing.assert_allclose(product(given, weights), given @ weights, atol=1e-4)


def test_weights_of_nothing_give_nothing() -> None:
    given, weights = numbers(256)
    weights[:128] = 0
    np.testing.assert_allclose(product(given, weights), given @ weights, atol=0.8)
    assert np.abs(product(given, np.zeros_like(weights))).max() < 1e-30


def test_a_processor_that_refuses_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(onnx_graph, "_ACCURACY", 0)  # which ONNX Runtime knows with 4 bits alone
    given, weights = numbers(256)
    graph = OnnxGraph()
    refused = graph.session({"given": [1, 256]}, graph._times_blocks("given", weights))
    with pytest.raises(Exception, match="Only 4b quantization"):
        refused.run(None, {"given": given})
    assert onnx_graph.computes_in_8_bits.__wrapped__() is False
