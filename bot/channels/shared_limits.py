"""The limit of requests a session or an address may make: per server, or together when the servers share a Redis."""

from __future__ import annotations

import time
from collections.abc import Callable
from math import ceil

from bot.channels.limits import RateLimit
from bot.channels.store import Store

_WINDOW = 60.0  # seconds


class Limit:
    """`per_minute` requests a minute for each key; 0 means no limit.

    With a store the minutes are counted there: this one whole, and the part of the last that is less than a minute ago.
    """

    def __init__(
        self, per_minute: int, name: str, store: Store | None = None, clock: Callable[[], float] = time.time
    ) -> None:
        self._most = per_minute
        self._own = RateLimit(per_minute)
        self._name = name
        self._store = store
        self._clock = clock

    async def wait(self, key: str) -> int:
        """Take one request of the key's: 0 when it may go on, else the whole seconds to wait.

        Keys go into the store as they are: a sender id, or a digest, never an address.
        """
        if self._store is None or not self._most:
            return self._own.wait(key)
        minute, elapsed = divmod(self._clock(), _WINDOW)
        before = int(await self._store.get(self._entry(key, minute - 1)) or 0)
        now = await self._store.count(self._entry(key, minute), 2 * _WINDOW)
        allowed = min(before, self._most) * (1 - elapsed / _WINDOW) + now <= self._most
        return 0 if allowed else max(1, ceil(_WINDOW - elapsed))

    async def forget(self, key: str) -> None:
        """Drop what is remembered of a key."""
        self._own.forget(key)
        if self._store is not None:
            await self._store.forget(key)

    def _entry(self, key: str, minute: float) -> str:
        return f"{key}:{self._name}:{int(minute)}"
