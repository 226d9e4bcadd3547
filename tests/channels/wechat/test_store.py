"""Memory shared by several servers: a real Redis where there is one, and a Redis in Python everywhere."""

from __future__ import annotations

import asyncio
import json
import shutil
import socket
import subprocess
import sys
import threading
import time
import tracemalloc
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace

import pytest
from fakeredis import TcpFakeServer

from bot.channels.store import Memory, Shared, Store, store_for
from bot.channels.wechat.deduplication import Answer, Once
from bot.channels.wechat.simulator.account import PERSON, push
from bot.setup.ports import free_port
from tests.channels.conftest import eventually
from tests.channels.wechat.conftest import PLAIN, SlowBot, sender, wechat_for

STEPS = [f"{number}. 带上身份证原件到社保卡服务网点，第 {number} 步在窗口办理。" for number in range(1, 40)]
PAGES = json.dumps(STEPS, ensure_ascii=False)
KINDS = ["in Python", "real"] if shutil.which("redis-server") else ["in Python"]


@contextmanager
def redis_in_python(port: int) -> Iterator[None]:
    server = TcpFakeServer(("127.0.0.1", port), server_type="redis")
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def real_redis(port: int) -> Iterator[None]:
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        try:
            eventually(lambda: answers(port))
            yield
        finally:
            server.terminate()


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 0.2).close()
    except OSError:
        return False
    return True


@pytest.fixture(params=KINDS)
def redis_url(request: pytest.FixtureRequest) -> Iterator[str]:
    port = free_port()
    with (real_redis if request.param == "real" else redis_in_python)(port):
        yield f"redis://127.0.0.1:{port}/0"


async def each(url: str) -> AsyncIterator[Store]:
    for store in (Memory(), store_for(url)):
        yield store


def test_both_memories_keep_the_same_promises(redis_url: str) -> None:
    async def scenario() -> None:
        async for store in each(redis_url):
            assert await store.get("a:1") is None
            assert await store.claim("a:1", "x", 5)
            assert not await store.claim("a:1", "y", 5)
            assert await store.get("a:1") == "x"
            await store.put("a:1", "答", 0.05)
            assert await store.get("a:1") == "答"
            await asyncio.sleep(0.1)
            assert await store.get("a:1") is None
            assert await store.claim("a:1", "z", 5)
            await store.put("a:2", "2", 5)
            await store.put("ab:1", "other", 5)
            await store.drop("a:1")
            assert await store.get("a:1") is None
            await store.put("a:3", "3", 5)
            for text in ("社保卡 😀\n" * 300, "长" * 512, "长" * 513, "\ufffd" * 1_000):
                await store.put("a:4", text, 5)
                assert await store.get("a:4") == text
            await store.forget("a")
            assert [await store.get(key) for key in ("a:2", "a:3", "ab:1")] == [None, None, "other"]

    asyncio.run(scenario())


def test_a_long_entry_takes_less_room_than_its_text() -> None:
    async def scenario(memory: Memory) -> None:
        for number in range(1_000):
            await memory.put(f"{number}:mailbox", PAGES.replace("1", str(number)), 60)
        assert await memory.get("7:mailbox") == PAGES.replace("1", "7")

    tracemalloc.start()
    try:
        memory = Memory()
        asyncio.run(scenario(memory))
        taken, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(memory) == 1_000
    assert taken < 1_000 * sys.getsizeof(PAGES) / 2


def test_two_servers_answer_a_push_once(redis_url: str, bot: SlowBot) -> None:
    bot.delays["社保卡丢了"] = 0.3
    settings = replace(PLAIN, redis_url=redis_url)
    xml = push("text", Content="社保卡丢了")
    with wechat_for(bot, settings) as one, wechat_for(bot, settings) as other, ThreadPoolExecutor(6) as pool:
        answers = set(pool.map(lambda server: server.post(xml.encode()).content, [one, other] * 3))
        assert len(answers) == 1
        assert "收到：社保卡丢了".encode() in answers.pop()
        assert bot.texts == ["社保卡丢了"]
        one.say("谁去")
        other.say("2")  # choices and pages are shared as well
        assert bot.texts[-1] == '/choose{"choice": "fact:applicant=agent"}'
        assert other.event("unsubscribe") is None
        eventually(lambda: "失效" in str(one.say("1")))


def test_no_open_id_in_redis(redis_url: str, bot: SlowBot) -> None:
    async def everything() -> str:
        redis = Shared(redis_url)._redis
        keys = [key async for key in redis.scan_iter("*")]
        return " ".join([*keys, *[await redis.get(key) for key in keys]])

    with wechat_for(bot, replace(PLAIN, redis_url=redis_url)) as wechat:
        wechat.say("谁去")
    kept = asyncio.run(everything())
    assert sender(PERSON) in kept
    assert PERSON not in kept


def test_a_server_that_died_is_replaced(redis_url: str) -> None:
    """Its claim runs out, and the next delivery does the work."""

    async def work() -> str:
        return "answer"

    async def scenario() -> tuple[Answer, Answer]:
        store = store_for(redis_url)
        await store.claim("a:1", "working", 0.4)
        waited_in_vain = await Once(store, 0.1, "抱歉").answer("a:1", work)
        taken_over = await Once(store, 2.0, "抱歉").answer("a:1", work)
        return waited_in_vain, taken_over

    first, second = asyncio.run(scenario())
    assert (first.text, second.text) == ("抱歉", "answer")


def test_without_redis_a_server_remembers_by_itself(bot: SlowBot, caplog: pytest.LogCaptureFixture) -> None:
    with wechat_for(bot, replace(PLAIN, redis_url=f"redis://127.0.0.1:{free_port()}/0")) as wechat:
        started = time.monotonic()
        xml = push("text", Content="谁去")
        assert wechat.post(xml.encode()).content == wechat.post(xml.encode()).content
        wechat.say("2")
        assert time.monotonic() - started < 3.0
    assert bot.texts == ["谁去", '/choose{"choice": "fact:applicant=agent"}']
    assert "Redis does not answer" in caplog.text
    assert sender(PERSON) not in caplog.text


def test_a_server_that_stops_lets_go_of_redis(redis_url: str, bot: SlowBot, monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[Shared] = []
    close = Shared.close

    async def noted(self: Shared) -> None:
        await close(self)
        closed.append(self)

    monkeypatch.setattr(Shared, "close", noted)
    with wechat_for(bot, replace(PLAIN, redis_url=redis_url)) as wechat:
        assert wechat.say("你好") is not None
    assert len(closed) == 2
