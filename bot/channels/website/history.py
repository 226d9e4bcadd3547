"""Stored events → the messages a client shows after a reload."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone
from typing import Any

from bot.channels.replies import Seal, message_of_event, replies_of_turn

Event = dict[str, Any]


def messages_of(events: list[Event], seal: Seal) -> list[dict[str, Any]]:
    """The conversation in order, each message {"from", "text", "reply", "at"}; `at` is ISO 8601 in UTC.

    A user event whose metadata has a `display` shows that (the title of a choice), or nothing when it is null (the
    internal opening).
    """
    messages: list[dict[str, Any]] = []
    for user, answers in _turns(events):
        metadata = user.get("metadata") or {}
        shown = metadata.get("display", user.get("text"))
        if shown is not None:
            messages.append({"from": "user", "text": shown, "reply": None, "at": _iso(user)})
        replies = replies_of_turn([message_of_event(event) for event in answers], metadata, seal)
        at = _iso(answers[-1] if answers else user)
        messages += [{"from": "bot", "text": reply["text"], "reply": reply, "at": at} for reply in replies]
    return messages


def _turns(events: list[Event]) -> Iterator[tuple[Event, list[Event]]]:
    """Each user event with the bot events up to the next one."""
    user: Event | None = None
    answers: list[Event] = []
    for event in events:
        if event["event"] == "user":
            if user is not None:
                yield user, answers
            user, answers = event, []
        else:
            answers.append(event)
    if user is not None:
        yield user, answers


def _iso(event: Event) -> str:
    return datetime.fromtimestamp(event["timestamp"], timezone.utc).isoformat(timespec="milliseconds")
