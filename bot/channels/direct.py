"""SQLite asked through its own driver: SQLAlchemy's way there takes as long as the answer, several times a turn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from sqlalchemy.dialects import sqlite


class Direct:
    """One of an engine's connections; for statements with named values, as SQLAlchemy writes them.

    Errors are the driver's.
    """

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def execute(self, statement: Any, given: dict[str, Any] | list[dict[str, Any]]) -> list[tuple[Any, ...]]:
        """The rows a statement gives; none where a list of values says that it is run once for each of them."""
        cursor = self._connection.cursor()
        if isinstance(given, dict):
            text, names = _written(statement)
            cursor.execute(text, [given[name] for name in names])
        elif given:
            text, names = _written(statement, tuple(given[0]))
            cursor.executemany(text, [[each[name] for name in names] for each in given])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        cursor.close()
        return rows


@contextmanager
def connected(engine: Any) -> Iterator[Direct]:
    """A connection for the length of the block; what it changed is kept when the block ends without an error."""
    connection = engine.raw_connection()
    try:
        yield Direct(connection)
        connection.commit()
    finally:
        connection.close()  # back to the pool, which undoes what was not kept


@lru_cache(maxsize=16)
def _written(statement: Any, columns: tuple[str, ...] | None = None) -> tuple[str, tuple[str, ...]]:
    """A statement as SQLite's driver reads it, and the names of its values in their order; ``columns`` are inserted."""
    compiled = statement.compile(dialect=sqlite.dialect(), column_keys=columns)
    return str(compiled), tuple(compiled.positiontup)
