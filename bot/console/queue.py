"""What the knowledge lacks or has wrong: reports of operators and the bot, those alike as one matter for editors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal, get_args

import sqlalchemy as sa

from bot.console.database import now
from bot.console.private import masked
from bot.console.tables import matters, reports
from bot.errors import BanshiError
from bot.retrieval.words import terms

Kind = Literal["not_found", "wrong", "outdated", "unanswered", "unsure"]
KINDS: tuple[Kind, ...] = get_args(Kind)
STAFF_KINDS: tuple[Kind, ...] = ("not_found", "wrong", "outdated")
"""What an operator reports; the others come from the bot."""
State = Literal["open", "in_work", "done"]
STATES: tuple[State, ...] = get_args(State)
_NEXT: Mapping[str, tuple[str, ...]] = {"open": ("in_work",), "in_work": ("done", "open"), "done": ("open",)}
ALIKE = 0.5
"""The part of their words two questions share when they are one matter."""
_COMPARED = 500
_FORGOTTEN = timedelta(days=400)
"""So long after its latest report even a matter nobody took up is deleted."""
_AT_ONCE = 500


class QueueError(BanshiError):
    """A matter cannot be moved to that state; the message says why."""


@dataclass(frozen=True)
class Report:
    """One question that was not answered well. ``facts`` are ids, ``origin`` an account's name or a channel."""

    kind: Kind
    question: str
    origin: str
    knowledge: str
    topic: str | None = None
    facts: Mapping[str, str] | None = None
    region: str | None = None


@dataclass(frozen=True)
class Queue:
    """The matters in the database."""

    engine: Any

    def add(self, report: Report) -> int:
        """Keep a report, masked, with the open matter it is alike, or as a matter of its own; the matter's id."""
        question, at = masked(report.question), now()
        facts = ",".join(f"{fact}={value}" for fact, value in (report.facts or {}).items())
        with self.engine.begin() as database:
            matter = self._alike(database, report, question)
            if matter is None:
                values: dict[str, Any] = {
                    "kind": report.kind,
                    "question": question,
                    "topic": report.topic,
                    "region": report.region,
                }
                values |= {"state": "open", "reports": 1, "first": at, "last": at}
                matter = int(database.execute(matters.insert().values(**values)).inserted_primary_key[0])
            else:
                more = {"reports": matters.c.reports + 1, "last": at}
                database.execute(matters.update().where(matters.c.id == matter).values(**more))
            row: dict[str, Any] = {
                "matter": matter,
                "at": at,
                "origin": report.origin,
                "question": question,
                "facts": facts[:500],
            }
            row |= {"region": report.region, "knowledge": report.knowledge}
            database.execute(reports.insert().values(**row))
        return matter

    def matters(self, state: str, kind: str = "", limit: int = 200) -> list[Any]:
        """Matters in a state, the most reported first."""
        query = sa.select(matters).where(matters.c.state == state)
        if kind:
            query = query.where(matters.c.kind == kind)
        with self.engine.connect() as database:
            return list(database.execute(query.order_by(matters.c.reports.desc(), matters.c.last.desc()).limit(limit)))

    def reports_of(self, ids: list[int]) -> dict[int, list[Any]]:
        """The reports of each matter, newest first."""
        query = sa.select(reports).where(reports.c.matter.in_(ids)).order_by(reports.c.id.desc())
        found: dict[int, list[Any]] = {key: [] for key in ids}
        with self.engine.connect() as database:
            for row in database.execute(query):
                found[row.matter].append(row)
        return found

    def counts(self, column: str, state: str = "open") -> list[tuple[str | None, int]]:
        """Reports in a state by ``topic``, ``region`` or ``kind``, the most first."""
        by, total = matters.c[column], sa.func.sum(matters.c.reports)
        query = sa.select(by, total).where(matters.c.state == state).group_by(by).order_by(total.desc())
        with self.engine.connect() as database:
            return [(name, int(count)) for name, count in database.execute(query)]

    def sizes(self) -> dict[str, int]:
        """How many matters each state has."""
        query = sa.select(matters.c.state, sa.func.count()).group_by(matters.c.state)
        with self.engine.connect() as database:
            found = {state: int(count) for state, count in database.execute(query)}
        return {state: found.get(state, 0) for state in STATES}

    def move(self, matter: int, state: str, who: str, changed: str = "") -> None:
        """Move a matter on.

        Raises:
            QueueError: there is no such step, or a matter is to be done without saying what changed.
        """
        with self.engine.begin() as database:
            row = database.execute(sa.select(matters).where(matters.c.id == matter)).one_or_none()
            if row is None or state not in _NEXT[row.state]:
                raise QueueError("This matter cannot be moved there; it may have been moved meanwhile.")
            if state == "done" and not changed.strip():
                raise QueueError("Say what changed before the matter is done.")
            values: dict[str, Any] = {"state": state, "taken_by": who if state != "open" else None, "moved": now()}
            if state == "done":
                values["changed"] = masked(changed)
            database.execute(matters.update().where(matters.c.id == matter).values(**values))

    def delete_old(self, done: timedelta | None) -> int:
        """Delete matters done so long ago (None: never), those forgotten, and their reports; how many matters."""
        forgotten = matters.c.last < now() - _FORGOTTEN
        finished = (
            sa.and_(matters.c.state == "done", matters.c.moved < now() - done) if done is not None else sa.false()
        )
        with self.engine.begin() as database:
            old = list(database.execute(sa.select(matters.c.id).where(sa.or_(finished, forgotten))).scalars())
            for start in range(0, len(old), _AT_ONCE):
                ids = old[start : start + _AT_ONCE]
                database.execute(reports.delete().where(reports.c.matter.in_(ids)))
                database.execute(matters.delete().where(matters.c.id.in_(ids)))
        return len(old)

    def _alike(self, database: Any, report: Report, question: str) -> int | None:
        """The open matter of the same kind and topic whose question shares most words with this one."""
        query = sa.select(matters.c.id, matters.c.question).where(
            matters.c.kind == report.kind, matters.c.state != "done", matters.c.topic.is_not_distinct_from(report.topic)
        )
        rows = database.execute(query.order_by(matters.c.last.desc()).limit(_COMPARED))
        scored = [(likeness(question, row.question), row.id) for row in rows]
        best = max(scored, default=(0.0, None))
        return best[1] if best[0] >= ALIKE else None


def likeness(one: str, other: str) -> float:
    """The part of their words two texts share: 0 to 1 (Dice)."""
    mine, theirs = set(terms(one)), set(terms(other))
    return 2 * len(mine & theirs) / (len(mine) + len(theirs)) if mine and theirs else float(one == other)
