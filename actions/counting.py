"""Counts what an action did with a message, for the overview and the queue; it never keeps an answer from coming."""

from __future__ import annotations

import logging
import time

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

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
    try:
        turns().note(channel, message, turn.conversation, turn.replies, took, course, now)
    except Exception:  # a full disk or a lost database must not cost a citizen the answer
        _log.exception("A turn was not counted.")
    after = course.after(turn.replies, now).written()
    return [] if after == held else [SlotSet("course", after)]
