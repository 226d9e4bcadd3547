"""The quicker rule policy predicts what Rasa's own does."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest
from rasa.core.policies.rule_policy import RULES, RULES_FOR_LOOP_UNHAPPY_PATH, RulePolicy
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActionExecutionRejected, ActiveLoop, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.channels.trimmed import rules

LISTEN = {"action_name": "action_listen"}
FORM = {"name": "form"}
ASKED: list[dict[str, Any]] = [{"prev_action": LISTEN, "user": {"intent": "lost"}}]
GREETED: list[dict[str, Any]] = [{"prev_action": LISTEN, "user": {"intent": "greet"}}]
WAITS = [*GREETED, {"prev_action": {"action_name": "action_hello"}, "user": {"intent": "greet"}}]
INTERRUPTED: list[dict[str, Any]] = [{"prev_action": LISTEN, "user": {"intent": "greet"}, "active_loop": FORM}]
AFTERWARDS: list[dict[str, Any]] = [{"prev_action": {"action_name": "action_hello"}, "active_loop": FORM}]
TOLD: list[dict[str, Any]] = [{"prev_action": LISTEN, "user": {"text": "hello there"}}]
DOMAIN = Domain.from_dict(
    {
        "intents": ["lost", "greet", "inform"],
        "actions": ["action_hello", "action_told"],
        "forms": {"form": {"required_slots": []}},
    }
)


def policy(*more: tuple[list[dict[str, Any]], str]) -> RulePolicy:
    known = [(ASKED, "form"), (GREETED, "action_hello"), (WAITS, "action_listen"), (INTERRUPTED, "action_hello"), *more]
    lookup = {
        RULES: {json.dumps(states): action for states, action in known},
        RULES_FOR_LOOP_UNHAPPY_PATH: {json.dumps(AFTERWARDS): "loop_was_interrupted"},
    }
    context = SimpleNamespace(is_finetuning=False)
    return RulePolicy(RulePolicy.get_default_config(), None, None, context, lookup=lookup)


def said(intent: str, text: str = "hello there") -> Event:
    return UserUttered(text, {"name": intent, "confidence": 0.9})


CONVERSATIONS: dict[str, list[Event]] = {
    "nothing yet": [],
    "a greeting": [ActionExecuted("action_listen"), said("greet")],
    "answered": [ActionExecuted("action_listen"), said("greet"), ActionExecuted("action_hello")],
    "a matter": [ActionExecuted("action_listen"), said("lost")],
    "not known": [ActionExecuted("action_listen"), said("inform")],
    "in the form": [ActionExecuted("action_listen"), said("lost"), ActionExecuted("form"), ActiveLoop("form")],
}
INSIDE: list[Event] = [
    *CONVERSATIONS["in the form"],
    ActionExecuted("action_listen"),
    said("greet"),
    ActionExecutionRejected("form"),
]
CONVERSATIONS |= {"interrupted": INSIDE, "and answered": [*INSIDE, ActionExecuted("action_hello")]}


@pytest.mark.parametrize("name", CONVERSATIONS)
@pytest.mark.parametrize("about_text", [False, True])
def test_the_same_prediction(name: str, about_text: bool) -> None:
    one = policy((TOLD, "action_told")) if about_text else policy()
    tracker = DialogueStateTracker.from_events("web:1", CONVERSATIONS[name], domain=DOMAIN)
    expected = _prediction(one, tracker)
    rules.install()
    try:
        for _ in range(2):  # the second time from memory
            assert _prediction(one, tracker) == expected
    finally:
        RulePolicy._find_action_from_rules, RulePolicy._get_possible_keys = rules._find, rules._possible_keys


def test_the_conversations_tell_something() -> None:
    found = {name: _action(policy(), events) for name, events in CONVERSATIONS.items()}
    assert found["a greeting"] == "action_hello"
    assert found["a matter"] == "form"
    assert found["interrupted"] == "action_hello"
    assert _action(policy((TOLD, "action_told")), CONVERSATIONS["a greeting"]) == "action_told"


def test_only_rules_about_intents_spare_the_search_by_text() -> None:
    assert rules._needs_intents(policy())
    assert not rules._needs_intents(policy((TOLD, "action_told")))


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST", 3)
    one = policy()
    for number in range(10):
        found = rules._remembered_keys(one, one.lookup[RULES], [{"prev_action": {"action_name": f"action_{number}"}}])
        assert found == set()
    assert len(one._banshi_keys) == 3


def _prediction(one: RulePolicy, tracker: DialogueStateTracker) -> tuple[list[float], list[Event], bool]:
    prediction, _ = one._predict(tracker, DOMAIN)
    return prediction.probabilities, prediction.events, prediction.is_end_to_end_prediction


def _action(one: RulePolicy, events: list[Event]) -> str:
    probabilities, *_ = _prediction(one, DialogueStateTracker.from_events("web:1", events, domain=DOMAIN))
    return str(DOMAIN.action_names_or_texts[probabilities.index(max(probabilities))])
