"""A small valid knowledge folder to read, and to break."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from shutil import copy, copytree

import pytest

from bot.catalogue import Catalogue, KnowledgeProblems, Problem, load

HERE = Path(__file__).parent
DAY = date(2026, 6, 1)
"""The day the small knowledge is about."""


@dataclass(frozen=True)
class SmallFolder:
    """A copy of ``tests/small_knowledge`` that a test may change."""

    path: Path

    def load(self) -> Catalogue:
        """The catalogue of the folder as it is now."""
        return load(self.path)

    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the folder; fails when nothing is."""
        with pytest.raises(KnowledgeProblems) as caught:
            load(self.path)
        return caught.value.problems

    def problem(self) -> Problem:
        """The only thing that is wrong with the folder."""
        (only,) = self.problems()
        return only

    def write(self, name: str, text: str) -> None:
        """Write a file."""
        (self.path / name).parent.mkdir(parents=True, exist_ok=True)
        (self.path / name).write_text(text, encoding="utf-8")

    def change(self, name: str, old: str, new: str) -> int:
        """Replace the first ``old``, which must be there, and return its line."""
        before = (self.path / name).read_text(encoding="utf-8")
        assert old in before, f"{name} has no {old!r}"
        self.write(name, before.replace(old, new, 1))
        return before[: before.index(old)].count("\n") + 1

    def add(self, name: str, text: str) -> int:
        """Put ``text`` at the end of a file and return its first line."""
        before = (self.path / name).read_text(encoding="utf-8")
        self.write(name, before + text)
        return before.count("\n") + 1


def small_folder(tmp_path: Path) -> SmallFolder:
    """A fresh copy under ``tmp_path``, with the fixed sentences of the real knowledge."""
    target = tmp_path / "knowledge"
    copytree(HERE / "small_knowledge", target)
    copy(HERE.parent / "knowledge" / "wording.yml", target / "wording.yml")
    return SmallFolder(target)
