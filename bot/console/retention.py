"""Deletes what the console need not keep any longer: every hour beside the action server, or by a command.

| what | kept |
|---|---|
| questions of the queue that are done | ``BANSHI_CONSOLE_QUEUE_DAYS`` after they were done, 90 by default |
| questions never done | 400 days after the latest report |
| counts, audit log | 400 days |
| case codes, sessions, failures | until they end: 72 hours, some hours, a day |

`python -m bot.console.retention` deletes once and prints how many questions it were. With ``--thorough`` it also writes
PostgreSQL's tables anew, so that nothing deleted is left in unused bytes of their files either: for a quiet hour.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from datetime import timedelta
from threading import Event, Thread
from typing import Any

import sqlalchemy as sa

from bot.console.audit import Audit
from bot.console.database import connect, now
from bot.console.queue import Queue
from bot.console.settings import ConsoleSettings
from bot.console.tables import cases, failures, matters, reports, sessions
from bot.console.turns import Turns
from bot.errors import BanshiError

logger = logging.getLogger(__name__)
PAUSE = 3_600.0  # seconds between two sweeps; each server makes them, and finds little left of the other's


def sweep(engine: Any, queue_days: int, *, thorough: bool = False) -> int:
    """Delete everything past its time; how many matters of the queue. 0 days keep those that are done for ever."""
    queue, at = Queue(engine), now()
    deleted = queue.delete_old(timedelta(days=queue_days) if queue_days else None)
    Turns(engine, queue).tidy()
    Audit(engine).tidy()
    with engine.begin() as database:
        database.execute(cases.delete().where(cases.c.ends <= at))
        database.execute(sessions.delete().where(sessions.c.ends <= at))
        database.execute(failures.delete().where(failures.c.at < at - timedelta(days=1)))
    _clear(engine, "VACUUM (FULL, ANALYZE)" if thorough else "VACUUM (ANALYZE)")
    return deleted


def sweep_while_serving(engine: Any, queue_days: int, pause: float = PAUSE, end: Event | None = None) -> Thread:
    """Sweep now and every hour in a thread that ends with the process, or when ``end`` is set."""
    end = end or Event()
    thread = Thread(target=_sweep_until, args=(end, engine, queue_days, pause), name="console-retention", daemon=True)
    thread.start()
    return thread


def _sweep_until(end: Event, engine: Any, queue_days: int, pause: float) -> None:
    while not end.is_set():
        try:
            if deleted := sweep(engine, queue_days):
                logger.info("Deleted %d questions of the queue.", deleted)
        except Exception as error:  # its text could hold what it could not delete
            logger.error("What is past its time could not be deleted: %s", type(error).__name__)
        end.wait(pause)


def _clear(engine: Any, vacuum: str) -> None:
    """Let nothing deleted stand in SQLite's log, nor in the rows PostgreSQL has only marked as dead."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as database:
            database.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as database:
        for table in (matters, reports, cases, sessions, failures):
            database.execute(sa.text(f"{vacuum} {table.name}"))


def main(arguments: Sequence[str] = ()) -> int:
    """Sweep once; the exit code."""
    try:
        settings = ConsoleSettings.from_environment(os.environ)
    except BanshiError as error:
        print(error, file=sys.stderr)
        return 1
    engine = connect()
    deleted = sweep(engine, settings.queue_days, thorough="--thorough" in arguments)
    print(f"{deleted} questions of the queue were deleted.")
    engine.dispose()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
