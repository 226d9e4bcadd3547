"""Every situation a person can be in: all combinations of facts, grouped where no rule tells them apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product
from math import prod

from bot.catalogue import Catalogue
from bot.catalogue.records import Topic
from bot.catalogue.text import Text
from bot.procedures import questions_of
from bot.procedures.changes import turning_days
from bot.procedures.space import Facts, Part, Space


@dataclass(frozen=True)
class Situation:
    """One group of combinations: its representative facts, how many combinations it stands for, what is told."""

    facts: Mapping[str, str]
    count: int
    parts: tuple[Part, ...]


def space_of(catalogue: Catalogue, topic: str, day: date) -> Space:
    """What a topic can tell on ``day``."""
    return questions_of(catalogue, topic, day).space


def situations(space: Space) -> Iterator[Situation]:
    """All situations of a topic on a day; the counts add up to the number of combinations."""
    sizes = {fact: _sizes(space, fact) for fact in space.facts}
    seen: dict[tuple[int, tuple[str, ...]], bool] = {}
    for values in product(*(space.classes[fact] for fact in space.facts)):
        facts = dict(zip(space.facts, values))
        parts = tuple(part for number, part in enumerate(space.parts) if _visible(number, part, facts, seen))
        yield Situation(facts, prod(sizes[fact][value] for fact, value in facts.items()), parts)


def _visible(number: int, part: Part, facts: Facts, seen: dict[tuple[int, tuple[str, ...]], bool]) -> bool:
    key = (number, tuple(facts[fact] for fact in part.facts))
    if key not in seen:
        seen[key] = part.visible(facts)
    return seen[key]


def _sizes(space: Space, fact: str) -> dict[str, int]:
    """How many values each representative stands for."""
    tests = {
        test
        for part in space.parts
        for condition in (part.when, *part.replacements)
        for test in condition.tests()
        if test.fact == fact
    }
    groups: dict[tuple[bool, ...], str] = {}
    sizes: dict[str, int] = {}
    for value in space.values[fact]:
        representative = groups.setdefault(tuple(test.holds({fact: value}) for test in tests), value)
        sizes[representative] = sizes.get(representative, 0) + 1
    return sizes


def together(space: Space, one: Part, other: Part) -> dict[str, str] | None:
    """Facts with which both parts are told, or None."""
    facts = tuple(dict.fromkeys((*one.facts, *other.facts)))
    for values in product(*(space.classes[fact] for fact in facts)):
        complete = dict(zip(facts, values))
        if one.visible(complete) and other.visible(complete):
            return complete
    return None


def described(catalogue: Catalogue, facts: Facts) -> Text:
    """The facts as people say them: "the applicant is …, the place is …"."""
    conditions = [catalogue.fact(fact).value(value).condition for fact, value in facts.items()]
    if not conditions:
        return Text("所有人", "everybody")
    return Text("、".join(text.zh for text in conditions), ", ".join(text.en for text in conditions))


def days_of(catalogue: Catalogue, topic: Topic, today: date) -> list[date]:
    """Today and every later day on which something the topic tells begins or has just ended."""
    return [today, *(day for day in turning_days(catalogue, topic) if day > today)]
