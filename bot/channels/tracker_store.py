"""Rasa's SQL tracker store, able to find one turn, to tell whether a conversation exists, and to forget it completely.

Named in `endpoints.yml`. The address comes from `BANSHI_DB` (`bot.channels.settings`): SQLite by default, PostgreSQL by
that one setting.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from itertools import islice, takewhile
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from bot.channels.direct import connected
from bot.channels.recent import recent_events, recent_events_and_message, remember_event_classes
from bot.channels.settings import database_address
from bot.monitoring import metrics

logger = logging.getLogger(__name__)

Result = TypeVar("Result")
Event = dict[str, Any]  # one stored event as Rasa writes it: event, timestamp, text, metadata, …

_SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",  # readers and the writer do not wait for one another
    "PRAGMA synchronous=NORMAL",  # safe with WAL; no fsync for every turn
    "PRAGMA secure_delete=ON",  # deleted conversations are overwritten, not only unlinked
    "PRAGMA busy_timeout=5000",
)

_SPOKEN = sa.text("SELECT data FROM events WHERE sender_id = :sender AND type_name IN ('user', 'bot') ORDER BY id")
_SINCE = sa.text(
    "SELECT data FROM events WHERE sender_id = :sender AND type_name IN ('user', 'bot') AND id >= :id ORDER BY id"
)
_DELETE = sa.text("DELETE FROM events WHERE sender_id = :sender")
_OLD = sa.text("SELECT sender_id FROM events GROUP BY sender_id HAVING max(timestamp) < :before")
_DELETE_OLD = sa.text(
    "DELETE FROM events WHERE sender_id = :sender AND NOT EXISTS "
    "(SELECT 1 FROM events AS later WHERE later.sender_id = :sender AND later.timestamp >= :before)"
)
_AT_ONCE = 50
_READ_AHEAD: ContextVar[tuple[str, list[str]] | None] = ContextVar("read_ahead", default=None)
"""Sender id and recent events, read by the query that looked for the message; for the turn that runs in this task."""
_SAMPLED = (
    "SELECT count(*) FROM pg_attribute WHERE attrelid = 'events'::regclass AND attname IN ('data', 'sender_id') "
    "AND coalesce(attstattarget, -1) <> 0"
)
_LATEST = "CREATE INDEX IF NOT EXISTS events_latest ON events (sender_id, type_name, action_name)"
"""What `bot.channels.recent` asks for is found here, without reading every row of a long conversation."""
_UNSAMPLED = "ALTER TABLE events ALTER COLUMN data SET STATISTICS 0, ALTER COLUMN sender_id SET STATISTICS 0"


class ConversationStore(SQLTrackerStore):
    """Conversations as rows of one table, `events`; every method below reads or writes only rows of one sender."""

    def __init__(
        self,
        domain: Domain | None = None,
        host: str | None = None,
        event_broker: EventBroker | None = None,
        **kwargs: Any,
    ) -> None:
        self.failed: set[str] = set()  # sender ids whose last turn was not read or not stored; Rasa hides the errors
        address = host or database_address(os.environ)
        remember_event_classes()
        if sqlite := address.startswith("sqlite"):
            _keep_private(sa.engine.make_url(address).database)
        super().__init__(domain=domain, host=address, event_broker=event_broker, **kwargs)
        if sqlite:
            self._replace_engine(_sqlite_engine(address))
        else:
            self._keep_out_of_statistics()
        self._index_latest()
        self._insert = self.SQLEvent.__table__.insert()
        self.engine.hide_parameters = True  # or a database error would log the events it could not store

    def _keep_out_of_statistics(self) -> None:
        """PostgreSQL's planner keeps samples of values, which would outlive the rows; of these it needs none."""
        try:
            with self.engine.begin() as connection:
                kept = connection.exec_driver_sql(_SAMPLED).scalar_one()
                if kept:
                    connection.exec_driver_sql(_UNSAMPLED)
        except sa.exc.SQLAlchemyError:  # another server does it at this moment, or the table is not ours to alter
            logger.info("The planner's samples of the conversations were left as they are.")

    def _index_latest(self) -> None:
        try:
            with self.engine.begin() as connection:
                connection.exec_driver_sql(_LATEST)
        except sa.exc.SQLAlchemyError:  # as above; long conversations are then read more slowly
            logger.info("The index of the latest events could not be made.")

    def _replace_engine(self, engine: Any) -> None:
        self.engine.dispose()
        self.engine: Any = engine
        self.sessionmaker: Any = sa.orm.session.sessionmaker(bind=engine)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation as far as Rasa needs it to go on (`bot.channels.recent`); None when there is none."""
        events = await self._recent(sender_id)
        if not events or not self.domain:
            return None
        tracker = DialogueStateTracker.from_dict(sender_id, map(json.loads, events), self.domain.slots)
        tracker.events_stored = len(tracker.events)
        return tracker

    async def _recent(self, sender_id: str) -> list[str]:
        ahead = _READ_AHEAD.get()
        _READ_AHEAD.set(None)
        if ahead is not None and ahead[0] == sender_id:
            return ahead[1]
        with self._noting_failure(sender_id):
            return await self._waiting(self._reading, recent_events, sender_id)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Store the events that came since the conversation was read, all of them or none, in one statement.

        Nothing when the conversation could not be read in this turn: Rasa then goes on from an empty one.
        """
        _READ_AHEAD.set(None)
        if tracker.sender_id in self.failed:
            return
        with self._noting_failure(tracker.sender_id):
            await self.stream_events(tracker)
            rows = [_row(tracker.sender_id, event) for event in self._new_events(tracker)]
            if rows:
                with metrics.timed("storing"):
                    await self._waiting(self._store, rows)
        tracker.events_stored = len(tracker.events)

    async def _waiting(self, work: Callable[..., Result], *given: Any) -> Result:
        """What the work gives. PostgreSQL is waited for in a thread: network and disk must not stop other turns.

        SQLite answers in less time than a thread takes to begin.
        """
        if self.engine.dialect.name == "sqlite":
            return work(*given)
        return await asyncio.get_running_loop().run_in_executor(None, work, *given)

    def _reading(self, read: Callable[..., Result], *given: Any) -> Result:
        with self._connected() as connection:
            return read(connection, *given)

    def _store(self, rows: list[dict[str, Any]]) -> None:
        with self._connected() as connection:
            connection.execute(self._insert, rows)

    def _connected(self) -> AbstractContextManager[Any]:
        """A connection; what the block changes is kept when it ends without an error."""
        if self.engine.dialect.name == "sqlite":
            return connected(self.engine)
        begun: AbstractContextManager[Any] = self.engine.begin()
        return begun

    @contextmanager
    def _noting_failure(self, sender_id: str) -> Iterator[None]:
        try:
            yield
        except BaseException:
            self.failed.add(sender_id)
            raise

    def _new_events(self, tracker: DialogueStateTracker) -> list[Any]:
        if hasattr(tracker, "events_stored") or not tracker.events:
            return list(islice(tracker.events, getattr(tracker, "events_stored", 0), None))
        with self.session_scope() as session:
            return list(super()._additional_events(session, tracker))

    async def spoken(self, sender_id: str) -> list[Event]:
        """All user and bot events of a conversation in order, over every Rasa session of it."""
        return await self._waiting(self._reading, _events, _SPOKEN, {"sender": sender_id})

    async def turn(self, sender_id: str, message_id: str) -> list[Event] | None:
        """The user event with this message id and the bot events that answered it; empty when it has not come yet.

        None when nothing at all is stored under the sender id. It precedes every turn, so the same query reads what
        Rasa will ask for next in this task; the conversation's lock is held from here until then.
        """
        recent, found = await self._waiting(self._reading, recent_events_and_message, sender_id, message_id)
        _READ_AHEAD.set((sender_id, recent))
        if not recent:
            return None
        if found is None:
            return []
        given = {"sender": sender_id, "id": found}
        user, *later = await self._waiting(self._reading, _events, _SINCE, given)
        return [user, *takewhile(lambda event: event["event"] == "bot", later)]

    async def delete(self, sender_id: str) -> int:
        """Delete everything stored about a sender, and its traces in SQLite's log; returns the number of rows."""
        _READ_AHEAD.set(None)
        deleted: int = await self._waiting(self._delete, sender_id)
        self.failed.discard(sender_id)
        if self.engine.dialect.name == "sqlite":
            self._empty_log()
        return deleted

    def _delete(self, sender_id: str) -> int:
        with self.engine.begin() as connection:
            return int(connection.execute(_DELETE, {"sender": sender_id}).rowcount)

    def delete_older(self, before: float) -> int:
        """Delete conversations whose last event is before a moment, in seconds since 1970; how many there were.

        For a thread of its own: it reads the whole table. A few at a time, so that no turn waits long. PostgreSQL keeps
        deleted rows, also those people asked to delete, until it is told to clear them away.
        """
        with self.engine.connect() as connection:
            old = [sender for (sender,) in connection.execute(_OLD, {"before": before})]
        for start in range(0, len(old), _AT_ONCE):
            with self.engine.begin() as connection:
                for sender in old[start : start + _AT_ONCE]:
                    connection.execute(_DELETE_OLD, {"sender": sender, "before": before})
        if self.engine.dialect.name == "sqlite":
            self._empty_log()  # also of what was deleted while somebody was reading
        else:
            self._keep_out_of_statistics()  # the database may have been away when the server started
            self._alone("VACUUM (ANALYZE) events")
        return len(old)

    def rewrite(self) -> None:
        """Write PostgreSQL's table anew, so that nothing deleted is left in unused bytes of its file either.

        Turns wait meanwhile, some seconds for each gigabyte. SQLite overwrites what it deletes anyway.
        """
        if self.engine.dialect.name != "sqlite":
            self._alone("VACUUM (FULL, ANALYZE) events")

    def _alone(self, statement: str) -> None:
        """Run what PostgreSQL runs in no transaction."""
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(statement)

    def _empty_log(self) -> None:
        """Write SQLite's log into the database and cut it, or what was deleted would still stand in it."""
        with self.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _events(connection: Any, statement: Any, given: dict[str, Any]) -> list[Event]:
    return [json.loads(data) for (data,) in connection.execute(statement, given)]


def _row(sender_id: str, event: Any) -> dict[str, Any]:
    """The columns of Rasa's table for one event."""
    data = event.as_dict()
    return {
        "sender_id": sender_id,
        "type_name": event.type_name,
        "timestamp": data.get("timestamp"),
        "intent_name": data.get("parse_data", {}).get("intent", {}).get("name"),
        "action_name": data.get("name"),
        "data": json.dumps(data),
    }


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
