"""Worked cases, ``cases.yml`` beside each procedure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.catalogue.reading import Reading, day, text
from bot.catalogue.records import SECTIONS, Case, Topic
from bot.catalogue.yaml_file import Where, YamlFile


def read_cases(reading: Reading, topics: dict[str, Topic]) -> tuple[Case, ...]:
    """All worked cases; unknown facts, values and statements are noted."""
    found: list[Case] = []
    for file in reading.files("procedures/*/cases.yml", "cases"):
        topic = topics.get(file.name.split("/")[-2])
        if topic is not None:
            found.extend(_case(reading, file, position, topic) for position in range(len(file.data["cases"])))
    return tuple(found)


def _case(reading: Reading, file: YamlFile, position: int, topic: Topic) -> Case:
    where: Where = ("cases", position)
    data: dict[str, Any] = file.data["cases"][position]
    if not reading.incomplete:
        _check_ids(reading, file, where, data)
    return Case(
        topic=topic.id,
        name=text(data["name"]),
        date=day(reading, file, (*where, "date"), data["date"]),
        facts={fact: str(value) for fact, value in data["facts"].items()},
        declined=frozenset(data.get("declined", ())),
        includes=dict(_expected(reading, file, (*where, "includes"), data.get("includes"), topic)),
        excludes=dict(_expected(reading, file, (*where, "excludes"), data.get("excludes"), topic)),
        asks_next=data.get("asks_next"),
        checks_question="asks_next" in data,
        file=file.name,
        line=file.line(where),
    )


def _check_ids(reading: Reading, file: YamlFile, where: Where, data: dict[str, Any]) -> None:
    for fact, value in data["facts"].items():
        if reading.expect(file, (*where, "facts", fact), fact, reading.facts, ("事实", "fact")):
            known = reading.facts[fact].values
            reading.expect(
                file,
                (*where, "facts", fact),
                str(value),
                known,
                (f"“{{}}”不是“{fact}”的取值。", f'"{{}}" is no value of "{fact}".'),
            )
    for position, fact in enumerate(data.get("declined", ())):
        reading.expect(file, (*where, "declined", position), fact, reading.facts, ("事实", "fact"))
    if data.get("asks_next"):
        reading.expect(file, (*where, "asks_next"), data["asks_next"], reading.facts, ("事实", "fact"))


def _expected(
    reading: Reading, file: YamlFile, where: Where, data: dict[str, list[str]] | None, topic: Topic
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for section, ids in (data or {}).items():
        if reading.expect(file, (*where, section), section, (*SECTIONS, "legal_basis"), ("栏目", "section")):
            known = _ids(topic, section)
            for position, wanted in enumerate(() if reading.incomplete else ids):
                reading.expect(file, (*where, section, position), wanted, known, ("条目", "entry"))
            yield section, tuple(ids)


def _ids(topic: Topic, section: str) -> set[str]:
    if section == "legal_basis":
        return {f"{reference.law}/{reference.article}" for reference in topic.legal_basis}
    return {statement.id for statement in topic.statements if statement.section == section}
