"""What is wrong with the knowledge, as sentences an editor can act on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from bot.errors import KnowledgeError


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake: where it is and what to write, in both languages. ``line`` counts from 1."""

    file: str
    line: int
    zh: str
    en: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.zh}\n    {self.en}"


class KnowledgeProblems(KnowledgeError):
    """The knowledge has problems; ``problems`` holds all of them, sorted by file and line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__(f"{len(self.problems)} problem(s):\n" + "\n".join(map(str, self.problems)))


def nearest(wrong: str, known: Iterable[str]) -> tuple[str, str]:
    """A hint (zh, en) naming the id that looks most like ``wrong``; two empty strings when none does."""
    found = get_close_matches(wrong, list(known), n=1, cutoff=0.5)
    if not found:
        return "", ""
    return f"是不是想写“{found[0]}”？", f' Did you mean "{found[0]}"?'
