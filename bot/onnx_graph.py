"""A small network as an ONNX graph, written node by node."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

_OPSET, _IR = 17, 8  # known to every ONNX Runtime since 1.12
_MORE = "com.microsoft"
"""Where ONNX Runtime's own operations stand, beside those of the standard."""

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
        options.enable_cpu_mem_arena = False  # it would keep the room of the longest text for good
        return onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])


def _value(name: str, shape: Shape) -> Any:
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
