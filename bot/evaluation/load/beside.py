"""One caller, sixteen callers, memory and start of the two systems side by side."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

import aiohttp

from bot.evaluation.load.callers import Caller
from bot.evaluation.load.mix import MATTER, Message, Mix, matters
from bot.evaluation.load.models import Figures, closed
from bot.evaluation.load.systems import New, System

CALLERS = 16
QUESTIONS = 200
WARM_UP = 40
WARM_UP_SECONDS = 5.0
ROUNDS = 4
"""The systems take turns at every load so many times: a machine shared with others changes its speed within minutes."""

BARS = {
    "median topic turn, one caller, ms": 0.45,
    "95th percentile, ms": 0.5,
    "turns per second, 16 callers": 5.0,
    "resident after the load, MB": 1.0,
    "ready after start, s": 0.7,
}
"""Ours ÷ stock: at most, for the turns per second at least."""


@dataclass(frozen=True)
class Measured:
    """``one``: single topic turns; ``many``: turns of sixteen callers; bytes in memory afterwards; seconds to start."""

    one: Figures
    many: Figures
    resident: int
    proportional: int
    ready: float

    def rows(self) -> dict[str, float]:
        """The figures by their names in ``BARS``, and two more."""
        values = (self.one.quantile(0.5) * 1000, self.one.quantile(0.95) * 1000, self.many.per_second)
        named = dict(zip(BARS, (*values, self.resident / 1e6, self.ready)))
        named["proportional share of memory, MB"] = self.proportional / 1e6
        named["median turn, 16 callers, ms"] = self.many.quantile(0.5) * 1000
        named["95th percentile, 16 callers, ms"] = self.many.quantile(0.95) * 1000
        named["failed"] = float(sum(self.many.failed.values()) + sum(self.one.failed.values()))
        return named


async def measure(systems: Sequence[tuple[System, New]], seconds: float, seed: int = 0) -> list[Measured]:
    """Both loads against each of the systems, which have just started, in turns; ``seconds`` of sixteen callers each.

    All get the same questions and conversations. The one that is not asked rests.
    """
    async with client() as http:
        people = [_people(new, http) for _, new in systems]
        loads = [(matters(seed), Mix(seed + 1)) for _ in systems]
        one, many = [Figures() for _ in systems], [Figures() for _ in systems]
        for new, (texts, _) in zip(people, loads, strict=True):
            await one_caller(new, islice(texts, WARM_UP))
        for _ in range(ROUNDS):
            for new, (texts, _), figures in zip(people, loads, one, strict=True):
                figures.add(await one_caller(new, islice(texts, QUESTIONS // ROUNDS)))
        for new, (_, mix) in zip(people, loads, strict=True):
            await closed(CALLERS, WARM_UP_SECONDS, new, mix)
        for _ in range(ROUNDS):
            for new, (_, mix), figures in zip(people, loads, many, strict=True):
                figures.add(await closed(CALLERS, seconds / ROUNDS, new, mix))
    return [_measured(system, *both) for (system, _), *both in zip(systems, one, many, strict=True)]


def _people(new: New, http: aiohttp.ClientSession) -> Callable[[], Caller]:
    return lambda: new(http)


def _measured(system: System, one: Figures, many: Figures) -> Measured:
    memory = system.memory().values()
    return Measured(one, many, sum(both[0] for both in memory), sum(both[1] for both in memory), system.ready)


async def one_caller(new: Callable[[], Caller], texts: Iterable[str]) -> Figures:
    """Topic questions, each the first of its conversation."""
    figures = Figures()
    loop = asyncio.get_running_loop()
    for text in texts:
        caller = new()
        await caller.begin()
        began = loop.time()
        await caller.say(Message(MATTER, text))
        figures.seconds.append(loop.time() - began)
    figures.lasted = sum(figures.seconds)
    return figures


def client() -> aiohttp.ClientSession:
    """Connections without a limit, kept open."""
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0), timeout=aiohttp.ClientTimeout(total=30), trust_env=False
    )


def table(ours: Measured, stock: Measured) -> str:
    """Markdown: every figure of both, their ratio, and the bar."""
    lines = ["| | ours | stock Rasa | ours ÷ stock | bar |", "|---|--:|--:|--:|--:|"]
    theirs = stock.rows()
    for name, value in ours.rows().items():
        ratio = f"{value / theirs[name]:.2f}" if theirs[name] else ""
        bar = f"{'≥' if BARS[name] > 1 else '≤'} {BARS[name]}" if name in BARS else ""
        lines.append(f"| {name} | {value:.1f} | {theirs[name]:.1f} | {ratio} | {bar} |")
    return "\n".join(lines)
