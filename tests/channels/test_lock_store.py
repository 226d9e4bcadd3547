"""One turn of a conversation at a time, also over several servers; over a real Redis."""

from __future__ import annotations

import asyncio
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from rasa.core.lock_store import LockError

from bot.channels import lock_store
from bot.channels.lock_store import ConversationLocks
from bot.setup.ports import free_port


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    program = shutil.which("redis-server")
    assert program, "install redis-server: apt-get install redis-server"
    port = free_port()
    folder = tmp_path_factory.mktemp("redis")
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    with (Path(folder) / "log").open("wb") as log:
        process = subprocess.Popen([program, *options], stdout=log, stderr=log)
    try:
        for _ in range(100):
            with socket.socket() as one:
                if one.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.terminate()
        process.wait(10)


def servers(monkeypatch: pytest.MonkeyPatch, url: str, count: int) -> list[ConversationLocks]:
    monkeypatch.setenv("BANSHI_REDIS_URL", url)
    return [ConversationLocks() for _ in range(count)]


def test_never_two_at_once(monkeypatch: pytest.MonkeyPatch, redis_url: str) -> None:
    inside, most, turns = 0, 0, 0

    async def turn(locks: ConversationLocks) -> None:
        nonlocal inside, most, turns
        async with locks.lock("web:1", wait_time_in_seconds=0.005):
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0.01)
            inside -= 1
            turns += 1

    async def all_at_once() -> None:
        three = servers(monkeypatch, redis_url, 3)
        await asyncio.gather(*(turn(locks) for locks in three * 5))

    asyncio.run(all_at_once())
    assert (most, turns) == (1, 15)


def test_other_conversations_do_not_wait(monkeypatch: pytest.MonkeyPatch, redis_url: str) -> None:
    async def both() -> float:
        one, two = servers(monkeypatch, redis_url, 2)
        async with one.lock("web:1"):
            begun = time.monotonic()
            async with two.lock("web:2"):
                return time.monotonic() - begun

    assert asyncio.run(both()) < 1


def test_a_lock_is_renewed_while_held_and_free_soon_after_its_server_died(
    monkeypatch: pytest.MonkeyPatch, redis_url: str
) -> None:
    monkeypatch.setattr(lock_store, "_LIFE", 0.4)
    monkeypatch.setattr(lock_store, "_RENEWED", 0.1)

    async def waited(dies: bool) -> float:
        one, two = servers(monkeypatch, redis_url, 2)

        async def hold() -> None:
            async with one.lock("web:1"):
                await asyncio.sleep(1.0)

        if dies:
            await one._take(f"{lock_store._PREFIX}web:1", "dead", 0.01)
            holding = None
        else:
            holding = asyncio.ensure_future(hold())
            await asyncio.sleep(0.1)
        begun = time.monotonic()
        async with two.lock("web:1", wait_time_in_seconds=0.01):
            passed = time.monotonic() - begun
        if holding:
            await holding
        return passed

    assert asyncio.run(waited(dies=False)) > 0.7
    assert 0.2 < asyncio.run(waited(dies=True)) < 0.8


def test_without_redis_there_is_no_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    (locks,) = servers(monkeypatch, f"redis://127.0.0.1:{free_port()}/0", 1)

    async def take() -> None:
        async with locks.lock("web:1"):
            pass

    with pytest.raises(LockError, match="does not answer"):
        asyncio.run(take())


def test_one_server_needs_no_redis(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BANSHI_REDIS_URL", raising=False)

    async def take() -> str:
        async with ConversationLocks().lock("web:1"):
            return "held"

    assert asyncio.run(take()) == "held"
