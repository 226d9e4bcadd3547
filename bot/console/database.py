"""Where accounts, audit log, case codes and the queue are kept: SQLite by default, PostgreSQL by ``BANSHI_DB``."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from bot.settings import var_folder

MIGRATIONS = Path(__file__).with_name("migrations")
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",  # readers and the writer do not wait for one another
    "PRAGMA synchronous=NORMAL",
    "PRAGMA secure_delete=ON",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=5000",
)


def now() -> datetime:
    """The present in UTC, without a zone: what the tables hold."""
    return datetime.now(timezone.utc).replace(tzinfo=None)


def address(environment: Mapping[str, str] = os.environ, folder: Path | None = None) -> str:
    """``BANSHI_DB`` where it names a PostgreSQL, else ``console.db`` in ``folder``, which is ``BANSHI_VAR`` by default.

    Rasa's conversations stay in a file of their own under SQLite, which has one writer at a time.
    """
    return _postgres(environment) or f"sqlite:///{(folder or var_folder()) / 'console.db'}"


def _postgres(environment: Mapping[str, str]) -> str | None:
    """The PostgreSQL named in ``BANSHI_DB`` with the driver used here (psycopg 3), or None."""
    named = environment.get("BANSHI_DB") or ""
    if not named.startswith("postgres"):
        return None
    return "postgresql+psycopg://" + named.partition("://")[2]


def connect(at: str | None = None) -> Any:
    """A SQLAlchemy engine over tables that are up to date; they are made or migrated first."""
    target = at or address()
    if target.startswith("sqlite"):
        _keep_private(sa.engine.make_url(target).database)
    engine = sa.create_engine(target, hide_parameters=True, pool_pre_ping=not target.startswith("sqlite"))
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _prepare)
    migrate(engine)
    return engine


def migrate(engine: Any, to: str = "head") -> None:
    """Bring the tables to the version ``to``; servers that start at the same time do it one after the other."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(20261122)"))
        config.attributes["connection"] = connection
        command.upgrade(config, to)


def _prepare(connection: Any, _record: Any) -> None:
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _keep_private(database: str | None) -> None:
    """A new database file is readable by its owner alone; SQLite gives its log files the same mode."""
    if database and database != ":memory:":
        path = Path(database)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
