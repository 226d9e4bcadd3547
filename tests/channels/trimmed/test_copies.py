"""Copies of slots and conversations are equal to Rasa's own, and separate."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    BotUttered,
    Event,
    LoopInterrupted,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.slots import Slot, TextSlot
from rasa.shared.core.trackers import DialogueStateTracker

from bot.channels.trimmed import copies

TURN = [
    ActionExecuted("action_session_start"),
    SessionStarted(),
    ActionExecuted("action_listen"),
    UserUttered("丢了", {"name": "lost_card"}),
    ActionExecuted("procedure_form"),
    ActiveLoop("procedure_form"),
    SlotSet("topic", "lost-card"),
    BotUttered("谁的卡？"),
]


@pytest.fixture(autouse=True)
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DialogueStateTracker, "copy", DialogueStateTracker.copy)
    monkeypatch.setattr(Slot, "__copy__", None, raising=False)
    copies.install()


def conversation(events: list[Event]) -> DialogueStateTracker:
    slots = [TextSlot(name, mappings=[], influence_conversation=False) for name in ("topic", "region")]
    return DialogueStateTracker.from_events("web:1", events, slots=slots)


def state(tracker: DialogueStateTracker) -> dict[str, Any]:
    """Everything Rasa keeps of a conversation; slots by their values."""
    kept = {name: value for name, value in vars(tracker).items() if name != "slots"}
    return {**kept, "slots": {name: (slot.value, slot.has_been_set) for name, slot in tracker.slots.items()}}


@pytest.mark.parametrize(
    "events",
    [
        [],
        TURN,
        [*TURN, ActionExecutionRejected("procedure_form"), LoopInterrupted(True)],
        [*TURN, UserUttered("算了"), ActionExecuted("action_start_over"), ActiveLoop(None), SlotSet("topic", None)],
        [*TURN, Restarted(), ActionExecuted("action_listen")],
    ],
    ids=["empty", "a turn", "interrupted", "ended", "restarted"],
)
def test_a_copy_is_what_playing_all_events_again_gives(events: list[Event]) -> None:
    tracker = conversation(events)
    assert state(tracker.copy()) == state(tracker.travel_back_in_time(float("inf"))) == state(tracker)


def test_a_copy_is_separate() -> None:
    tracker = conversation(TURN)
    before = state(copy.deepcopy(tracker))
    copied = tracker.copy()
    for event in (SlotSet("region", "xinjiang"), LoopInterrupted(True), ActionExecutionRejected("procedure_form")):
        copied.update(event)
    assert state(tracker) == before
    assert (copied.get_slot("region"), copied.active_loop.is_interrupted) == ("xinjiang", True)


def test_a_copied_slot_is_equal_and_separate() -> None:
    slot = TextSlot("topic", mappings=[], initial_value="lost-card", influence_conversation=False)
    copied = copy.copy(slot)
    copied.value = "activation"
    assert (type(copied), copied.name, slot.value, copied.value) == (TextSlot, "topic", "lost-card", "activation")
