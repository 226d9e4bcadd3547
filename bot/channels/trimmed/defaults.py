"""Rasa makes all its own actions anew whenever it looks one up by its name, twice or more a turn."""

from __future__ import annotations

from typing import Any

from rasa.core.actions import action as actions
from rasa.utils.endpoints import EndpointConfig

_make = actions.default_actions


def install() -> None:
    """Let them be made once for each action server; they hold its address and nothing else."""
    actions.default_actions = _once


def _once(action_endpoint: EndpointConfig | None = None) -> list[Any]:
    if action_endpoint is None:
        return list(_make(None))
    known = vars(action_endpoint)
    if "_banshi_actions" not in known:
        known["_banshi_actions"] = _make(action_endpoint)
    return list(known["_banshi_actions"])
