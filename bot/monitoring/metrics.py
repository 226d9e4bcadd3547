"""The Prometheus metrics of both servers; each server exports those it counts."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, Histogram, Info, generate_latest

_SECONDS = (0.005, 0.01, 0.02, 0.03, 0.05, 0.08, 0.13, 0.2, 0.35, 0.6, 1.0, 1.6, 2.5, 5.0, 10.0)

TURNS = Counter("banshi_turns", "Turns by channel and how they ended", ["channel", "ended"])
REPLIES = Counter("banshi_replies", "Replies by channel and status", ["channel", "status"])
RUNNING = Gauge("banshi_turns_running", "Turns that have begun and not ended: the queue of this server")
STAGES = Histogram("banshi_stage_seconds", "Seconds spent in a stage of a turn", ["stage"], buckets=_SECONDS)
CONFIDENCE = Histogram(
    "banshi_intent_confidence", "Confidence of the intent taken", buckets=(0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
)
ACTIONS = Histogram("banshi_action_seconds", "Seconds of one action", ["action"], buckets=_SECONDS)
QUESTIONS = Histogram("banshi_outcome_questions", "Questions a person was asked before an outcome", buckets=range(8))
SERVED = Info("banshi_served", "What this server answers from: model, index, knowledge")
OFF = Gauge("banshi_switched_off", "1 while the bot is switched off with a notice")

ContentType = str


@contextmanager
def timed(stage: str) -> Iterator[None]:
    """Count the seconds of the block under the name of a stage."""
    begun = time.perf_counter()
    try:
        yield
    finally:
        STAGES.labels(stage).observe(time.perf_counter() - begun)


def count_turn(channel: str, ended: str, messages: Iterable[dict[str, Any]] = ()) -> None:
    """Count a turn that ended, and the statuses of Rasa's messages in it."""
    TURNS.labels(channel, ended).inc()
    for message in messages:
        reply = message.get("custom")
        if isinstance(reply, dict):
            REPLIES.labels(channel, str(reply.get("status", ""))).inc()


def exported() -> tuple[bytes, ContentType]:
    """Everything counted in this process, in Prometheus' text format."""
    return generate_latest(), CONTENT_TYPE_LATEST
