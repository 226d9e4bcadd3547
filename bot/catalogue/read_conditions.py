"""``when`` → Condition, with every wrong fact, operator and value noted."""

from __future__ import annotations

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
    if operator == "known":
        return ("true" if data in (True, "true", "yes") else "false",)
    values = [str(value) for value in data] if isinstance(data, list) else [str(data)]
    if operator not in ("is", "is_not", "one_of"):
        return tuple(values)
    for value in values:
        reading.expect(file, where, value, reading.facts[fact].values, (f"“{fact}”的取值", f'value of "{fact}"'))
    return tuple(inside for value in values for inside in _inside(reading, fact, value))


def _inside(reading: Reading, fact: str, value: str) -> tuple[str, ...]:
    """A region stands for itself and every region inside it."""
    return regions_inside(reading, value) if fact == "region" else (value,)


def regions_inside(reading: Reading, region: str) -> tuple[str, ...]:
    """``region`` and all regions that are part of it, directly or not, in file order after it."""
    inside = [region]
    for candidate in inside:
        inside.extend(child for child, outer in reading.regions.items() if outer == candidate and child not in inside)
    return tuple(inside)
