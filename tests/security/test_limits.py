"""Limits hold over several servers that share a Redis, and nothing in it tells who was counted."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.channels.settings import ChannelSettings
from bot.channels.shared_limits import Limit
from bot.channels.store import Memory, Shared
from bot.setup.ports import free_port
from tests.channels.conftest import Client, ScriptedBot, error_of, serving
from tests.channels.wechat.test_store import redis_in_python


@pytest.fixture
def redis_url() -> Iterator[str]:
    port = free_port()
    with redis_in_python(port):
        yield f"redis://127.0.0.1:{port}/0"


def test_a_minute_counts_and_the_last_one_fades() -> None:
    async def scenario() -> None:
        now = [600.0]
        limit = Limit(6, "test", Memory(clock=lambda: now[0]), lambda: now[0])
        assert [await limit.wait("a") for _ in range(7)] == [0] * 6 + [60]
        assert await limit.wait("b") == 0
        now[0] = 660.0
        assert await limit.wait("a") == 60  # the minute before counts whole
        now[0] = 690.0
        assert [await limit.wait("a") for _ in range(3)] == [0, 0, 30]  # half of it does
        now[0] = 800.0
        assert await limit.wait("a") == 0
        await limit.forget("a")
        assert [await limit.wait("a") for _ in range(7)] == [0] * 6 + [40]

    asyncio.run(scenario())


def test_no_limit_counts_nothing() -> None:
    async def scenario() -> None:
        store = Memory()
        limit = Limit(0, "test", store)
        assert {await limit.wait("a") for _ in range(100)} == {0}
        assert len(store) == 0

    asyncio.run(scenario())


def test_two_servers_count_together(redis_url: str, bot: ScriptedBot, settings: ChannelSettings) -> None:
    shared = replace(settings, redis_url=redis_url, rate_session=4, rate_address=0)
    with serving(bot, shared) as one, serving(bot, shared) as other:
        one.open()
        other.token = one.token
        statuses = [client.send("你好").status_code for _ in range(4) for client in (one, other)]
        assert statuses.count(200) == 4
        assert statuses[-1] == 429
        assert error_of(other.send("你好")) == (429, "too_fast")


def test_an_address_is_counted_without_being_kept(redis_url: str, bot: ScriptedBot, settings: ChannelSettings) -> None:
    async def keys() -> list[str]:
        store = Shared(redis_url)
        found = [key async for key in store._redis.scan_iter("*")]
        await store.close()
        return found

    shared = replace(settings, redis_url=redis_url, rate_address=3, proxies=1)
    with serving(bot, shared) as client:
        visitor = {"x-forwarded-for": "203.0.113.77"}
        opened = [client.call("POST", "/sessions", json={}, headers=visitor).status_code for _ in range(4)]
        assert opened == [201, 201, 201, 429]
        kept = asyncio.run(keys())
    assert kept
    assert not any("203.0.113" in key for key in kept)


def test_a_deleted_session_is_not_counted_any_more(redis_url: str, bot: ScriptedBot, settings: ChannelSettings) -> None:
    async def keys(sender: str) -> list[str]:
        store = Shared(redis_url)
        found = [key async for key in store._redis.scan_iter(f"*{sender}*")]
        await store.close()
        return found

    with serving(bot, replace(settings, redis_url=redis_url, rate_session=9)) as client:
        client.open()
        client.send("你好")
        sender = bot.seen[0].sender_id
        assert asyncio.run(keys(sender))
        client.call("DELETE", "/sessions")
        assert asyncio.run(keys(sender)) == []


def test_without_redis_each_server_counts_by_itself(
    bot: ScriptedBot, settings: ChannelSettings, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    away = replace(settings, redis_url=f"redis://127.0.0.1:{free_port()}/0", rate_session=2)
    with serving(bot, away) as client:
        client.open()
        assert [client.send("你好").status_code for _ in range(3)] == [200, 200, 429]
    assert "Redis does not answer" in caplog.text
    assert bot.seen[0].sender_id not in caplog.text


def test_the_client_waits_as_long_as_it_is_told(client: Client) -> None:
    client.open()
    assert {client.send("你好").status_code for _ in range(40)} == {200}  # 0: no limit
