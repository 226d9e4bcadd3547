"""Slots ↔ Conversation, and Rasa's latest message → Message."""

from __future__ import annotations

from datetime import date
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from bot.answers.agenda import Agenda
from bot.answers.conversation import Conversation, Message
from bot.catalogue import Catalogue

NO_FACTS = ("aspect", "choice", "language", "also", "rude")
"""Entities that are no facts."""


def conversation_of(tracker: Tracker, catalogue: Catalogue) -> Conversation:
    """What the slots remember."""
    slots = tracker.slots
    facts = {fact: str(slots[fact]) for fact in catalogue.facts if slots.get(fact) is not None}
    known = {fact: value for fact, value in facts.items() if value in catalogue.facts[fact].values}
    topic = slots.get("topic")
    return Conversation(
        language="en" if slots.get("reply_language") == "en" else "zh",
        topic=topic if topic in catalogue.topics else None,
        facts=known,
        declined=tuple(fact for fact in slots.get("declined") or () if fact in catalogue.facts),
        asked=slots.get("requested_slot") if slots.get("requested_slot") in catalogue.facts else None,
        misses=int(slots.get("misses") or 0),
        aspect=slots.get("aspect_asked"),
        day=_day(slots.get("asked_day")),
        agenda=Agenda.read(slots.get("agenda"), catalogue),
        for_another=bool(slots.get("for_another")),
    )


def slots_of(before: Conversation, after: Conversation, catalogue: Catalogue) -> list[EventType]:
    """The slots that changed; the topic always, so that a form sees that its turn was used."""
    events: list[EventType] = [SlotSet("topic", after.topic)]
    for fact in catalogue.facts:
        if before.facts.get(fact) != after.facts.get(fact):
            events.append(SlotSet(fact, after.facts.get(fact)))
    for slot, old, new in (
        ("reply_language", before.language, after.language),
        ("declined", list(before.declined), list(after.declined)),
        ("misses", before.misses, after.misses),
        ("aspect_asked", before.aspect, after.aspect),
        ("asked_day", _iso(before.day), _iso(after.day)),
        ("for_another", before.for_another, after.for_another),
        ("agenda", before.agenda.written(), after.agenda.written()),
    ):
        if old != new:
            events.append(SlotSet(slot, new))
    return events


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def message_of(tracker: Tracker) -> Message:
    """The latest message as understood."""
    latest = tracker.latest_message
    entities: list[dict[str, Any]] = latest.get("entities") or []
    values = {str(entity["entity"]): str(entity["value"]) for entity in entities}
    intent = latest.get("intent") or {}
    ranking = ((entry["name"], float(entry["confidence"])) for entry in latest.get("intent_ranking") or ())
    return Message(
        text=latest.get("text") or "",
        intent=intent.get("name") or "",
        confidence=float(intent.get("confidence") or 0.0),
        ranking=tuple(ranking),
        said={name: value for name, value in values.items() if name not in NO_FACTS},
        aspect=next((str(entity["value"]) for entity in entities if entity["entity"] == "aspect"), None),
        choice=values.get("choice"),
        also=tuple(str(entity["value"]) for entity in entities if entity["entity"] == "also"),
        rude="rude" in values,
    )
