"""``when`` → Condition, with every wrong fact, operator and value noted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from bot.catalogue.conditions import ALWAYS, OPERATORS, Condition, Test
from bot.catalogue.reading import Reading
from bot.catalogue.yaml_file import Where, YamlFile


def read_condition(reading: Reading, file: YamlFile, where: Where, data: dict[str, Any] | None) -> Condition:
    """The condition written at ``where``; what is wrong is noted and left out."""
    if not data:
        return ALWAYS
    every: list[Test] = []
    any_of: list[tuple[Condition, ...]] = []
    for key, value in data.items():
        if key == "any":
            any_of.append(_group(reading, file, (*where, key), value))
        elif reading.expect(file, (*where, key), key, reading.facts, ("事实", "fact")):
            every.extend(_tests(reading, file, (*where, key), key, value))
    return Condition(tuple(every), tuple(any_of))


def _group(reading: Reading, file: YamlFile, where: Where, options: Any) -> tuple[Condition, ...]:
    if not isinstance(options, list) or not all(isinstance(option, dict) for option in options):
        reading.note(file, where, "“any”后面要写列表，每项一个条件。", '"any" takes a list of conditions.')
        return (ALWAYS,)
    return tuple(read_condition(reading, file, (*where, position), option) for position, option in enumerate(options))


def _tests(reading: Reading, file: YamlFile, where: Where, fact: str, data: Any) -> list[Test]:
    comparisons = data if isinstance(data, dict) else {"is": data}
    tests = []
    for operator, value in comparisons.items():
        if reading.expect(file, (*where, operator), str(operator), OPERATORS, ("条件词", "condition word")):
            values = _values(reading, file, where, fact, str(operator), value)
            tests.append(Test(fact, str(operator), values))
    return tests


def _values(reading: Reading, file: YamlFile, where: Where, fact: str, operator: str, data: Any) -> tuple[str, ...]:
    values = [str(value) for value in data] if isinstance(data, list) else [str(data)]
    if operator in _COMPARED:
        _check_compared(reading, file, where, fact, operator, values)
        return tuple(values)
    for value in values:
        reading.expect(
            file,
            where,
            value,
            reading.facts[fact].values,
            (f"“{{}}”不是“{fact}”的取值。", f'"{{}}" is no value of "{fact}".'),
        )
    return tuple(inside for value in values for inside in _inside(reading, fact, value))


_COMPARED: dict[str, tuple[Callable[[str], object], tuple[str, str]]] = {
    "at_least": (float, ("数字", "numbers")),
    "at_most": (float, ("数字", "numbers")),
    "before": (date.fromisoformat, ("日期", "days")),
    "after": (date.fromisoformat, ("日期", "days")),
}


def _check_compared(
    reading: Reading, file: YamlFile, where: Where, fact: str, operator: str, bounds: list[str]
) -> None:
    """Both the fact's values and the one bound have to be what the operator compares."""
    parse, (zh, en) = _COMPARED[operator]
    if not all(_reads(parse, value) for value in reading.facts[fact].values):
        wrong = (
            f"“{fact}”的取值不是{zh}，不能用“{operator}”。",
            f'"{fact}" has no {en}, so "{operator}" cannot compare them.',
        )
        reading.note(file, where, *wrong)
    elif len(bounds) != 1 or not _reads(parse, bounds[0]):
        reading.note(file, where, f"“{operator}”后面写一个{zh}。", f'"{operator}" takes one of the {en}.')


def _reads(parse: Callable[[str], object], value: str) -> bool:
    try:
        parse(value)
    except ValueError:
        return False
    return True


def _inside(reading: Reading, fact: str, value: str) -> tuple[str, ...]:
    """A region stands for itself and every region inside it."""
    return regions_inside(reading, value) if fact == "region" else (value,)


def regions_inside(reading: Reading, region: str) -> tuple[str, ...]:
    """``region`` and all regions that are part of it, directly or not, in file order after it."""
    inside = [region]
    for candidate in inside:
        inside.extend(child for child, outer in reading.regions.items() if outer == candidate and child not in inside)
    return tuple(inside)
