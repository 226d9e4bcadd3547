"""Rasa's own actions are made once for each action server."""

from __future__ import annotations

import pytest
from rasa.core.actions import action as actions
from rasa.shared.core.domain import Domain
from rasa.utils.endpoints import EndpointConfig

from bot.channels.trimmed import defaults


@pytest.fixture(autouse=True)
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "default_actions", actions.default_actions)
    defaults.install()


def test_the_same_actions_in_the_same_order() -> None:
    for endpoint in (None, EndpointConfig("http://localhost:1")):
        made = [type(action) for action in actions.default_actions(endpoint)]
        assert made == [type(action) for action in defaults._make(endpoint)]


def test_each_action_server_has_its_own_and_keeps_them() -> None:
    first, second = EndpointConfig("http://localhost:1"), EndpointConfig("http://localhost:2")
    assert actions.default_actions(first)[-1] is actions.default_actions(first)[-1]
    assert actions.default_actions(first)[-1]._action_endpoint is first
    assert actions.default_actions(second)[-1]._action_endpoint is second
    actions.default_actions(first).clear()
    assert actions.action_for_name_or_text("action_listen", Domain.empty(), first).name() == "action_listen"
