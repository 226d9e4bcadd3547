"""Counts what an action did with a message, for the overview and the queue; the answer does not wait for it."""

from __future__ import annotations

import logging
import time
from functools import partial

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from actions.afterwards import AFTERWARDS
from actions.services import turns
from bot.answers.assistant import Turn
from bot.answers.conversation import Message
from bot.console.course import Course, went_on
from bot.monitoring import metrics

_log = logging.getLogger(__name__)


def count(tracker: Tracker, message: Message, turn: Turn, began: float) -> list[EventType]:
    """Count one turn that began at ``began`` on ``time.perf_counter``; the slot that the next turn goes on from."""
    took, now = time.perf_counter() - began, time.time()
    channel = str(tracker.get_latest_input_channel() or "unknown")
    held = tracker.slots.get("course")
    course = went_on(Course.read(held), turn.conversation.topic, turn.replies, now)
    if not course.repeats and any(reply["status"] == "procedure" for reply in turn.replies):
        metrics.QUESTIONS.observe(course.questions)
    if not AFTERWARDS.do(partial(_note, channel, message, turn, took, course, now)):
        _log.warning("A turn was not counted: too many others wait for the database of the counts.")
    after = course.after(turn.replies, now).written()
    return [] if after == held else [SlotSet("course", after)]


def _note(channel: str, message: Message, turn: Turn, took: float, course: Course, now: float) -> None:
    try:
        turns().note(channel, message, turn.conversation, turn.replies, took, course, now)
    except Exception:  # a full disk or a lost database costs a count, and no answer
        _log.exception("A turn was not counted.")
