"""Rasa copies a conversation several times a turn: slot by slot in a slow way, and by playing all its events again."""

from __future__ import annotations

from copy import copy

from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker


def install() -> None:
    """Let slots and conversations be copied as what they are, objects with attributes."""
    Slot.__copy__ = _slot
    DialogueStateTracker.copy = _conversation


def _slot(slot: Slot) -> Slot:
    made = slot.__class__.__new__(slot.__class__)
    vars(made).update(vars(slot))
    return made


def _conversation(tracker: DialogueStateTracker) -> DialogueStateTracker:
    """A conversation whose slots, events and loop are its own; events themselves never change."""
    made = tracker.__class__.__new__(tracker.__class__)
    vars(made).update(vars(tracker))
    made.slots = {name: _slot(slot) for name, slot in tracker.slots.items()}
    made.events = tracker.events.copy()
    made.active_loop = copy(tracker.active_loop)
    return made
