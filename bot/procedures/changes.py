"""What will change for a person in the time to come, as far as the records know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.catalogue import Catalogue
from bot.catalogue.records import Law, Statement, Topic
from bot.procedures.decision import Decision, decide


@dataclass(frozen=True)
class Change:
    """On ``day`` these statements end and begin, and these laws take effect, for one person."""

    day: date
    ends: tuple[Statement, ...] = ()
    begins: tuple[Statement, ...] = ()
    laws: tuple[Law, ...] = ()


def coming_changes(catalogue: Catalogue, decision: Decision, days: int) -> tuple[Change, ...]:
    """The changes after the decision's day, up to ``days`` later, that touch what this person is told."""
    last = decision.day + timedelta(days=days)
    turns = [day for day in turning_days(catalogue, decision.topic) if decision.day < day <= last]
    found, before = [], decision
    for day in turns:
        after = decide(catalogue, decision.topic.id, decision.facts, day, declined=frozenset(decision.unknown))
        change = _change(catalogue, before, after)
        if change.ends or change.begins or change.laws:
            found.append(change)
        before = after
    return tuple(found)


def turning_days(catalogue: Catalogue, topic: Topic) -> list[date]:
    """Every first day, and every day after a last one, of what the topic tells and of its laws; sorted."""
    periods = [statement.valid for statement in topic.statements]
    periods += [catalogue.laws[reference.law].in_force for reference in topic.legal_basis]
    turns = {period.start for period in periods}
    turns |= {period.end + timedelta(days=1) for period in periods if period.end and period.end < date.max}
    return sorted(turns)


def _change(catalogue: Catalogue, before: Decision, after: Decision) -> Change:
    return Change(
        after.day,
        ends=tuple(_statements(before, after)),
        begins=tuple(_statements(after, before)),
        laws=tuple(catalogue.laws[law] for law in _laws(after) if law not in _laws(before)),
    )


def _statements(there: Decision, not_there: Decision) -> Iterator[Statement]:
    keys = {told.statement.key for told in not_there.told}
    return (told.statement for told in there.told if told.statement.key not in keys)


def _laws(decision: Decision) -> tuple[str, ...]:
    return tuple(dict.fromkeys(basis.reference.law for basis in decision.legal_basis))
