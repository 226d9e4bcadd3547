"""Who may use the console, and as what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, get_args

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy.exc import IntegrityError

from bot.console.database import now
from bot.console.tables import accounts, sessions
from bot.errors import BanshiError

Role = Literal["operator", "editor", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
"""Each may do what the ones before it may, and more."""
SHORTEST_PASSWORD = 12
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{1,63}")
_HASHER = PasswordHasher()


class AccountError(BanshiError):
    """An account cannot be made or changed; the message says why."""


@dataclass(frozen=True)
class Account:
    """One member of staff."""

    id: int
    name: str
    role: Role
    disabled: bool = False

    def may(self, role: Role) -> bool:
        """Whether the account has ``role`` or more."""
        return ROLES.index(self.role) >= ROLES.index(role)


@dataclass(frozen=True)
class Accounts:
    """The accounts in the database."""

    engine: Any

    def create(self, name: str, role: str, password: str | None) -> Account:
        """A new account; without a password only single sign-on lets it in.

        Raises:
            AccountError: the name, role or password will not do, or the name is taken.
        """
        if not _NAME.fullmatch(name):
            raise AccountError("A name has 2 to 64 letters, digits and . _ @ -, and begins with a letter or digit.")
        if role not in ROLES:
            raise AccountError(f"There is no role {role!r}; choose one of {', '.join(ROLES)}.")
        hashed = _hash(password) if password is not None else None
        row = {"name": name, "role": role, "password": hashed, "disabled": False, "made": now()}
        try:
            with self.engine.begin() as database:
                key = database.execute(accounts.insert().values(**row)).inserted_primary_key[0]
        except IntegrityError as error:
            raise AccountError(f"There is an account {name} already.") from error
        return Account(int(key), name, role)

    def find(self, name: str) -> Account | None:
        """The account of that name, unless it is disabled."""
        row = self._row(accounts.c.name == name)
        return _account(row) if row and not row.disabled else None

    def verified(self, name: str, password: str) -> Account | None:
        """The account if the password is its own; an unknown name takes as long to refuse as a known one."""
        row = self._row(accounts.c.name == name)
        right = _matches(row.password if row and row.password else _of_nobody(), password)
        return _account(row) if row and row.password and right and not row.disabled else None

    def all(self) -> list[Account]:
        """Every account by name."""
        with self.engine.connect() as database:
            return [_account(row) for row in database.execute(sa.select(accounts).order_by(accounts.c.name))]

    def change(self, name: str, *, disabled: bool | None = None, password: str | None = None) -> None:
        """Disable or enable an account, or give it a new password; its sessions end.

        Raises:
            AccountError: there is no such account, or the password is too short.
        """
        row = self._row(accounts.c.name == name)
        if row is None:
            raise AccountError(f"There is no account {name}.")
        values: dict[str, Any] = {} if disabled is None else {"disabled": disabled}
        if password is not None:
            values["password"] = _hash(password)
        with self.engine.begin() as database:
            database.execute(accounts.update().where(accounts.c.id == row.id).values(**values))
            database.execute(sessions.delete().where(sessions.c.account == row.id))

    def _row(self, condition: Any) -> Any:
        with self.engine.connect() as database:
            return database.execute(sa.select(accounts).where(condition)).one_or_none()


def _account(row: Any) -> Account:
    return Account(row.id, row.name, row.role, row.disabled)


def _hash(password: str) -> str:
    if len(password) < SHORTEST_PASSWORD:
        raise AccountError(f"A password needs at least {SHORTEST_PASSWORD} characters.")
    return _HASHER.hash(password)


@lru_cache(maxsize=1)
def _of_nobody() -> str:
    return _HASHER.hash("the password of nobody")


def _matches(hashed: str, password: str) -> bool:
    try:
        return _HASHER.verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False
