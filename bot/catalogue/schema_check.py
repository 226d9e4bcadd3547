"""Checks a file's shape against its JSON schema and says what is wrong in sentences."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from bot.catalogue.problems import Problem, nearest
from bot.catalogue.yaml_file import YamlFile

SCHEMAS = Path(__file__).parent / "schemas"
Sentences = tuple[str, str]


@cache
def _validator(kind: str) -> Draft202012Validator:
    schema = json.loads((SCHEMAS / "knowledge.schema.json").read_text(encoding="utf-8"))
    return Draft202012Validator({"$ref": f"#/$defs/{kind}", "$defs": schema["$defs"]})


def shape_problems(file: YamlFile, kind: str) -> list[Problem]:
    """All the ways ``file`` differs from the schema of ``kind`` (``procedure``, ``facts``, …)."""
    found: list[Problem] = []
    for error in _validator(kind).iter_errors(file.data):
        where = tuple(error.absolute_path)
        found.extend(file.problem(place, zh, en) for place, (zh, en) in _sentences(error, where))
    return found


def _sentences(error: Any, where: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], Sentences]]:
    path = ".".join(str(part) for part in where if isinstance(part, str))
    name = path or "文件"
    name_en = f'"{path}"' if path else "The file"
    if error.validator == "required":
        for missing in (key for key in error.validator_value if key not in error.instance):
            yield where, (f"“{name}”缺少“{missing}”，请补上。", f'{name_en} lacks "{missing}"; add it.')
    elif error.validator == "additionalProperties":
        known = error.schema.get("properties", {})
        for extra in (key for key in error.instance if key not in known):
            hint_zh, hint_en = nearest(str(extra), known)
            yield (
                (*where, extra),
                (f"“{name}”里不认识“{extra}”。{hint_zh}", f'{name_en} does not know "{extra}".{hint_en}'),
            )
    else:
        yield where, _other(error, name)


def _other(error: Any, name: str) -> Sentences:
    value, rule = error.instance, error.validator_value
    if error.validator == "enum":
        allowed = ", ".join(map(str, rule))
        hint_zh, hint_en = nearest(str(value), map(str, rule))
        return (
            f"“{name}”只能是 {allowed}，不能是“{value}”。{hint_zh}",
            f'"{name}" is one of {allowed}, not "{value}".{hint_en}',
        )
    if error.validator == "pattern":
        return _pattern(name, value, rule)
    if error.validator == "type":
        return (
            f"“{name}”的类型不对，应为 {_types(rule)}。",
            f'"{name}" has the wrong type; it should be {_types(rule)}.',
        )
    if error.validator in ("minItems", "minLength", "minProperties"):
        return (f"“{name}”不能为空。", f'"{name}" must not be empty.')
    return (f"“{name}”不符合规定（{error.message}）。", f'"{name}" does not fit ({error.message}).')


def _pattern(name: str, value: Any, pattern: str) -> Sentences:
    examples = {
        "^\\d{4}-\\d{2}-\\d{2}$": ("日期要写成 2026-01-31 的样子", "write a date like 2026-01-31"),
        "^https?://": ("网址要以 http:// 或 https:// 开头", "an address begins with http:// or https://"),
        "^\\d+(-\\d+)?$": ('条号用阿拉伯数字，例如 "58" 或 "280-1"', 'write an article number like "58" or "280-1"'),
    }
    default = ("只能用小写英文字母、数字和连字符", "use lower-case letters, digits and hyphens")
    zh, en = examples.get(pattern, default)
    return f"“{name}”写成了“{value}”，{zh}。", f'"{name}" is "{value}"; {en}.'


def _types(rule: Any) -> str:
    return " / ".join(rule) if isinstance(rule, list) else str(rule)
