"""Imports go one way, and the core knows neither Rasa nor a web framework."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MAY_IMPORT = {
    "bot.errors": set[str](),
    "bot.settings": {"bot.errors"},
    "bot.settings_check": {"bot.errors"},
    "bot.courtesies": set(),
    "bot.onnx_graph": set(),
    "bot.catalogue": {"bot.errors", "bot.settings"},
    "bot.procedures": {"bot.catalogue", "bot.errors", "bot.settings"},
    "bot.retrieval": {"bot.catalogue", "bot.courtesies", "bot.onnx_graph", "bot.errors", "bot.settings"},
    "bot.answers": {"bot.procedures", "bot.retrieval", "bot.catalogue", "bot.errors", "bot.settings"},
    "bot.nlu": {
        "bot.catalogue",
        "bot.answers.reply",
        "bot.courtesies",
        "bot.onnx_graph",
        "bot.errors",
        "bot.settings",
    },
    # The website channel serves the widget, which is files for browsers and imports nothing.
    "bot.monitoring": set(),
    "bot.channels": {
        "bot.monitoring",
        "bot.settings_check",
        "bot.catalogue",
        "bot.answers.reply",
        "bot.widget",
        "bot.errors",
        "bot.settings",
    },
}
CORE = ("bot.errors", "bot.settings", "bot.catalogue", "bot.procedures", "bot.retrieval", "bot.answers")
FRAMEWORKS = {
    *("rasa", "rasa_sdk", "sanic", "fastapi", "flask", "starlette", "aiohttp", "django", "bottle", "pydantic"),
    *("httpx", "requests", "uvicorn"),
}
TOP = ("actions", "bot.console", "bot.evaluation", "bot.workshop", "bot.setup", "bot.operations")


def modules() -> dict[str, Path]:
    """Every module of the product."""
    files = (path for folder in ("bot", "actions") for path in sorted((ROOT / folder).rglob("*.py")))
    return {
        path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__"): path
        for path in files
    }


MODULES = modules()


def imports(path: Path) -> set[str]:
    """The modules a file imports anywhere in it; ``from a import b`` counts as ``a.b`` where that is a module."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} imports relatively"
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in MODULES else str(node.module) for name in names}
    return found


def package(module: str) -> str:
    """``bot.answers`` of ``bot.answers.reply``; ``actions`` of ``actions.find``."""
    return module if module.split(".")[0] != "bot" else ".".join(module.split(".")[:2])


def inside(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def test_the_modules_are_found() -> None:
    assert {"actions.find", "bot.answers.assistant", "bot.catalogue", "bot.nlu.importer"} <= set(MODULES)
    known = {*MAY_IMPORT, *TOP, "bot.widget"}
    assert {package(module) for module in MODULES if inside(module, "bot")} - {"bot"} <= known


@pytest.mark.parametrize("layer", MAY_IMPORT)
def test_a_layer_imports_only_what_lies_below(layer: str) -> None:
    allowed = {layer, *MAY_IMPORT[layer]}
    checked = 0
    for module, path in MODULES.items():
        if not inside(module, layer):
            continue
        checked += 1
        for imported in imports(path):
            if imported.split(".")[0] in ("bot", "actions", "tests"):
                assert any(inside(imported, one) for one in allowed), f"{module} imports {imported}"
    assert checked


@pytest.mark.parametrize("layer", CORE)
def test_the_core_needs_no_framework(layer: str) -> None:
    for module, path in MODULES.items():
        if inside(module, layer):
            assert not {name.split(".")[0] for name in imports(path)} & FRAMEWORKS, module


def test_actions_and_rasa_components_do_not_meet() -> None:
    for module, path in MODULES.items():
        roots = {name.split(".")[0] for name in imports(path)}
        if inside(module, "actions") or inside(module, "bot.console"):
            assert "rasa" not in roots, module
        if inside(module, "bot.nlu") or inside(module, "bot.channels"):
            assert "rasa_sdk" not in roots, module
            assert "actions" not in roots, module
