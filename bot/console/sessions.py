"""Sessions of signed-in staff, kept in the database so that they can be ended there."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import sqlalchemy as sa

from bot.console.accounts import Account
from bot.console.database import now
from bot.console.tables import accounts, sessions

_WRITTEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class Session:
    """Somebody signed in. ``form_key`` must come back with everything that changes something (CSRF)."""

    account: Account
    form_key: str
    key: str


@dataclass(frozen=True)
class Sessions:
    """A session ends after ``idle`` without a request, and in any case after ``lasts``."""

    engine: Any
    lasts: timedelta = timedelta(hours=10)
    idle: timedelta = timedelta(minutes=60)
    now: Callable[[], datetime] = now

    def begin(self, account: Account) -> str:
        """A new session; the cookie's value. Ended sessions are deleted."""
        token = secrets.token_urlsafe(32)
        row = {
            "key": _key(token),
            "account": account.id,
            "form_key": secrets.token_urlsafe(24),
            "seen": self.now(),
            "ends": self.now() + self.lasts,
        }
        with self.engine.begin() as database:
            database.execute(sessions.delete().where(sessions.c.ends <= self.now()))
            database.execute(sessions.insert().values(**row))
        return token

    def find(self, token: str) -> Session | None:
        """The session the cookie opens, if it still runs and its account is not disabled."""
        at = self.now()
        query = (
            sa.select(sessions, accounts.c.name, accounts.c.role)
            .join(accounts, accounts.c.id == sessions.c.account)
            .where(sessions.c.key == _key(token), sessions.c.ends > at, sessions.c.seen > at - self.idle)
            .where(accounts.c.disabled.is_(False))
        )
        with self.engine.connect() as database:
            row = database.execute(query).one_or_none()
        if row is None:
            return None
        if at - row.seen > _WRITTEN_EVERY:
            with self.engine.begin() as database:
                database.execute(sessions.update().where(sessions.c.key == row.key).values(seen=at))
        return Session(Account(row.account, row.name, row.role), row.form_key, row.key)

    def end(self, session: Session) -> None:
        """Sign out."""
        with self.engine.begin() as database:
            database.execute(sessions.delete().where(sessions.c.key == session.key))


def _key(token: str) -> str:
    return sha256(token.encode()).hexdigest()
