"""Slots are taken from messages only where a domain asks for it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from rasa.core.actions.action import ActionExtractSlots
from rasa.core.channels.channel import OutputChannel
from rasa.core.nlg import NaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.channels.trimmed import extraction
from bot.settings import ROOT

TAKEN = {"type": "from_entity", "entity": "place"}


@pytest.fixture(autouse=True)
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ActionExtractSlots, "run", ActionExtractSlots.run)
    extraction.install()


def domain(*mappings: dict[str, str], **more: Any) -> Domain:
    slots = {f"slot{place}": {"type": "text", "mappings": [one]} for place, one in enumerate(mappings)}
    return Domain.from_dict({"intents": ["inform"], "entities": ["place"], "slots": slots, **more})


def taken(content: Domain) -> list[Event]:
    entities = [{"entity": "place", "value": "喀什"}]
    tracker = DialogueStateTracker.from_events("1", [UserUttered("喀什", {"name": "inform"}, entities)], content.slots)
    given = (OutputChannel(), NaturalLanguageGenerator, tracker, content)
    return list(asyncio.run(ActionExtractSlots(None).run(*given)))


def test_a_slot_that_takes_an_entity_still_does() -> None:
    [event] = taken(domain({"type": "custom"}, TAKEN))
    assert (event.key, event.value) == ("slot1", "喀什")


def test_where_only_actions_write_slots_rasa_does_not_look(monkeypatch: pytest.MonkeyPatch) -> None:
    async def looks(*_: object) -> list[Event]:
        raise AssertionError("Rasa went through the slots")

    monkeypatch.setattr(extraction, "_run", looks)
    assert taken(domain({"type": "custom"}, {"type": "custom"})) == []
    for other in (
        domain({"type": "custom", "action": "action_of_a_slot"}),
        domain({"type": "custom"}, actions=["action_validate_slot_mappings"]),
    ):
        with pytest.raises(AssertionError, match="went through"):
            taken(other)


def test_this_bot_s_own_domain_takes_nothing() -> None:
    assert extraction._takes_nothing(Domain.load(str(ROOT / "domain.yml")))
