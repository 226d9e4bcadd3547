"""The sentence encoder's network on ONNX Runtime: the vectors the package gives, for single texts in half of its time.

The package computes with numpy, which is quick for many texts at once; for one text linear algebra spends its time
rearranging the weights, which ONNX Runtime does once (docs/measurements.md). The weights are the package's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import onnxruntime
from onnx import ModelProto, TensorProto, helper, numpy_helper

Matrix = np.ndarray[Any, np.dtype[np.float32]]

_ORDERS = ((2, 0), (3, 1), (5, 2))
"""The network's three convolutions: over how many words, and how many of these stand before the word itself."""
_OPSET, _IR = 17, 8  # known to every ONNX Runtime since 1.12
_END = np.iinfo(np.int64).max


class SingleTexts:
    """Encodes texts one by one; ``network`` is the package's, whose words and weights are used. For several threads."""

    def __init__(self, network: Any) -> None:
        self._network = network
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False  # it would keep the room of the longest text for good
        model = _Graph().model(network).SerializeToString()
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])

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


class _Graph:
    """The network as nodes of an ONNX graph, one after the other; every method gives the name of what it computes."""

    def __init__(self) -> None:
        self._nodes: list[Any] = []
        self._constants: list[Any] = []

    def model(self, network: Any) -> ModelProto:
        """The whole network: the words and their surroundings, summed up, through the last layers."""
        all_of_it = self._do("Concat", "words", *self._surroundings(network), axis=-1)
        each = self._normalised(all_of_it, network.ln_g, network.ln_b, network.eps)
        summed = self._do("ReduceSum", each, self._constant(np.array([1])), keepdims=0)
        shifted = self._do("Mul", "count", self._constant(network.cnn_b[None]))
        total = self._do("Add", self._times(summed, network.cnn_W), shifted)
        vector = self._last_layers(network, self._do("Div", total, self._do("Sqrt", "count")))
        self._nodes.append(helper.make_node("LpNormalization", [vector], ["vector"], axis=-1, p=2))
        given = [_value("words", [1, "count", network.table.shape[1]]), _value("count", [1, 1])]
        graph = helper.make_graph(self._nodes, "encoder", given, [_value("vector", [1, "n"])], self._constants)
        return helper.make_model(graph, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=_IR)

    def _surroundings(self, network: Any) -> Iterator[str]:
        """For each order two convolutions over the projected words, each added to what it is given."""
        projected = self._do("Add", self._times("words", network.proj_W), self._constant(network.proj_b))
        projected = self._normalised(projected, network.ln_g_all, network.ln_b_all, network.eps)
        width = len(network.b1[0])
        for place, (words, before) in enumerate(_ORDERS):
            given = self._slice(projected, place * width, (place + 1) * width, axis=-1)
            for weights, bias in ((network.w1, network.b1), (network.w2, network.b2)):
                found = self._times(self._windows(given, words, before), weights[place])
                found = self._do("Relu", self._do("Add", found, self._constant(bias[place])))
                given = self._do("Add", found, given)
            yield given

    def _windows(self, given: str, words: int, before: int) -> str:
        """Each word's vector beside those of its neighbours; nothing stands before the first and after the last."""
        around = self._constant(np.array([0, before, 0, 0, words - 1 - before, 0]))
        padded = self._do("Pad", given, around)
        shifted = [self._slice(padded, first, first - words + 1 or _END, axis=1) for first in range(words)]
        return self._do("Concat", *shifted, axis=-1)

    def _last_layers(self, network: Any, given: str) -> str:
        first = self._do("Relu", self._times(given, network.d0))
        second = self._do("Add", self._times(given, network.p1), self._times(first, network.d1))
        second = self._do("Relu", second)
        third = self._do("Relu", self._times(second, network.d2))
        return self._do("Tanh", self._do("Add", self._times(second, network.p3), self._times(third, network.d3)))

    def _normalised(self, given: str, scale: Matrix, bias: Matrix, epsilon: float) -> str:
        return self._do(
            "LayerNormalization", given, self._constant(scale), self._constant(bias), axis=-1, epsilon=epsilon
        )

    def _slice(self, given: str, first: int, end: int, axis: int) -> str:
        cut = [self._constant(np.array([number])) for number in (first, end, axis)]
        return self._do("Slice", given, *cut)

    def _times(self, given: str, weights: Matrix) -> str:
        return self._do("MatMul", given, self._constant(weights))

    def _constant(self, values: np.ndarray[Any, Any]) -> str:
        name = f"constant {len(self._constants)}"
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def _do(self, operation: str, *given: str, **attributes: Any) -> str:
        name = f"{operation} {len(self._nodes)}"
        self._nodes.append(helper.make_node(operation, list(given), [name], **attributes))
        return name


def _value(name: str, shape: list[int | str]) -> Any:
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
