"""Reads as much of a conversation as Rasa needs to go on: what it remembers, and the last turns.

Rasa reads and replays every event of a conversation at every turn, so its two-hundredth turn costs many times its
fifth. Slots and the open form are the latest events of their kind; rules look back no further than the latest turn.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from rasa.shared.core.events import Event

TURNS = 2
"""User messages kept whole: the latest, and the one before with the listening that follows it."""

# All by the two indexes, so that a long conversation costs little more than a short one. `id + 0` keeps SQLite from
# walking through all rows of a conversation, latest first, until one fits.
_RECENT = (
    "FROM events WHERE id IN ("
    "SELECT id FROM events WHERE sender_id = :sender AND id >= ("
    "SELECT coalesce(min(id), 0) FROM (SELECT id FROM events WHERE sender_id = :sender AND type_name = 'user' "
    "ORDER BY id DESC LIMIT :turns) AS latest) UNION ALL "
    "SELECT max(id) FROM events WHERE sender_id = :sender AND type_name = 'slot' GROUP BY action_name UNION ALL "
    "SELECT max(id + 0) FROM events WHERE sender_id = :sender AND type_name = 'active_loop') ORDER BY id"
)
_READ = sa.text(f"SELECT data {_RECENT}")
_READ_AND_FIND = sa.text(
    "SELECT data, (SELECT max(id + 0) FROM events WHERE sender_id = :sender AND type_name = 'user' "
    f"AND data LIKE :pattern) {_RECENT}"
)


def recent_events(connection: Any, sender_id: str) -> list[str]:
    """The events, as Rasa wrote them, that restore slots, open form and the last turns; in order, perhaps none."""
    return [data for (data,) in connection.execute(_READ, {"sender": sender_id, "turns": TURNS})]


def recent_events_and_message(connection: Any, sender_id: str, message_id: str) -> tuple[list[str], int | None]:
    """`recent_events`, and the row id of the latest message with this message id, of any time; one query for both.

    `message_id` is a canonical UUID; with these quotes around it it occurs in no other field.
    """
    given = {"sender": sender_id, "turns": TURNS, "pattern": f'%"message_id": "{message_id}"%'}
    rows = list(connection.execute(_READ_AND_FIND, given))
    return [data for data, _ in rows], rows[0][1] if rows else None


def remember_event_classes() -> None:
    """Let Rasa find an event's class in a table; by itself it walks all classes for every event it reads."""
    if not hasattr(Event.resolve_by_type, "known"):
        Event.resolve_by_type = staticmethod(_Resolver(Event.resolve_by_type))


class _Resolver:
    def __init__(self, resolve: Any) -> None:
        self._resolve = resolve
        self.known: dict[str, Any] = {}

    def __call__(self, type_name: str, default: Any = None) -> Any:
        if type_name not in self.known:
            found = self._resolve(type_name, default)
            if found is default:
                return found
            self.known[type_name] = found
        return self.known[type_name]
