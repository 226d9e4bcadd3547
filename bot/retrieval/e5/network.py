"""The network of e5 in 8 bits, as an ONNX graph.

A text's numbers are brought to 8 bits before each multiplication, all by one scale. A few of them are twenty times as
large as the rest, always the same ones, and would leave the rest few steps. So each is first divided by the largest
value it can be expected to have, and its weights are multiplied by that (Xiao and others, SmoothQuant, 2023). That
value is read off the weights themselves: the layer norm before says how large its results are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import onnxruntime

from bot.onnx_graph import OnnxGraph
from bot.retrieval.e5.model_file import Floats, ModelFile

_DEVIATIONS = 3
"""How far out a layer norm's results are expected, in standard deviations."""
_LARGEST = 63
"""Of a weight. With a bit more, two products can be too large for the 16 bits in which many processors add them."""
_LEAST_OF_GELU = 0.17


@dataclass(frozen=True)
class _Normed:
    """What a layer norm computed, its name in the graph, and what its results are multiplied by and shifted."""

    name: str
    scale: Floats
    shift: Floats

    def largest(self) -> Floats:
        return np.asarray(np.abs(self.shift) + _DEVIATIONS * np.abs(self.scale))

    def through(self, weights: Floats, bias: Floats) -> tuple[Floats, Floats]:
        """The mean and the standard deviation of what a multiplication makes of the results."""
        return bias + weights @ self.shift, np.linalg.norm(weights * self.scale, axis=1)


def session(file: ModelFile) -> onnxruntime.InferenceSession:
    """From ``words`` (1 × words × width), the vectors of a text's words in their places, to its ``vector``."""
    return _Network(file).session()


class _Network:
    def __init__(self, file: ModelFile) -> None:
        self._file = file
        self._graph = OnnxGraph()

    def session(self) -> onnxruntime.InferenceSession:
        graph, sizes = self._graph, self._file.sizes
        words = self._normed("words", "emb.ln")
        for layer in range(sizes.layers):
            words = self._layer(f"l{layer}.", words)
        mean = graph.do("ReduceMean", words.name, axes=[1], keepdims=0)
        vector = graph.do("LpNormalization", mean, axis=-1, p=2)
        return graph.session({"words": [1, "count", sizes.width]}, vector)

    def _layer(self, layer: str, words: _Normed) -> _Normed:
        """Every word looks at the others, then each is worked on by itself."""
        file, graph = self._file, self._graph
        parts = [self._linear(layer + part) for part in ("q", "k", "v")]
        weights, bias = (np.concatenate(both) for both in zip(*parts, strict=True))
        three = self._times(words.name, words.largest(), weights, bias)
        split = graph.constant(np.full(len(parts), file.sizes.width))
        looked = graph.do_all("Split", [three, split], len(parts), axis=-1)
        seen = graph.do_more("MultiHeadAttention", *looked, num_heads=file.sizes.heads)
        mean, deviation = words.through(*parts[-1])
        largest = np.abs(mean) + _DEVIATIONS * deviation
        words = self._added(words, self._times(seen, largest, *self._linear(layer + "ao")), layer + "aln")
        inside = self._linear(layer + "fi")
        mean, deviation = words.through(*inside)
        largest = np.maximum(mean + _DEVIATIONS * deviation, _LEAST_OF_GELU)
        worked = graph.do_more("Gelu", self._times(words.name, words.largest(), *inside))
        return self._added(words, self._times(worked, largest, *self._linear(layer + "fo")), layer + "oln")

    def _times(self, given: str, largest: Floats, weights: Floats, bias: Floats) -> str:
        """``given``, none of whose numbers is expected to be larger than ``largest``, times the weights, in 8 bits."""
        graph = self._graph
        even = graph.do("Mul", given, graph.constant(1 / largest))
        weights = weights * largest
        steps = np.abs(weights).max(axis=1) / _LARGEST
        whole = np.rint(weights / steps[:, None]).astype(np.int8)
        zero = graph.constant(np.zeros(len(steps), np.int8))
        constants = graph.constant(whole.T), graph.constant(steps), zero, graph.constant(bias)
        return graph.do_more("DynamicQuantizeMatMul", even, *constants)

    def _added(self, words: _Normed, found: str, norm: str) -> _Normed:
        return self._normed(self._graph.do("Add", words.name, found), norm)

    def _normed(self, given: str, norm: str) -> _Normed:
        graph = self._graph
        scale, shift = self._norm(norm)
        names = [given, graph.constant(scale), graph.constant(shift)]
        normed = graph.do("LayerNormalization", *names, axis=-1, epsilon=self._file.sizes.epsilon)
        return _Normed(normed, scale, shift)

    def _linear(self, name: str) -> tuple[Floats, Floats]:
        return self._file.weights(name + ".w"), self._file.floats(name + ".b")

    def _norm(self, name: str) -> tuple[Floats, Floats]:
        return self._file.floats(name + ".w"), self._file.floats(name + ".b")
