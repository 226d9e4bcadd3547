"""Every combination of facts of a topic."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product
from math import prod

from bot.catalogue import Catalogue
from bot.procedures import questions_of
from bot.procedures.space import Space

DAY = date(2026, 11, 22)
"""The day the worked cases are about; the proofs hold for the rules in force then."""


def space(catalogue: Catalogue, topic: str, day: date = DAY) -> Space:
    """The facts a topic uses, and the values its rules tell apart."""
    return questions_of(catalogue, topic, day).space


def combinations(catalogue: Catalogue, topic: str) -> Iterator[dict[str, str]]:
    """One combination of each group that no rule tells apart: thirty places without rules of their own are one."""
    classes = space(catalogue, topic).classes
    for values in product(*classes.values()):
        yield dict(zip(classes, values))


def real_count(catalogue: Catalogue, topic: str) -> int:
    """How many combinations of values there really are."""
    return prod(len(values) for values in space(catalogue, topic).values.values())
