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


FEW = 8
"""So many ids can be listed when none looks like the wrong one."""


def nearest(wrong: str, known: Iterable[str]) -> tuple[str, str]:
    """A hint (zh, en) naming the id most like ``wrong``, or all of a few; two empty strings when there is neither."""
    known = list(known)
    found = get_close_matches(wrong, known, n=1, cutoff=0.5)
    if found:
        return f"是不是想写“{found[0]}”？", f' Did you mean "{found[0]}"?'
    if 0 < len(known) <= FEW:
        return f"已有的是：{'、'.join(known)}。", f" Known: {', '.join(known)}."
    return "", ""
