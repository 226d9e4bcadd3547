"""Counts failures and says when there were too many: sign-ins of a name or an address, wrong case codes.

Kept in the database, so that neither a restart nor a second server forgets them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.console.database import now
from bot.console.tables import failures


@dataclass(frozen=True)
class Limit:
    """At most ``most`` failures within ``minutes`` under one key."""

    most: int
    minutes: int


NAME, ADDRESS = Limit(5, 15), Limit(50, 15)
"""Sign-ins: of one account's name, and from one network address, where many operators may sit."""
CODES, ALL_CODES = Limit(10, 10), Limit(60, 10)
"""Case codes: one account's, and all accounts' together: 60 of a million is what a guesser has in ten minutes."""


@dataclass(frozen=True)
class Failures:
    """The failures of the recent past."""

    engine: Any
    now: Callable[[], datetime] = now

    def too_many(self, key: str, limit: Limit) -> bool:
        """Whether ``key`` has used up its limit."""
        since = self.now() - timedelta(minutes=limit.minutes)
        query = sa.select(sa.func.count()).where(failures.c.key == key, failures.c.at > since)
        with self.engine.connect() as database:
            return int(database.execute(query).scalar_one()) >= limit.most

    def add(self, *keys: str) -> None:
        """One more failure under each key; those of yesterday are deleted."""
        with self.engine.begin() as database:
            database.execute(failures.delete().where(failures.c.at < self.now() - timedelta(days=1)))
            database.execute(failures.insert(), [{"key": key[:100], "at": self.now()} for key in keys])

    def forget(self, key: str) -> None:
        """All is forgiven after a success."""
        with self.engine.begin() as database:
            database.execute(failures.delete().where(failures.c.key == key))
