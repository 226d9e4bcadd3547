"""The fewest questions there could be, found without the code that asks them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

Outcome = frozenset[str]


@dataclass(frozen=True)
class Known:
    """A group of situations told the same: its answer per fact, how many combinations it stands for, what is told."""

    answers: tuple[str, ...]
    count: int
    outcome: Outcome


def fewest(situations: tuple[Known, ...]) -> tuple[int, float]:
    """(the smallest longest path, the smallest mean number of questions over all combinations).

    The two are separate minima: one tree need not reach both. A question may be left out as soon as all situations
    still possible are told the same.
    """
    facts = len(situations[0].answers) if situations else 0

    @cache
    def best(left: tuple[int, ...]) -> tuple[int, float]:
        if len({situations[number].outcome for number in left}) <= 1:
            return 0, 0.0
        worst, total = facts + 1, float("inf")
        for fact in range(facts):
            parts = _parts(situations, left, fact)
            if len(parts) > 1:
                below = [best(tuple(part)) for part in parts.values()]
                worst = min(worst, 1 + max(found[0] for found in below))
                total = min(total, sum(found[1] for found in below) + _weight(situations, left))
        return worst, total

    everything = tuple(range(len(situations)))
    worst, total = best(everything)
    return worst, total / max(1, _weight(situations, everything))


def _parts(situations: tuple[Known, ...], left: tuple[int, ...], fact: int) -> Mapping[str, list[int]]:
    parts: dict[str, list[int]] = {}
    for number in left:
        parts.setdefault(situations[number].answers[fact], []).append(number)
    return parts


def _weight(situations: tuple[Known, ...], left: tuple[int, ...]) -> int:
    return sum(situations[number].count for number in left)
