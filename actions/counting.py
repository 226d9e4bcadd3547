"""Counts what an action did with a message, for the overview and the queue; it never keeps an answer from coming."""

from __future__ import annotations

import logging
import time

from rasa_sdk import Tracker

from actions.services import turns
from bot.answers.assistant import Turn
from bot.answers.conversation import Message

_log = logging.getLogger(__name__)


def count(tracker: Tracker, message: Message, turn: Turn, began: float) -> None:
    """Count one turn that began at ``began`` on ``time.perf_counter``."""
    took = time.perf_counter() - began
    channel = str(tracker.get_latest_input_channel() or "unknown")
    try:
        turns().note(tracker.sender_id, channel, message, turn.conversation, turn.replies, took)
    except Exception:  # a full disk or a lost database must not cost a citizen the answer
        _log.exception("A turn was not counted.")
