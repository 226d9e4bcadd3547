"""The figures of the overview page, counted in the database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from bot.console.tables import passages, turns

DAYS = 30
Counted = list[tuple[str | None, int]]


@dataclass(frozen=True)
class Figures:
    """The figures of some days. Counts are turns; medians are None where nothing was counted."""

    turns: int
    outcomes: int
    questions: float | None
    seconds: float | None
    milliseconds: float | None
    unanswered: float | None


@dataclass(frozen=True)
class Overview:
    """Reads the counts of ``bot.console.turns``."""

    engine: Any
    today: Callable[[], date] = date.today

    def figures(self, days: int) -> Figures:
        """Of the last ``days`` days, today included."""
        since = self._since(days)
        outcome = turns.c.questions.is_not(None)
        query = sa.select(
            sa.func.count(),
            sa.func.count(turns.c.questions),
            sa.func.sum(turns.c.questions),
            sa.func.sum(sa.case((turns.c.status == "abstained", 1), else_=0)),
        ).where(since)
        with self.engine.connect() as database:
            total, outcomes, questions, abstained = database.execute(query).one()
            seconds = _median(database, turns.c.seconds, sa.and_(since, outcome))
            milliseconds = _median(database, turns.c.milliseconds, since)
        mean = round(int(questions) / outcomes, 1) if outcomes else None
        share = round(100 * int(abstained) / total, 1) if total else None
        return Figures(total, outcomes, mean, seconds, milliseconds, share)

    def by(self, column: str, days: int = DAYS, limit: int = 12) -> Counted:
        """Turns by ``topic``, ``region``, ``channel`` or ``status``, the most first."""
        name, count = turns.c[column], sa.func.count()
        query = sa.select(name, count).where(self._since(days)).group_by(name).order_by(count.desc()).limit(limit)
        return self._counted(query)

    def daily(self, days: int = DAYS) -> list[tuple[date, int]]:
        """Turns of each day, oldest first, days without any included."""
        query = sa.select(turns.c.day, sa.func.count()).where(self._since(days)).group_by(turns.c.day)
        with self.engine.connect() as database:
            found = {day: int(count) for day, count in database.execute(query)}
        first = self.today() - timedelta(days=days - 1)
        return [(day, found.get(day, 0)) for day in (first + timedelta(days=n) for n in range(days))]

    def passages(self, days: int = DAYS, limit: int = 10) -> Counted:
        """The passages quoted most."""
        count = sa.func.count()
        since = passages.c.day > self.today() - timedelta(days=days)
        query = sa.select(passages.c.passage, count).where(since).group_by(passages.c.passage)
        return self._counted(query.order_by(count.desc()).limit(limit))

    def _counted(self, query: Any) -> Counted:
        with self.engine.connect() as database:
            return [(name, int(count)) for name, count in database.execute(query)]

    def _since(self, days: int) -> Any:
        return turns.c.day > self.today() - timedelta(days=days)


def _median(database: Any, column: Any, condition: Any) -> float | None:
    """The middle value, worked out by place because SQLite has no median; None of nothing."""
    count = int(database.execute(sa.select(sa.func.count()).select_from(turns).where(condition)).scalar_one())
    if not count:
        return None
    low, take = (count - 1) // 2, 2 - count % 2
    rows = database.execute(sa.select(column).where(condition).order_by(column).offset(low).limit(take)).scalars().all()
    return float(sum(rows)) / len(rows)
