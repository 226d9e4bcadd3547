"""Load in steps: ever more callers (closed) and ever more conversations a second (open); one Rasa server and two."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from tempfile import mkdtemp

from bot.evaluation.load.beside import CALLERS, client
from bot.evaluation.load.callers import Caller, OnWebsite
from bot.evaluation.load.held import held
from bot.evaluation.load.mix import Mix
from bot.evaluation.load.models import Figures, closed, opened
from bot.evaluation.load.systems import SETTINGS, System
from bot.setup import cluster
from bot.setup.project import Project
from bot.setup.servers import linked_index

CLOSED: Sequence[int] = (1, 2, 4, 8, 16, 32, 64)
OPEN: Sequence[float] = (2.0, 4.0, 8.0, 12.0)
"""Conversations a second; each has about four turns."""


async def ramp(system: System, seconds: float) -> list[tuple[str, Figures]]:
    """Each step by its name; three in ten conversations are on WeChat."""
    found: list[tuple[str, Figures]] = []
    async with client() as http:
        mix = Mix(7)

        def new() -> Caller:
            return system.wechat(http) if mix.on_wechat() else system.website(http)

        await closed(8, seconds, new, mix)  # caches and pools fill
        for callers in CLOSED:
            found.append((f"{callers} callers without a pause", await closed(callers, seconds, new, mix)))
        for rate in OPEN:
            found.append((f"{rate:.0f} conversations begin a second", await opened(rate, seconds, new, mix)))
    return found


def table(found: Sequence[tuple[str, Figures]]) -> str:
    """Markdown."""
    lines = ["| load | turns a second | median, ms | 95 %, ms | 99 %, ms | failed |", "|---|--:|--:|--:|--:|--:|"]
    for name, figures in found:
        times = " | ".join(f"{figures.quantile(share) * 1000:.0f}" for share in (0.5, 0.95, 0.99))
        lines.append(f"| {name} | {figures.per_second:.1f} | {times} | {sum(figures.failed.values())} |")
    return "\n".join(lines)


def workers(seconds: float, share: float) -> str:
    """Sixteen callers at both Rasa servers of a cluster, then at one of them alone. Raises Problem.

    The callers pass nginx by, which admits twenty requests a second from one address. Each Rasa server is held to a
    ``share`` of a core, so that two of them, all the others and the callers fit on the cores there are.
    """
    here = Project.here()
    folder = Path(mkdtemp(prefix="banshi-load-"))
    folder.chmod(0o755)  # PostgreSQL runs as another user
    project = replace(here, var=folder)
    linked_index(here, project)
    with cluster.running(project, settings=SETTINGS) as together:
        names = ("rasa-1", "rasa-2")
        addresses = [f"{cluster.HERE}:{together.ports[name]}" for name in names]
        with held([together.servers[name].popen.pid for name in names], share):
            two = asyncio.run(_crowd(addresses, seconds))
            one = asyncio.run(_crowd(addresses[:1], seconds))
    ratio = two.per_second / one.per_second
    rows = table([("two Rasa servers", two), ("one Rasa server", one)])
    return f"each held to {share:.0%} of a core\n\n{rows}\n\ntwo ÷ one: {ratio:.2f}"


async def _crowd(addresses: Sequence[str], seconds: float) -> Figures:
    at = cycle(addresses)
    async with client() as http:
        await closed(CALLERS, 5.0, lambda: OnWebsite(http, next(at)), Mix(8))
        return await closed(CALLERS, seconds, lambda: OnWebsite(http, next(at)), Mix(9))
