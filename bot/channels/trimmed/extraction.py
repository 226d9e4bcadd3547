"""Rasa goes through every slot and its mappings at every message, also where none takes anything from messages."""

from __future__ import annotations

from typing import Any

from rasa.core.actions.action import ActionExtractSlots
from rasa.shared.core.constants import ACTION_VALIDATE_SLOT_MAPPINGS, DEFAULT_SLOT_NAMES
from rasa.shared.core.domain import Domain

_run = ActionExtractSlots.run


def install() -> None:
    """Take nothing from a message at once where only actions write the slots, as in this bot's domain."""
    ActionExtractSlots.run = _when_it_matters


async def _when_it_matters(
    action: ActionExtractSlots, output_channel: Any, nlg: Any, tracker: Any, domain: Domain
) -> list[Any]:
    if _takes_nothing(domain):
        return []
    events: list[Any] = await _run(action, output_channel, nlg, tracker, domain)
    return events


def _takes_nothing(domain: Domain) -> bool:
    """Whether every slot of the domain is written by actions that are run for other reasons."""
    known = vars(domain)
    if "_banshi_takes_nothing" not in known:
        mappings = [one for slot in domain.slots if slot.name not in DEFAULT_SLOT_NAMES for one in slot.mappings]
        written = all(one.get("type") == "custom" and not one.get("action") for one in mappings)
        known["_banshi_takes_nothing"] = written and ACTION_VALIDATE_SLOT_MAPPINGS not in domain.user_actions
    nothing: bool = known["_banshi_takes_nothing"]
    return nothing
