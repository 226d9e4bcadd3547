"""One turn of a conversation at a time, over all servers. Named in `endpoints.yml`.

Within a process Rasa's own tickets keep the order. Between servers a key in Redis (BANSHI_REDIS_URL) is held; Rasa's
Redis locks read, change and write a list in three steps, so that two servers can hold the same ticket. The key lives
for a few seconds and is renewed while the turn runs: the lock of a server that died is free again soon.
"""

from __future__ import annotations

import asyncio
import os
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from rasa.core.lock_store import LOCK_LIFETIME, InMemoryLockStore, LockError
from redis import asyncio as aioredis
from redis.exceptions import RedisError

_PREFIX = "banshi:lock:"
_LIFE = 12.0  # seconds
_RENEWED = 4.0
_LONGEST_WAIT = 60.0
_SECONDS = 2.0  # for one command
_GIVE_BACK = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0"
_RENEW = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('pexpire', KEYS[1], ARGV[2]) end return 0"


class ConversationLocks(InMemoryLockStore):
    """Rasa's locks in memory, and beside them a key in Redis when there is one."""

    def __init__(self, endpoint_config: Any = None) -> None:
        super().__init__()
        url = os.environ.get("BANSHI_REDIS_URL", "").strip()
        self._redis: Any = None
        if url:
            self._redis = aioredis.Redis.from_url(url, socket_timeout=_SECONDS, socket_connect_timeout=_SECONDS)

    @asynccontextmanager
    async def lock(
        self, conversation_id: str, lock_lifetime: float = LOCK_LIFETIME, wait_time_in_seconds: float = 0.05
    ) -> AsyncIterator[Any]:
        """Hold the conversation for the block. Raises LockError when it cannot be had: Redis is away, or in use."""
        async with super().lock(conversation_id, lock_lifetime, wait_time_in_seconds) as ticket:
            if self._redis is None:
                yield ticket
                return
            key, holder = _PREFIX + conversation_id, secrets.token_hex(8)
            await self._take(key, holder, wait_time_in_seconds)
            renewing = asyncio.ensure_future(self._renew(key, holder))
            try:
                yield ticket
            finally:
                renewing.cancel()
                with suppress(RedisError, OSError):
                    await self._redis.eval(_GIVE_BACK, 1, key, holder)

    async def _take(self, key: str, holder: str, wait: float) -> None:
        until = asyncio.get_running_loop().time() + _LONGEST_WAIT
        try:
            while not await self._redis.set(key, holder, nx=True, px=int(_LIFE * 1000)):
                if asyncio.get_running_loop().time() > until:
                    raise LockError("The conversation is busy on another server.")
                await asyncio.sleep(wait)
        except (RedisError, OSError) as error:
            raise LockError(f"Redis does not answer: {type(error).__name__}.") from error

    async def _renew(self, key: str, holder: str) -> None:
        while True:
            await asyncio.sleep(_RENEWED)
            with suppress(RedisError, OSError):
                await self._redis.eval(_RENEW, 1, key, holder, int(_LIFE * 1000))
