"""Copies are spared only where they are for logs."""

from __future__ import annotations

import ast
import copy
import inspect
import logging
from types import ModuleType

import pytest

from bot.channels.trimmed import unlogged


@pytest.mark.parametrize("module", unlogged.ONLY_FOR_LOGS, ids=lambda module: module.__name__)
def test_rasa_copies_for_debug_messages_only(module: ModuleType) -> None:
    copies = [node for node in ast.walk(ast.parse(inspect.getsource(module))) if _is(node, "copy", "deepcopy")]
    debugs = [node for node in ast.walk(ast.parse(inspect.getsource(module))) if _is(node, "structlogger", "debug")]
    inside = [node for debug in debugs for node in ast.walk(debug) if _is(node, "copy", "deepcopy")]
    assert len(copies) == len(inside) > 0


def _is(node: ast.AST, module: str, name: str) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and (node.func.value.id, node.func.attr) == (module, name)
    )


@pytest.mark.parametrize(("level", "same"), [(logging.INFO, True), (logging.DEBUG, False)])
def test_nothing_is_copied_unless_debug_is_written(monkeypatch: pytest.MonkeyPatch, level: int, same: bool) -> None:
    for module in unlogged.ONLY_FOR_LOGS:
        monkeypatch.setattr(module, "copy", copy)
    logger = logging.getLogger("rasa")
    before = logger.level
    logger.setLevel(level)
    try:
        unlogged.install()
    finally:
        logger.setLevel(before)
    value: list[list[int]] = [[1]]
    for module in unlogged.ONLY_FOR_LOGS:
        assert (module.copy.deepcopy(value) is value) is same
        assert module.copy.copy(value) is not value
    assert copy.deepcopy(value) is not value
