"""Imports sentence-transformers without the parts of its libraries that only training and compiling use.

It imports PyTorch's compiler and its distributed tensors, a symbolic algebra and scikit-learn for decorators and
functions that no search calls: 115 MB and seconds of every start (docs/adr/0011-a-trimmed-rasa.md). Afterwards all of
them can be imported as ever.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

STAND_INS = ("torch._dynamo", "sklearn", "sklearn.metrics")
"""In this order, a package before its modules."""


def import_sentence_transformers() -> None:
    """Import the library; when it was imported before, nothing happens."""
    if "sentence_transformers" in sys.modules:
        return
    torch = importlib.import_module("torch")
    with _left_out(), _without_distribution(torch):
        importlib.import_module("sentence_transformers")


@contextmanager
def _left_out() -> Iterator[None]:
    """Stand-ins for the modules that are not imported yet, for the length of the block."""
    names = [name for name in STAND_INS if name not in sys.modules]
    for name in names:
        sys.modules[name] = _StandIn(name)
    try:
        yield
    finally:
        for name in names:
            del sys.modules[name]
            package, _, last = name.rpartition(".")
            if package in sys.modules:
                vars(sys.modules[package]).pop(last, None)


@contextmanager
def _without_distribution(torch: Any) -> Iterator[None]:
    """transformers asks whether there are other machines to compute on."""
    asked = torch.distributed.is_available
    torch.distributed.is_available = lambda: False
    try:
        yield
    finally:
        torch.distributed.is_available = asked


class _StandIn(ModuleType):
    """Whatever is taken from it decorates a function with nothing, and does nothing else."""

    def __init__(self, name: str) -> None:
        super().__init__(name, "Left out by actions.lean.")
        self.__spec__ = ModuleSpec(name, None)
        self.__path__: list[str] = []
        self.__version__ = "0"

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _undecorated


def _undecorated(function: Any = None, *_: Any, **__: Any) -> Any:
    return function if callable(function) else _undecorated
