"""Every push is answered once: deliveries of one push wait for the same work and get the same answer.

WeChat repeats a push it got no answer to after 5 seconds, twice. Within one process the deliveries share a task;
between servers the first claims the push in the shared store and the others wait for the answer it leaves there. Should
a server die in between, its claim expires and the next delivery takes over; the message id (`identity`) then keeps the
bot from running again.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.channels.logs import log_failure
from bot.channels.store import Store

logger = logging.getLogger(__name__)

_KEPT = 120.0  # seconds; the last delivery comes about 10 seconds after the first
_CLAIM = 6.0  # seconds; longer than any answer takes, shorter than WeChat's last delivery
_POLL = 0.05
_WORKING = "working"


@dataclass(frozen=True)
class Answer:
    """What every delivery gets: the text to show (None: nothing) and when it was made, in seconds since 1970."""

    text: str | None
    created: int


class Once:
    """Runs the work of each push once. `seconds` is how long a delivery waits for another server's answer."""

    def __init__(self, store: Store, seconds: float, otherwise: str) -> None:
        """`otherwise` is the answer when the work fails, or another server does not finish it in time."""
        self._store = store
        self._seconds = seconds
        self._otherwise = otherwise
        self._running: dict[str, asyncio.Task[Answer]] = {}

    async def answer(self, key: str, work: Callable[[], Awaitable[str | None]]) -> Answer:
        """The answer to the push named `key`, found by `work` unless it is known or being found already."""
        task = self._running.get(key)
        if task is None:
            task = asyncio.ensure_future(self._find(key, work))
            self._running[key] = task
            task.add_done_callback(lambda _: self._running.pop(key, None))
        return await asyncio.shield(task)

    async def _find(self, key: str, work: Callable[[], Awaitable[str | None]]) -> Answer:
        until = time.monotonic() + self._seconds
        while True:
            if await self._store.claim(key, _WORKING, _CLAIM):
                return await self._work(key, work)
            known = await self._store.get(key)
            if known is not None and known != _WORKING:
                return Answer(**json.loads(known))
            if time.monotonic() > until:
                return _made(self._otherwise)
            await asyncio.sleep(_POLL)

    async def _work(self, key: str, work: Callable[[], Awaitable[str | None]]) -> Answer:
        try:
            answer = _made(await work())
        except Exception as error:
            log_failure(logger, "A push could not be answered:", error)
            answer = _made(self._otherwise)
        await self._store.put(key, json.dumps(answer, default=vars, ensure_ascii=False), _KEPT)
        return answer


def _made(text: str | None) -> Answer:
    return Answer(text, int(time.time()))
