"""An answer in time, whatever happens: what is not ready by then goes on, and is kept for the person."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")


class Late(Exception):
    """The work was not done in time; it goes on."""


class Background:
    """Work that goes on after the answer was sent; kept here, or the event loop might drop it."""

    def __init__(self) -> None:
        self._tasks: dict[asyncio.Task[Any], str] = {}

    def start(self, owner: str, work: Coroutine[Any, Any, Result]) -> asyncio.Task[Result]:
        """Begin the work of one owner (a sender id)."""
        task = asyncio.ensure_future(work)
        self._tasks[task] = owner
        task.add_done_callback(self._finished)
        return task

    async def settled(self, owner: str) -> None:
        """Wait until everything begun for the owner, except the caller itself, has ended."""
        current = asyncio.current_task()
        if tasks := [task for task, whose in self._tasks.items() if whose == owner and task is not current]:
            await asyncio.wait(tasks)

    def _finished(self, task: asyncio.Task[Any]) -> None:
        self._tasks.pop(task, None)
        if not task.cancelled():
            task.exception()  # fetched, or asyncio complains about work nobody waits for


async def in_time(task: asyncio.Task[Result], seconds: float) -> Result:
    """The task's result; raises Late when it takes longer than `seconds`, and lets it go on."""
    done, _ = await asyncio.wait({task}, timeout=max(0.0, seconds))
    if not done:
        raise Late
    return task.result()


async def until(check: Callable[[], Awaitable[bool]], seconds: float, poll: float = 0.05) -> bool:
    """Whether the check came true within `seconds`."""
    end = asyncio.get_running_loop().time() + seconds
    while not await check():
        if asyncio.get_running_loop().time() >= end:
            return False
        await asyncio.sleep(poll)
    return True
