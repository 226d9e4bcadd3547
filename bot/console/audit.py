"""Who did what when: ids of the knowledge and names of staff, no free text, so no citizen's data fits in."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal, get_args

import sqlalchemy as sa

from bot.console.database import now
from bot.console.tables import audit

Action = Literal[
    "sign_in",
    "sign_in_failed",
    "locked_out",
    "sign_out",
    "search",
    "open",
    "copy",
    "print",
    "link",
    "flag",
    "case_opened",
    "case_refused",
    "queue",
    "account",
]
ACTIONS: tuple[Action, ...] = get_args(Action)
_IDS = re.compile(r"[^A-Za-z0-9._@/:=,#-]")
_TOGETHER = timedelta(seconds=4)
_KEPT = timedelta(days=400)


@dataclass
class Audit:
    """Writes and reads the log. What one types in a search is one entry, not one a letter."""

    engine: Any
    now: Callable[[], datetime] = now
    _latest: dict[str, tuple[str, int, datetime]] = field(default_factory=dict)

    def note(self, who: str, action: Action, about: str = "") -> None:
        """Write one entry; ``about`` are ids, and everything that cannot stand in an id is left out."""
        at, ids = self.now(), _IDS.sub("", about)[:200]
        last_action, last_id, last_at = self._latest.get(who, ("", 0, datetime.min))
        with self.engine.begin() as database:
            if action == last_action == "search" and at - last_at < _TOGETHER:
                database.execute(audit.update().where(audit.c.id == last_id).values(about=ids, at=at))
            else:
                row = {"at": at, "who": _IDS.sub("", who)[:64], "action": action, "about": ids}
                last_id = int(database.execute(audit.insert().values(**row)).inserted_primary_key[0])
        self._latest[who] = (action, last_id, at)

    def latest(self, limit: int = 200, who: str | None = None) -> list[Any]:
        """The latest entries, newest first: rows with at, who, action, about."""
        query = sa.select(audit).order_by(audit.c.id.desc()).limit(limit)
        if who:
            query = query.where(audit.c.who == who)
        with self.engine.connect() as database:
            return list(database.execute(query))

    def tidy(self) -> None:
        """Delete what is older than 400 days."""
        with self.engine.begin() as database:
            database.execute(audit.delete().where(audit.c.at < self.now() - _KEPT))
