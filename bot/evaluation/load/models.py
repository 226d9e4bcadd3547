"""The two ways load comes: so many callers at once (closed), or so many conversations a second (open)."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.evaluation.load.callers import Caller, Failed
from bot.evaluation.load.mix import Mix

NewCaller = Callable[[], Caller]


@dataclass
class Figures:
    """Seconds of every answered turn, failures by what came instead, and how long it all took."""

    seconds: list[float] = field(default_factory=list)
    failed: Counter[str] = field(default_factory=Counter)
    lasted: float = 0.0

    @property
    def per_second(self) -> float:
        """Turns answered a second."""
        return len(self.seconds) / self.lasted if self.lasted else 0.0

    def add(self, other: Figures) -> None:
        """What was measured at another time as well."""
        self.seconds.extend(other.seconds)
        self.failed.update(other.failed)
        self.lasted += other.lasted

    def quantile(self, share: float) -> float:
        """Seconds within which this share of turns was answered; 0 without any."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


async def closed(callers: int, seconds: float, new: NewCaller, mix: Mix, pause: float = 0.0) -> Figures:
    """``callers`` people at once, each holding one conversation after the other, reading ``pause`` seconds a reply."""
    figures, began = Figures(), time.perf_counter()
    until = began + seconds

    async def one() -> None:
        while time.perf_counter() < until:
            await _converse(new(), mix, figures, until, lambda: pause)

    await asyncio.gather(*(one() for _ in range(callers)))
    figures.lasted = time.perf_counter() - began
    return figures


async def opened(rate: float, seconds: float, new: NewCaller, mix: Mix, pause: float = 1.0, seed: int = 0) -> Figures:
    """Conversations begin at random moments, ``rate`` a second; replies are read ``pause`` seconds on average.

    People do not wait for one another: a server that is too slow gets more and more at once.
    """
    figures, chance, began = Figures(), random.Random(seed), time.perf_counter()
    until, talking = began + seconds, set[asyncio.Task[None]]()
    while (left := until - time.perf_counter()) > 0:
        await asyncio.sleep(min(left, chance.expovariate(rate)))
        reading = lambda: chance.expovariate(1 / pause)  # noqa: E731
        task = asyncio.ensure_future(_converse(new(), mix, figures, until, reading))
        talking.add(task)
        task.add_done_callback(talking.discard)
    if talking:
        await asyncio.wait(talking)
    figures.lasted = time.perf_counter() - began
    return figures


async def _converse(caller: Caller, mix: Mix, figures: Figures, until: float, pause: Callable[[], float]) -> None:
    """One conversation; it ends at the end of the measurement, or with the first failure."""
    try:
        await _timed(caller.begin(), figures)
        for message in mix.conversation():
            await asyncio.sleep(pause())
            if time.perf_counter() > until:
                return
            await _timed(caller.say(message), figures)
    except Failed as failure:
        figures.failed[str(failure)[:120]] += 1


async def _timed(turn: object, figures: Figures) -> None:
    began = time.perf_counter()
    await turn  # type: ignore[misc]
    figures.seconds.append(time.perf_counter() - began)
