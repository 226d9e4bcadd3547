"""Short-lived memory of the channels: in this process, or in Redis when several servers share the work.

Keys begin with a sender id (a keyed digest, see `identity`); values are texts. Everything expires by itself.
"""

from __future__ import annotations

import asyncio
import logging
import time
import zlib
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, Protocol

from redis import asyncio as aioredis
from redis.exceptions import RedisError

from bot.channels.logs import log_failure

logger = logging.getLogger(__name__)

_PREFIX = "banshi:"
_LONG = 512  # characters; a mailbox takes a quarter of its room packed, for less than a tenth of a millisecond
_SECONDS = 0.5  # for one command; a person waits for the answer
_PAUSE = 5.0  # seconds Redis is left alone after it failed to answer, so that one answer never waits for it twice


class Store(Protocol):
    """What the channels need of a memory; `seconds` is how long an entry lives."""

    async def get(self, key: str) -> str | None: ...

    async def put(self, key: str, value: str, seconds: float) -> None: ...

    async def claim(self, key: str, value: str, seconds: float) -> bool:
        """Put the value unless there is one; whether it was put."""

    async def count(self, key: str, seconds: float) -> int:
        """Add one to a counter that lives `seconds` from its first count; its value now."""

    async def drop(self, key: str) -> None: ...

    async def forget(self, sender_id: str) -> None:
        """Drop every entry of one sender."""

    async def close(self) -> None:
        """Let go of the connections; the server stops."""


class Memory:
    """Entries of this process, long ones packed; the oldest go when there are more than `most`."""

    def __init__(self, most: int = 50_000, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._clock = clock
        self._entries: OrderedDict[str, tuple[str | bytes, float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._entries)

    async def get(self, key: str) -> str | None:
        value, until = self._entries.get(key, ("", 0.0))
        if until > self._clock():
            return _unpacked(value)
        self._entries.pop(key, None)
        return None

    async def put(self, key: str, value: str, seconds: float) -> None:
        self._entries.pop(key, None)
        self._entries[key] = (_packed(value), self._clock() + seconds)
        self._tidy()

    async def claim(self, key: str, value: str, seconds: float) -> bool:
        if await self.get(key) is not None:
            return False
        await self.put(key, value, seconds)
        return True

    async def count(self, key: str, seconds: float) -> int:
        if await self.claim(key, "1", seconds):
            return 1
        value, until = self._entries[key]
        self._entries[key] = (str(int(value) + 1), until)
        return int(value) + 1

    async def drop(self, key: str) -> None:
        self._entries.pop(key, None)

    async def forget(self, sender_id: str) -> None:
        for key in [key for key in self._entries if key.startswith(f"{sender_id}:")]:
            del self._entries[key]

    async def close(self) -> None:
        """Nothing is held open."""

    def _tidy(self) -> None:
        """The oldest entries, when they have expired or are too many; two a time, so no call takes long."""
        for _ in range(2):
            oldest = next(iter(self._entries.values()), None)
            if oldest and (oldest[1] <= self._clock() or len(self._entries) > self._most):
                self._entries.popitem(last=False)


def _packed(value: str) -> str | bytes:
    return zlib.compress(value.encode("utf-8", "surrogatepass"), 1) if len(value) > _LONG else value


def _unpacked(value: str | bytes) -> str:
    return value if isinstance(value, str) else zlib.decompress(value).decode("utf-8", "surrogatepass")


class Shared:
    """Entries in Redis. While Redis cannot be reached, this process's memory stands in for it."""

    def __init__(self, url: str) -> None:
        self._redis: Any = aioredis.Redis.from_url(
            url, decode_responses=True, socket_timeout=_SECONDS, socket_connect_timeout=_SECONDS
        )
        self._memory = Memory()
        self._again = 0.0  # monotonic seconds before which Redis is not asked

    async def get(self, key: str) -> str | None:
        found: str | None = await self._ask(lambda: self._redis.get(_PREFIX + key), lambda: self._memory.get(key))
        return found

    async def put(self, key: str, value: str, seconds: float) -> None:
        await self._ask(
            lambda: self._redis.set(_PREFIX + key, value, px=int(seconds * 1000)),
            lambda: self._memory.put(key, value, seconds),
        )

    async def claim(self, key: str, value: str, seconds: float) -> bool:
        return bool(
            await self._ask(
                lambda: self._redis.set(_PREFIX + key, value, px=int(seconds * 1000), nx=True),
                lambda: self._memory.claim(key, value, seconds),
            )
        )

    async def count(self, key: str, seconds: float) -> int:
        return int(await self._ask(lambda: self._count(key, seconds), lambda: self._memory.count(key, seconds)))

    async def drop(self, key: str) -> None:
        await self._ask(lambda: self._redis.delete(_PREFIX + key), lambda: self._memory.drop(key))

    async def forget(self, sender_id: str) -> None:
        await self._memory.forget(sender_id)
        await self._ask(lambda: self._forget(sender_id), lambda: self._memory.forget(sender_id))

    async def _count(self, key: str, seconds: float) -> int:
        both = self._redis.pipeline()  # one transaction: a counter never outlives its time
        both.set(_PREFIX + key, 0, px=int(seconds * 1000), nx=True)
        both.incr(_PREFIX + key)
        return int((await both.execute())[1])

    async def close(self) -> None:
        await self._redis.close()

    async def _forget(self, sender_id: str) -> None:
        async for key in self._redis.scan_iter(f"{_PREFIX}{sender_id}:*", count=1000):
            await self._redis.delete(key)

    async def _ask(self, redis: Callable[[], Any], instead: Callable[[], Any]) -> Any:
        if time.monotonic() < self._again:
            return await instead()
        try:
            return await redis()
        except (RedisError, OSError, asyncio.TimeoutError) as error:
            self._again = time.monotonic() + _PAUSE
            log_failure(logger, "Redis does not answer; this server remembers by itself for a while:", error)
            return await instead()


def store_for(redis_url: str) -> Store:
    """Redis at the address, or this process's memory when there is none."""
    return Shared(redis_url) if redis_url else Memory()
