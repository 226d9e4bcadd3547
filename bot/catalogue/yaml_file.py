"""Reads one YAML file into plain values and remembers the line of everything."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from bot.catalogue.problems import Problem
from bot.catalogue.records import Place

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CONSTRUCTOR: Any = yaml.constructor.SafeConstructor()
Where = tuple[Any, ...]
"""A path into a file: keys and list positions, for example ``("documents", 0, "text")``."""


@dataclass
class YamlFile:
    """The values of a file (dates as ISO strings) with the line of each; ``problems`` if it could not be read whole."""

    name: str
    data: Any = None
    lines: dict[Where, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line(self, where: Where = ()) -> int:
        """Line (from 1) of the value at ``where``, or of the nearest thing around it."""
        for size in range(len(where), -1, -1):
            if where[:size] in self.lines:
                return self.lines[where[:size]]
        return 1

    def place(self, where: Where = ()) -> Place:
        """File and line of the value at ``where``."""
        return Place(self.name, self.line(where))

    def problem(self, where: Where, zh: str, en: str) -> Problem:
        """A problem located at ``where``."""
        return Problem(self.name, self.line(where), zh, en)


def read_yaml(path: Path, name: str) -> YamlFile:
    """Read ``path``; a syntax error, a doubled key or an unreadable file becomes a problem, never an exception."""
    file = YamlFile(name)
    try:
        text = path.read_text(encoding="utf-8")
        root = yaml.compose(text, Loader=_Loader)
    except UnicodeDecodeError:
        file.problems.append(
            Problem(name, 1, "文件不是 UTF-8 编码，请另存为 UTF-8。", "The file is not UTF-8; save it as UTF-8.")
        )
        return file
    except yaml.YAMLError as error:
        file.problems.append(_syntax_problem(name, error))
        return file
    if root is None:
        file.problems.append(Problem(name, 1, "文件是空的。", "The file is empty."))
        return file
    file.data = _plain(root, (), file)
    return file


def _syntax_problem(name: str, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    what = str(getattr(error, "problem", None) or error)
    return Problem(
        name,
        mark.line + 1 if mark else 1,
        f"YAML 写法有误，请检查缩进、冒号后的空格和引号（{what}）。",
        f"This is not valid YAML; check indentation, the space after a colon, and quotes ({what}).",
    )


def _plain(node: yaml.Node, where: Where, file: YamlFile) -> Any:
    file.lines[where] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, where, file)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*where, position), file) for position, item in enumerate(node.value)]
    return _scalar(node)


def _mapping(node: yaml.MappingNode, where: Where, file: YamlFile) -> dict[Hashable, Any]:
    values: dict[Hashable, Any] = {}
    for key_node, value_node in node.value:
        key = _scalar(key_node) if isinstance(key_node, yaml.ScalarNode) else str(key_node.value)
        key = key if isinstance(key, str) else str(key_node.value)
        if key in values:
            line = key_node.start_mark.line + 1
            file.problems.append(
                Problem(file.name, line, f"“{key}”写了两次，请合并成一个。", f'"{key}" stands here twice; keep one.')
            )
        values[key] = _plain(value_node, (*where, key), file)
        file.lines[(*where, key)] = key_node.start_mark.line + 1
    return values


def _scalar(node: yaml.Node) -> Any:
    if node.tag == "tag:yaml.org,2002:bool" and node.value.lower() not in ("true", "false"):
        return node.value  # "yes" and "no" are answers here, not truth values
    construct = _CONSTRUCTOR.yaml_constructors.get(node.tag)
    if construct is None:
        return node.value
    try:
        value = construct(_CONSTRUCTOR, node)
    except (yaml.YAMLError, ValueError):
        return node.value
    return value.isoformat() if isinstance(value, (date, datetime)) else value
