"""Rasa's SQL tracker store, able to find one turn, to tell whether a conversation exists, and to forget it completely.

Named in `endpoints.yml`. The address comes from `BANSHI_DB` (`bot.channels.settings`): SQLite by default, PostgreSQL by
that one setting.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain

from bot.channels.settings import database_address

Event = dict[str, Any]  # one stored event as Rasa writes it: event, timestamp, text, metadata, …

_SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",  # readers and the writer do not wait for one another
    "PRAGMA synchronous=NORMAL",  # safe with WAL; no fsync for every turn
    "PRAGMA secure_delete=ON",  # deleted conversations are overwritten, not only unlinked
    "PRAGMA busy_timeout=5000",
)


class ConversationStore(SQLTrackerStore):  # type: ignore[misc]
    """Conversations as rows of one table, `events`; every method below reads or writes only rows of one sender."""

    def __init__(
        self,
        domain: Domain | None = None,
        host: str | None = None,
        event_broker: EventBroker | None = None,
        **kwargs: Any,
    ) -> None:
        address = host or database_address(os.environ)
        if sqlite := address.startswith("sqlite"):
            _keep_private(sa.engine.make_url(address).database)
        super().__init__(domain=domain, host=address, event_broker=event_broker, **kwargs)
        if sqlite:
            self._replace_engine(_sqlite_engine(address))
        self.engine.hide_parameters = True  # or a database error would log the events it could not store

    def _replace_engine(self, engine: Any) -> None:
        self.engine.dispose()
        self.engine: Any = engine
        self.sessionmaker: Any = sa.orm.session.sessionmaker(bind=engine)

    async def exists(self, conversation_id: str) -> bool:
        """Whether anything is stored under this sender id."""
        with self.session_scope() as session:
            rows = session.query(self.SQLEvent.id).filter(self.SQLEvent.sender_id == conversation_id)
            return rows.first() is not None

    async def spoken(self, sender_id: str) -> list[Event]:
        """All user and bot events of a conversation in order, over every Rasa session of it."""
        with self.session_scope() as session:
            return [json.loads(row.data) for row in self._spoken(session, sender_id).all()]

    async def turn(self, sender_id: str, message_id: str) -> list[Event] | None:
        """The user event with this message id and the bot events that answered it; None when there is none.

        `message_id` is a canonical UUID, so it cannot occur in any other field with these quotes around it.
        """
        with self.session_scope() as session:
            users = self._spoken(session, sender_id).filter(self.SQLEvent.type_name == "user")
            user = users.filter(self.SQLEvent.data.contains(f'"message_id": "{message_id}"')).first()
            if user is None:
                return None
            later = users.filter(self.SQLEvent.id > user.id).first()
            rows = self._spoken(session, sender_id).filter(self.SQLEvent.id >= user.id)
            if later is not None:
                rows = rows.filter(self.SQLEvent.id < later.id)
            return [json.loads(row.data) for row in rows.all()]

    async def delete(self, sender_id: str) -> int:
        """Delete everything stored about a sender, and its traces in SQLite's log; returns the number of rows."""
        with self.session_scope() as session:
            deleted: int = session.query(self.SQLEvent).filter(self.SQLEvent.sender_id == sender_id).delete()
            session.commit()
        if self.engine.dialect.name == "sqlite":
            with self.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        return deleted

    def _spoken(self, session: Any, sender_id: str) -> Any:
        rows = session.query(self.SQLEvent).filter(self.SQLEvent.sender_id == sender_id)
        return rows.filter(self.SQLEvent.type_name.in_(("user", "bot"))).order_by(self.SQLEvent.id)


def _sqlite_engine(address: str) -> Any:
    """An engine that keeps its connections open between turns; all of them run on the event loop's thread."""
    engine = sa.create_engine(address, poolclass=sa.pool.QueuePool, connect_args={"check_same_thread": False})
    sa.event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    for pragma in _SQLITE_PRAGMAS:
        connection.execute(pragma)


def _keep_private(database: str | None) -> None:
    """Create the database file readable by its owner alone; SQLite gives its log files the same mode."""
    if not database or database == ":memory:":
        return
    path = Path(database)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
