"""A small network as an ONNX graph, written node by node."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

_OPSET, _IR = 17, 8  # known to every ONNX Runtime since 1.12
_MORE = "com.microsoft"
"""Where ONNX Runtime's own operations stand, beside those of the standard."""

_SLOWER = ["SkipLayerNormFusion"]
"""What ONNX Runtime would do to a graph by itself, though the operation it makes takes three times as long."""
_BLOCK = 128
"""So many weights share a scale. With 32 vectors are twice as near to those of whole weights, at twice the time."""
_LARGEST = 127
_ACCURACY = 4
"""ONNX Runtime's number for products in 8 bits."""

Floats = np.ndarray[Any, np.dtype[np.float32]]
Shape = Sequence[int | str]
"""The length of every dimension, or a name for one that differs from text to text."""


class OnnxGraph:
    """Nodes and constants, in the order they are added; what a node computes is known by a name."""

    def __init__(self) -> None:
        self._nodes: list[Any] = []
        self._constants: list[Any] = []

    def constant(self, values: np.ndarray[Any, Any]) -> str:
        """The name under which a node can take ``values``."""
        name = f"constant {len(self._constants)}"
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def do(self, operation: str, *given: str, **attributes: Any) -> str:
        """Add a node; the name of what it computes."""
        return self.do_all(operation, given, 1, **attributes)[0]

    def do_all(self, operation: str, given: Sequence[str], results: int, **attributes: Any) -> list[str]:
        """Add a node of several results; their names."""
        names = [f"{operation} {len(self._nodes)}.{number}" for number in range(results)]
        self._nodes.append(helper.make_node(operation, list(given), names, **attributes))
        return names

    def do_more(self, operation: str, *given: str, **attributes: Any) -> str:
        """Add a node of an operation that ONNX Runtime has beside the standard's."""
        return self.do(operation, *given, domain=_MORE, **attributes)

    def times(self, given: str, weights: Floats) -> str:
        """Add a product with ``weights`` (from × to), in 8 bits where this processor computes with them."""
        if not computes_in_8_bits():
            return self.do("MatMul", given, self.constant(weights))
        return self._times_blocks(given, weights)

    def _times_blocks(self, given: str, weights: Floats) -> str:
        """Each block of what is given gets a scale of its own as well, when it is computed."""
        width, results = weights.shape
        blocks = np.pad(weights.T, ((0, 0), (0, -width % _BLOCK))).reshape(results, -1, _BLOCK)
        scales = np.maximum(np.abs(blocks).max(axis=2, keepdims=True) / _LARGEST, np.finfo(np.float32).tiny)
        whole = (np.rint(blocks / scales) + _LARGEST + 1).astype(np.uint8)
        names = [given, self.constant(whole), self.constant(scales.astype(np.float32).reshape(-1))]
        return self.do_more(
            "MatMulNBits", *names, K=width, N=results, bits=8, block_size=_BLOCK, accuracy_level=_ACCURACY
        )

    def session(self, given: dict[str, Shape], wanted: str) -> onnxruntime.InferenceSession:
        """Runs the graph on one thread: from ``given``, by name, to ``wanted``, a row of numbers.

        One session may be run by several threads at once.
        """
        inputs = [_value(name, shape) for name, shape in given.items()]
        graph = helper.make_graph(self._nodes, "network", inputs, [_value(wanted, [1, "n"])], self._constants)
        imports = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_MORE, 1)]
        model = helper.make_model(graph, opset_imports=imports, ir_version=_IR)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 4  # errors are raised
        options.enable_cpu_mem_arena = False  # it would keep the room of the longest text for good
        only = ["CPUExecutionProvider"]
        return onnxruntime.InferenceSession(model.SerializeToString(), options, only, disabled_optimizers=_SLOWER)


def _value(name: str, shape: Shape) -> Any:
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)


@lru_cache(maxsize=1)
def computes_in_8_bits() -> bool:
    """Whether ONNX Runtime can multiply weights in 8 bits on this processor; on some it only knows 4."""
    graph = OnnxGraph()
    product = graph._times_blocks("one", np.ones((_BLOCK, _BLOCK), np.float32))
    try:
        graph.session({"one": [1, _BLOCK]}, product).run(None, {"one": np.ones((1, _BLOCK), np.float32)})
    except Exception:  # what ONNX Runtime raises has no class in common
        return False
    return True
