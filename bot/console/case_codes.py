"""Six digits that open what a conversation established: topic, facts and language, nothing about who it was."""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

from bot.answers.conversation import Conversation
from bot.errors import UnknownId

VALID_FOR = timedelta(hours=72)
_TRIES = 20


def _now() -> datetime:
    return datetime.now(timezone.utc)


@dataclass(frozen=True)
class SqliteCaseCodes:
    """Keeps the codes in one SQLite file; expired ones are deleted whenever a new one is made."""

    file: Path
    now: Callable[[], datetime] = _now

    def create(self, conversation: Conversation) -> str:
        """A code not in use, under which the conversation's facts are kept for 72 hours.

        Raises:
            RuntimeError: no free code was found, which needs hundreds of thousands of open cases.
        """
        case = json.dumps(
            {
                "topic": conversation.topic,
                "facts": dict(conversation.facts),
                "declined": list(conversation.declined),
                "language": conversation.language,
            },
            ensure_ascii=False,
        )
        with self._database() as database:
            database.execute("DELETE FROM cases WHERE expires <= ?", (self.now().isoformat(),))
            for _ in range(_TRIES):
                code = f"{secrets.randbelow(1_000_000):06d}"
                row = (code, case, (self.now() + VALID_FOR).isoformat())
                if database.execute("INSERT OR IGNORE INTO cases VALUES (?, ?, ?)", row).rowcount:
                    return code
        raise RuntimeError("no free case code")

    def open(self, code: str) -> Conversation:
        """The conversation kept under ``code``.

        Raises:
            UnknownId: there is no such code, or it has expired.
        """
        with self._database() as database:
            query = "SELECT body FROM cases WHERE code = ? AND expires > ?"
            row = database.execute(query, (code, self.now().isoformat())).fetchone()
        if row is None:
            raise UnknownId("there is no case with this code")
        case = json.loads(row[0])
        return Conversation(case["language"], case["topic"], case["facts"], tuple(case["declined"]))

    @contextmanager
    def _database(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.file, timeout=5)) as database, database:
            database.execute(
                "CREATE TABLE IF NOT EXISTS cases (code TEXT PRIMARY KEY, body TEXT NOT NULL, expires TEXT NOT NULL)"
            )
            yield database
