"""What a check found: problems, which must be resolved, and warnings, which should be looked at."""

from __future__ import annotations

from dataclasses import dataclass

from bot.catalogue import Problem
from bot.catalogue.records import Place


@dataclass(frozen=True)
class Findings:
    """Sorted by file and line; ``situations`` counts the combinations of facts that were gone through."""

    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...] = ()
    situations: int = 0
    cases: int = 0

    def __str__(self) -> str:
        lines = [str(problem) for problem in self.problems]
        lines += [
            f"{warning.file}:{warning.line}: 提醒：{warning.zh}\n    Note: {warning.en}" for warning in self.warnings
        ]
        return "\n".join([*lines, self.summary])

    @property
    def summary(self) -> str:
        """One line in both languages."""
        count, notes = len(self.problems), len(self.warnings)
        if count:
            return f"共 {count} 处要改，{notes} 条提醒。/ {count} problem(s) to resolve, {notes} note(s)."
        return (
            f"没有问题：{self.situations:,} 种情况都有完整的答案，{self.cases} 个实例都成立；{notes} 条提醒。/ "
            f"No problems: all {self.situations:,} situations have a complete answer, "
            f"all {self.cases} worked cases hold; {notes} note(s)."
        )


def at(place: Place, zh: str, en: str) -> Problem:
    """A problem at a record's place."""
    return Problem(place.file, place.line, zh, en)
