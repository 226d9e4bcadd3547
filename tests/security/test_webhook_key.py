"""Rasa shows the action server a key made from the secret they share; nobody else has it."""

from __future__ import annotations

import asyncio
import secrets

import pytest
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.channels import action_calls
from bot.channels.settings import SettingsError
from bot.channels.webhook_key import HEADER, opens, webhook_key

STRONG = secrets.token_hex(32)


def test_the_key_is_made_from_the_secret_and_does_not_show_it() -> None:
    key = webhook_key({"BANSHI_SECRET": STRONG})
    assert len(key) == 64
    assert key == webhook_key({"BANSHI_SECRET": STRONG, "BANSHI_MODE": "production"}, "0.0.0.0")
    assert STRONG not in key
    assert key != webhook_key({"BANSHI_SECRET": secrets.token_hex(32)})


def test_only_the_key_opens() -> None:
    key = webhook_key({"BANSHI_SECRET": STRONG})
    assert opens(key, key)
    for wrong in (None, "", key[:-1], key.upper(), f"{key} ", STRONG, "ключ", "\udcff"):
        assert not opens(wrong, key)


def test_without_a_secret_loopback_is_open_and_nothing_else() -> None:
    assert webhook_key({}) == ""
    assert opens(None, "")
    for environment, host in (({}, "0.0.0.0"), ({"BANSHI_MODE": "production"}, "127.0.0.1"), ({}, "10.0.0.7")):
        with pytest.raises(SettingsError, match="would answer anybody"):
            webhook_key(environment, host)


def test_a_short_secret_and_in_production_a_weak_one_are_refused_without_being_repeated() -> None:
    with pytest.raises(SettingsError, match="needs at least 32") as caught:
        webhook_key({"BANSHI_SECRET": "hunter2hunter2"})
    assert "hunter2" not in str(caught.value)
    weak = "banshi" * 8
    assert webhook_key({"BANSHI_SECRET": weak})
    with pytest.raises(SettingsError, match="can be guessed") as caught:
        webhook_key({"BANSHI_SECRET": weak, "BANSHI_MODE": "production"})
    assert weak not in str(caught.value)


def test_every_call_of_rasa_carries_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BANSHI_SECRET", STRONG)
    action_calls.install()
    heard: list[str] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        heard.extend(line.partition(": ")[2] for line in head.split("\r\n") if line.startswith(HEADER))
        answer = b'{"events": [], "responses": []}'
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n")
        writer.write(b"Content-Length: %d\r\n\r\n" % len(answer) + answer)
        await writer.drain()
        writer.close()

    async def call() -> None:
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        action = RemoteAction("action_find", EndpointConfig(f"http://127.0.0.1:{port}/webhook"))
        tracker = DialogueStateTracker("web:someone", [])
        await action.run(None, None, tracker, Domain.empty())  # type: ignore[arg-type]
        await action_calls.close()
        server.close()

    asyncio.run(call())
    assert heard == [webhook_key({"BANSHI_SECRET": STRONG})]
