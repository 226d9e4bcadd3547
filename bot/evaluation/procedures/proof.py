"""Every combination of facts of every topic, decided one by one as a citizen's would be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import product

from bot.catalogue import Catalogue
from bot.evaluation.procedures.optimum import Known, fewest
from bot.procedures import Decision, decide, questions_of
from bot.procedures.space import REGION, Space


@dataclass(frozen=True)
class Row:
    """One topic. ``asked`` and ``optimum`` are (longest path, mean) of the questions of one person."""

    topic: str
    regions: int
    combinations: int
    complete: int
    asked: tuple[int, float]
    optimum: tuple[int, float]


def rows(catalogue: Catalogue, day: date) -> Iterator[Row]:
    """A row per topic."""
    for topic in catalogue.topics.values():
        space = questions_of(catalogue, topic.id, day).space
        decisions = list(_decisions(catalogue, space))
        own = {statement.region for statement in topic.statements if statement.region}
        yield Row(
            topic.id,
            len(own),
            len(decisions),
            sum(_is_complete(decision) for decision in decisions),
            _asked(catalogue, space),
            fewest(tuple(_known(space, decisions))),
        )


def _decisions(catalogue: Catalogue, space: Space) -> Iterator[Decision]:
    for values in product(*(space.values[fact] for fact in space.facts)):
        yield decide(catalogue, space.topic.id, dict(zip(space.facts, values)), space.day)


def _is_complete(decision: Decision) -> bool:
    """One answer: nothing more to ask, nothing left open, steps, documents, a legal basis and sources."""
    needed = [decision.section("steps"), decision.legal_basis, decision.sources]
    if not decision.topic.quoted:
        needed.append(decision.section("documents"))
    settled = all(told.only_if is None for told in decision.told)
    settled = settled and all(basis.only_if is None for basis in decision.legal_basis)
    return settled and not decision.missing and all(needed)


def _known(space: Space, decisions: list[Decision]) -> Iterator[Known]:
    counts: dict[tuple[tuple[str, ...], frozenset[str]], int] = {}
    groups = {fact: _groups(space, fact) for fact in space.facts}
    for decision in decisions:
        answers = tuple(groups[fact][decision.facts[fact]] for fact in space.facts)
        told = {told.statement.key for told in decision.told}
        told |= {f"{basis.reference.law}/{basis.reference.article}" for basis in decision.legal_basis}
        key = (answers, frozenset(told))
        counts[key] = counts.get(key, 0) + 1
    return (Known(answers, count, outcome) for (answers, outcome), count in counts.items())


def _groups(space: Space, fact: str) -> dict[str, str]:
    questions = questions_of(space.catalogue, space.topic.id, space.day)
    return {value: questions.group(fact, value) for value in space.values[fact]}


def _asked(catalogue: Catalogue, space: Space) -> tuple[int, float]:
    """The questions of every combination, asked one after the other."""

    @cache
    def following(answers: frozenset[tuple[str, str]]) -> str | None:
        return decide(catalogue, space.topic.id, dict(answers), space.day).next_fact

    counts = []
    groups = {fact: _groups(space, fact) for fact in space.facts}
    for values in product(*(space.values[fact] for fact in space.facts)):
        person = {fact: groups[fact][value] for fact, value in zip(space.facts, values)}
        answers: dict[str, str] = {}
        while (fact := following(frozenset(answers.items()))) is not None:
            answers[fact] = person[fact]
        counts.append(len(answers))
    return max(counts), sum(counts) / len(counts)


@dataclass(frozen=True)
class RegionRow:
    """One region: the topics it has rules of its own for, and how many statements."""

    region: str
    topics: int
    statements: int


def region_rows(catalogue: Catalogue) -> Iterator[RegionRow]:
    """A row per region."""
    for region in catalogue.fact(REGION).values if REGION in catalogue.facts else ():
        own = [
            (topic.id, statement.key)
            for topic in catalogue.topics.values()
            for statement in topic.statements
            if statement.region == region
        ]
        if region in catalogue.regions:
            yield RegionRow(region, len({topic for topic, _ in own}), len(own))
