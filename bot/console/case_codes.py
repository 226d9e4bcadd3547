"""Six digits that open what a conversation established: topic, facts and language, nothing about who it was."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bot.answers.conversation import Conversation
from bot.console.database import now
from bot.console.tables import cases
from bot.errors import UnknownId

VALID_FOR = timedelta(hours=72)
_TRIES = 20


@dataclass(frozen=True)
class CaseCodes:
    """Keeps the codes in the console's database; expired ones are deleted whenever a new one is made."""

    engine: Any
    now: Callable[[], datetime] = now

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
        with self.engine.begin() as database:
            database.execute(cases.delete().where(cases.c.ends <= self.now()))
        for _ in range(_TRIES):
            code = f"{secrets.randbelow(1_000_000):06d}"
            try:
                with self.engine.begin() as database:
                    database.execute(cases.insert().values(code=code, body=case, ends=self.now() + VALID_FOR))
            except IntegrityError:
                continue
            return code
        raise RuntimeError("no free case code")

    def open(self, code: str) -> Conversation:
        """The conversation kept under ``code``.

        Raises:
            UnknownId: there is no such code, or it has expired.
        """
        query = sa.select(cases.c.body).where(cases.c.code == code, cases.c.ends > self.now())
        with self.engine.connect() as database:
            body = database.execute(query).scalar()
        if body is None:
            raise UnknownId("there is no case with this code")
        case = json.loads(body)
        return Conversation(case["language"], case["topic"], case["facts"], tuple(case["declined"]))
