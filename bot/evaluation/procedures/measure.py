"""What is asked and told over every combination of facts of a topic."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import product
from math import prod

import numpy as np

from bot.catalogue import Catalogue
from bot.evaluation.procedures.optimum import Outcomes, fewest_mean, fewest_worst
from bot.procedures import questions_of
from bot.procedures.questions import Questions


@dataclass(frozen=True)
class Figures:
    """One topic. ``combinations`` counts all values, ``apart`` one value of each group no rule tells apart."""

    topic: str
    combinations: int
    apart: int
    outcomes: int
    mean: float
    fewest_mean: float
    worst: int
    fewest_worst: int


def figures(catalogue: Catalogue, topic: str, day: date) -> Figures:
    """Measure one topic on one day.

    Raises:
        UnknownId: no such topic.
    """
    questions = questions_of(catalogue, topic, day)
    outcomes = outcomes_of(questions)
    asked = _asked(questions)
    return Figures(
        topic=topic,
        combinations=prod(len(values) for values in questions.space.values.values()),
        apart=outcomes.size,
        outcomes=len(np.unique(outcomes)),
        mean=sum(asked) / len(asked),
        fewest_mean=fewest_mean(outcomes),
        worst=max(asked),
        fewest_worst=fewest_worst(outcomes),
    )


def outcomes_of(questions: Questions) -> Outcomes:
    """The number of the outcome of every combination, one axis per fact."""
    space = questions.space
    seen: dict[tuple[bool, ...], int] = {}
    numbers = []
    for values in product(*space.classes.values()):
        facts = dict(zip(space.classes, values))
        told = tuple(part.visible(facts) for part in space.parts)
        numbers.append(seen.setdefault(told, len(seen)))
    return np.asarray(numbers).reshape([len(values) for values in space.classes.values()])


def _asked(questions: Questions) -> list[int]:
    """How many questions each combination is asked."""
    counts = []
    for values in product(*questions.space.classes.values()):
        facts = dict(zip(questions.space.classes, values))
        known: dict[str, str] = {}
        while (fact := questions.next(known)) is not None:
            known[fact] = facts[fact]
        counts.append(len(known))
    return counts
