"""The actions over the small knowledge, called as Rasa calls them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

import actions.counting
import actions.services
from actions.afterwards import AFTERWARDS
from bot.answers.assistant import Assistant
from bot.answers.reply import Reply, validator
from bot.catalogue import Catalogue
from tests.answers.conftest import FakeCodes, FakeFinder, official
from tests.small_folder import DAY

ASSISTANT_USERS = ("base", "abstain", "find", "hand_over", "open", "procedure_form", "refer", "repeat", "small_talk")
ASSISTANT_USERS += ("start_over", "switch_language")


class NotCounted:
    """Stands in for the counts, which need a database."""

    def note(self, *turn: object) -> None:
        """Nothing is kept."""


@pytest.fixture
def codes() -> FakeCodes:
    return FakeCodes()


@pytest.fixture
def assistant(small: Catalogue, codes: FakeCodes, monkeypatch: pytest.MonkeyPatch) -> Iterator[Assistant]:
    """The one assistant of the process, over the small knowledge."""
    made = Assistant(small, FakeFinder(), official, codes, today=lambda: DAY)
    monkeypatch.setattr(actions.services, "build", lambda: made)
    monkeypatch.setattr(actions.counting, "turns", NotCounted)
    actions.services.forget()
    yield made
    actions.services.forget()


def tracker(
    text: str = "",
    intent: str = "",
    slots: dict[str, Any] | None = None,
    said: dict[str, str] | None = None,
    events: list[dict[str, Any]] | None = None,
    **latest: Any,
) -> Tracker:
    """What Rasa sends with an action."""
    message = {
        "text": text,
        "intent": {"name": intent, "confidence": 0.9},
        "entities": [{"entity": name, "value": value} for name, value in (said or {}).items()],
        **latest,
    }
    return Tracker("web:someone", slots or {}, message, events or [], False, None, {}, "action_listen")


def run(action: Action, tracker: Tracker) -> tuple[list[Reply], dict[str, Any], list[dict[str, Any]]]:
    """The replies (checked against the contract), the slots set, and all other events."""
    dispatcher = CollectingDispatcher()
    events = list(action.run(dispatcher, tracker, {}))
    AFTERWARDS.settle()
    replies = [message["custom"] for message in dispatcher.messages]
    for reply in replies:
        validator().validate(reply)
    slots = {event["name"]: event["value"] for event in events if event["event"] == "slot"}
    return replies, slots, [event for event in events if event["event"] != "slot"]
