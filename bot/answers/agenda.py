"""What is still to come in a conversation: matters named but not yet dealt with, and one left in the middle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.catalogue import Catalogue


@dataclass(frozen=True)
class Left:
    """A matter left while a question was open, with the facts known of it."""

    topic: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Agenda:
    """``later`` are the topics to come, in order; ``left`` is where "back to my question" leads; ``offered`` are the
    topics of the last "which one?"."""

    later: tuple[str, ...] = ()
    left: Left | None = None
    offered: tuple[str, ...] = ()

    def with_matters(self, current: str | None, topics: tuple[str, ...]) -> Agenda:
        """The agenda after a message about ``topics`` too; what is in hand is not to come."""
        later = dict.fromkeys((*self.later, *topics))
        return replace(self, later=tuple(topic for topic in later if topic != current))

    def written(self) -> dict[str, Any] | None:
        """As plain values, for a slot; None when there is nothing to come."""
        if self == Agenda():
            return None
        left = {"topic": self.left.topic, "facts": dict(self.left.facts)} if self.left else None
        offered = {"offered": list(self.offered)} if self.offered else {}
        return {"later": list(self.later), "left": left, **offered}

    @staticmethod
    def read(written: Mapping[str, Any] | None, catalogue: Catalogue) -> Agenda:
        """From plain values; topics and facts the catalogue no longer has are dropped."""
        if not written:
            return Agenda()
        later = tuple(topic for topic in written.get("later") or () if topic in catalogue.topics)
        offered = tuple(topic for topic in written.get("offered") or () if topic in catalogue.topics)
        left = written.get("left")
        if not left or left.get("topic") not in catalogue.topics:
            return Agenda(later, offered=offered)
        facts = {fact: value for fact, value in left["facts"].items() if fact in catalogue.facts}
        known = {fact: value for fact, value in facts.items() if value in catalogue.facts[fact].values}
        return Agenda(later, Left(left["topic"], known), offered)
