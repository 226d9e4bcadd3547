"""The sentence encoder's network on ONNX Runtime: nearly the vectors the package gives, in less than half of its time.

The package computes with numpy, which is quick for many texts at once; for one text linear algebra spends its time
rearranging the weights, which ONNX Runtime does once, in 8 bits (docs/measurements.md). The weights are the package's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import onnxruntime

from bot.onnx_graph import OnnxGraph, Shape

Matrix = np.ndarray[Any, np.dtype[np.float32]]

_ORDERS = ((2, 0), (3, 1), (5, 2))
"""The network's three convolutions: over how many words, and how many of these stand before the word itself."""
_END = np.iinfo(np.int64).max


class SingleTexts:
    """Encodes texts one by one; ``network`` is the package's, whose words and weights are used. For several threads."""

    def __init__(self, network: Any) -> None:
        self._network = network
        self._session = _Network(network).session()

    def encode(self, texts: Sequence[str]) -> Matrix:
        """(texts × 512), rows of length 1."""
        return np.concatenate([self._session.run(None, self._given(text))[0] for text in texts])

    def _given(self, text: str) -> dict[str, Matrix]:
        """What the network is given: the vectors of the words (1 × words × 512), and how many words there are."""
        network = self._network
        words = np.array(network.sp.encode(text, out_type=int, add_bos=True, add_eos=True))
        part = words % len(network.scale)
        vectors = network.table[words] * network.scale[part, None] + network.lo[part, None]
        return {"words": vectors[None].astype(np.float32), "count": np.array([[len(words)]], dtype=np.float32)}


class _Network:
    """The network as an ONNX graph; every method gives the name of what it computes."""

    def __init__(self, network: Any) -> None:
        self._network = network
        self._graph = OnnxGraph()

    def session(self) -> onnxruntime.InferenceSession:
        """The whole network: the words and their surroundings, summed up, through the last layers."""
        network, do = self._network, self._graph.do
        all_of_it = do("Concat", "words", *self._surroundings(), axis=-1)
        each = self._normalised(all_of_it, network.ln_g, network.ln_b)
        summed = do("ReduceSum", each, self._graph.constant(np.array([1])), keepdims=0)
        shifted = do("Mul", "count", self._graph.constant(network.cnn_b[None]))
        total = do("Add", self._graph.times(summed, network.cnn_W), shifted)
        vector = self._last_layers(do("Div", total, do("Sqrt", "count")))
        given: dict[str, Shape] = {"words": [1, "count", network.table.shape[1]], "count": [1, 1]}
        return self._graph.session(given, do("LpNormalization", vector, axis=-1, p=2))

    def _surroundings(self) -> Iterator[str]:
        """For each order two convolutions over the projected words, each added to what it is given."""
        network, do, constant = self._network, self._graph.do, self._graph.constant
        projected = do("Add", self._graph.times("words", network.proj_W), constant(network.proj_b))
        projected = self._normalised(projected, network.ln_g_all, network.ln_b_all)
        width = len(network.b1[0])
        for place, (words, before) in enumerate(_ORDERS):
            given = self._slice(projected, place * width, (place + 1) * width, axis=-1)
            for weights, bias in ((network.w1, network.b1), (network.w2, network.b2)):
                found = self._graph.times(self._windows(given, words, before), weights[place])
                given = do("Add", do("Relu", do("Add", found, constant(bias[place]))), given)
            yield given

    def _windows(self, given: str, words: int, before: int) -> str:
        """Each word's vector beside those of its neighbours; nothing stands before the first and after the last."""
        around = self._graph.constant(np.array([0, before, 0, 0, words - 1 - before, 0]))
        padded = self._graph.do("Pad", given, around)
        shifted = [self._slice(padded, first, first - words + 1 or _END, axis=1) for first in range(words)]
        return self._graph.do("Concat", *shifted, axis=-1)

    def _last_layers(self, given: str) -> str:
        network, do = self._network, self._graph.do
        first = do("Relu", self._graph.times(given, network.d0))
        second = do("Relu", do("Add", self._graph.times(given, network.p1), self._graph.times(first, network.d1)))
        third = do("Relu", self._graph.times(second, network.d2))
        return do("Tanh", do("Add", self._graph.times(second, network.p3), self._graph.times(third, network.d3)))

    def _normalised(self, given: str, scale: Matrix, bias: Matrix) -> str:
        names = [given, self._graph.constant(scale), self._graph.constant(bias)]
        return self._graph.do("LayerNormalization", *names, axis=-1, epsilon=self._network.eps)

    def _slice(self, given: str, first: int, end: int, axis: int) -> str:
        cut = [self._graph.constant(np.array([number])) for number in (first, end, axis)]
        return self._graph.do("Slice", given, *cut)
