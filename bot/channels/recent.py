"""Reads as much of a conversation as Rasa needs to go on: what it remembers, and the last turns.

Rasa reads and replays every event of a conversation at every turn, so its two-hundredth turn costs many times its
fifth. Slots and the open form are the latest events of their kind; rules look back no further than the latest turn.
"""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from rasa.shared.core.events import Event
from rasa.shared.core.slots import Slot

TURNS = 2
"""User messages kept whole: the latest, and the one before with the listening that follows it."""

_RECENT = sa.text(
    "SELECT data FROM events WHERE sender_id = :sender AND (id >= ("
    "SELECT coalesce(min(id), 0) FROM (SELECT id FROM events WHERE sender_id = :sender AND type_name = 'user' "
    "ORDER BY id DESC LIMIT :turns) AS latest) OR id IN ("
    "SELECT max(id) FROM events WHERE sender_id = :sender AND type_name = 'slot' GROUP BY action_name UNION ALL "
    "SELECT max(id) FROM events WHERE sender_id = :sender AND type_name = 'active_loop')) ORDER BY id"
)


def recent_events(connection: Any, sender_id: str) -> list[dict[str, Any]]:
    """The events, as Rasa wrote them, that restore slots, open form and the last turns; in order, perhaps none."""
    rows = connection.execute(_RECENT, {"sender": sender_id, "turns": TURNS})
    return [json.loads(data) for (data,) in rows]


def remember_event_classes() -> None:
    """Let Rasa find an event's class in a table; by itself it walks all classes for every event it reads."""
    if not hasattr(Event.resolve_by_type, "known"):
        Event.resolve_by_type = staticmethod(_Resolver(Event.resolve_by_type))


def copy_slots_quickly() -> None:
    """Let Rasa copy a slot as what it is, an object with attributes; it copies every slot several times a turn."""
    Slot.__copy__ = _copied


def _copied(slot: Slot) -> Slot:
    copy = slot.__class__.__new__(slot.__class__)
    vars(copy).update(vars(slot))
    return copy


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
