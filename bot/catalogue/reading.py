"""What the readers share: the files, the ids there are, and the problems found so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from bot.catalogue.problems import Problem, nearest
from bot.catalogue.records import Fact, Period
from bot.catalogue.schema_check import shape_problems
from bot.catalogue.text import Text, Words
from bot.catalogue.yaml_file import Where, YamlFile, read_yaml


@dataclass
class Reading:
    """One pass over a knowledge folder."""

    folder: Path
    problems: list[Problem] = field(default_factory=list)
    sources: frozenset[str] = frozenset()
    laws: Mapping[str, frozenset[str]] = field(default_factory=dict)
    topics: frozenset[str] = frozenset()
    regions: Mapping[str, str | None] = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    read: dict[Path, YamlFile] = field(default_factory=dict)

    def files(self, pattern: str, kind: str) -> list[YamlFile]:
        """The files matching ``pattern`` whose shape is right; the wrongs of the others are noted."""
        read = [self.file(path, kind) for path in sorted(self.folder.glob(pattern))]
        return [file for file in read if file.data is not None]

    def file(self, path: Path, kind: str) -> YamlFile:
        """One file, read once; ``data`` is None when it cannot be used."""
        if path not in self.read:
            self.read[path] = self._read(path, kind)
        return self.read[path]

    def _read(self, path: Path, kind: str) -> YamlFile:
        name = path.relative_to(self.folder.parent).as_posix()
        if not path.exists():
            file = YamlFile(name)
            file.problems.append(Problem(name, 1, "缺少这个文件。", "This file is missing."))
        else:
            file = read_yaml(path, name)
        wrong = file.problems + (shape_problems(file, kind) if file.data is not None else [])
        self.problems.extend(wrong)
        if wrong:
            file.data = None
        return file

    @property
    def incomplete(self) -> bool:
        """Whether a file could not be used; then that something is absent proves nothing."""
        return any(file.data is None for file in self.read.values())

    def note(self, file: YamlFile, where: Where, zh: str, en: str) -> None:
        """Remember a problem at ``where`` in ``file``."""
        self.problems.append(file.problem(where, zh, en))

    def expect(self, file: YamlFile, where: Where, value: str, known: Iterable[str], what: tuple[str, str]) -> bool:
        """Note a problem unless ``value`` is one of ``known``.

        ``what`` names the kind of id (zh, en), or is the whole sentence with ``{}`` in place of the value.
        """
        known = sorted(known) if isinstance(known, frozenset) else list(known)
        if value in known:
            return True
        hint_zh, hint_en = nearest(value, known)
        zh, en = what if "{}" in what[1] else (f"没有叫“{{}}”的{what[0]}。", f'There is no {what[1]} "{{}}".')
        self.note(file, where, zh.replace("{}", value) + hint_zh, en.replace("{}", value) + hint_en)
        return False

    def same_name(self, file: YamlFile, expected: str) -> None:
        """Note a problem unless the file's ``id`` is ``expected`` (its own or its folder's name)."""
        if file.data["id"] != expected:
            self.note(
                file,
                ("id",),
                f"id 是“{file.data['id']}”，但按文件名应为“{expected}”。",
                f'The id is "{file.data["id"]}", but by its name it should be "{expected}".',
            )


def text(data: Mapping[str, str]) -> Text:
    """A text from its two languages, without spaces around it."""
    return Text(data["zh"].strip(), data["en"].strip())


def optional_text(data: Mapping[str, str] | None) -> Text | None:
    """A text, or None."""
    return text(data) if data else None


def words(data: Mapping[str, list[str]] | None) -> Words:
    """Ways of saying something; empty when left out."""
    data = data or {}
    return Words(tuple(map(str, data.get("zh", ()))), tuple(map(str, data.get("en", ()))))


def day(reading: Reading, file: YamlFile, where: Where, value: str) -> date:
    """A date; one that does not exist (2026-02-30) is noted."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        reading.note(file, where, f"没有“{value}”这一天。", f'There is no day "{value}".')
        return date.min


def period(reading: Reading, file: YamlFile, where: Where, data: Mapping[str, Any]) -> Period:
    """The period of ``from`` … ``to``; one that ends before it begins is noted."""
    start = day(reading, file, (*where, "from"), data["from"])
    end = day(reading, file, (*where, "to"), data["to"]) if "to" in data else None
    if end is not None and end < start:
        reading.note(file, (*where, "to"), "“to”早于“from”。", '"to" is earlier than "from".')
    return Period(start, end)
