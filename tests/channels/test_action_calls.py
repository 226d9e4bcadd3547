"""What Rasa believes of an action server's answer, and over which connections it asks."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.channels import action_calls

SLOT = {"event": "slot", "timestamp": None, "name": "topic", "value": "lost-card"}


@pytest.fixture(scope="module")
def action() -> RemoteAction:
    action_calls.install()
    return RemoteAction("action_find", EndpointConfig("http://127.0.0.1:1/webhook"))


@pytest.mark.parametrize(
    "result",
    [
        {"events": [], "responses": []},
        {"events": [SLOT], "responses": [{"custom": {}}]},
        {"events": [SLOT, {"event": "active_loop", "timestamp": None, "name": None}], "responses": []},
    ],
)
def test_agreed_shapes(action: RemoteAction, result: dict[str, Any]) -> None:
    assert action._validate_action_result(result) is True


@pytest.mark.parametrize(
    "result",
    [
        {"events": [SLOT], "responses": ["text"]},
        {"events": {"slot": 1}, "responses": []},
        {"events": [{**SLOT, "name": 5}], "responses": []},
        {"events": [{"event": "slot"}], "responses": []},
        {"events": [], "responses": {}},
    ],
)
def test_other_shapes(action: RemoteAction, result: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="agreed shape"):
        action._validate_action_result(result)


def test_what_an_action_is_told(action: RemoteAction) -> None:
    understood = {"intent": {"name": "lost_card", "confidence": 0.9}, "intent_ranking": []}
    before = [UserUttered("你好", {"name": "greet"}), BotUttered("您好"), ActiveLoop("procedure_form")]
    latest = [UserUttered("丢了", understood["intent"], [], understood), ActionExecuted("procedure_form")]
    tracker = DialogueStateTracker.from_events("web:1", [*before, SlotSet("topic", None), *latest])
    told = action._action_call_format(tracker, Domain.empty())["tracker"]
    assert told["latest_message"]["intent"] == understood["intent"]
    assert [event["event"] for event in told["events"]] == ["user", "action"]
    assert "parse_data" not in told["events"][0], "told once, as the latest message"
    assert told["active_loop"] == {"name": "procedure_form"}
    assert tracker.active_loop.name == "procedure_form"
    assert "parse_data" in tracker.events[-2].as_dict(), "what is stored stays whole"


def test_one_connection_after_the_other(action: RemoteAction) -> None:
    asked: list[int] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(0)
        while await reader.readline():
            length = 0
            while (line := await reader.readline()) not in (b"\r\n", b""):
                if line.lower().startswith(b"content-length"):
                    length = int(line.split(b":")[1])
            await reader.readexactly(length)
            asked[-1] += 1
            writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}")
        writer.close()

    async def ask() -> None:
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        endpoint = EndpointConfig(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
        assert [await endpoint.request(json={"turn": turn}) for turn in range(3)] == [{}, {}, {}]
        async with endpoint.session() as session:
            pass
        assert not session.closed
        await session.close()
        server.close()

    asyncio.run(ask())
    assert asked == [3]
