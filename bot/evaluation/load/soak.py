"""Hours at a steady load: memory of both servers, minute by minute, and everything that failed."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import mean

from bot.evaluation.load.beside import client
from bot.evaluation.load.callers import Caller
from bot.evaluation.load.mix import Mix
from bot.evaluation.load.models import Figures, closed
from bot.evaluation.load.systems import System

CALLERS = 16
MINUTE = 60.0


@dataclass(frozen=True)
class Sample:
    """One minute: when it ended, its turns and failures, milliseconds, megabytes by server."""

    minute: int
    turns: int
    failed: int
    median_ms: float
    late_ms: float
    rasa_mb: float
    actions_mb: float

    @property
    def total_mb(self) -> float:
        """Of both servers."""
        return self.rasa_mb + self.actions_mb


async def soak(system: System, minutes: int, rate: float, file: Path, seed: int = 0) -> list[Sample]:
    """About ``rate`` turns a second on both channels; every minute's sample is a line of ``file`` at once."""
    samples, failed, mix = [], Counter[str](), Mix(seed)
    async with client() as http:

        def new() -> Caller:
            return system.wechat(http) if mix.on_wechat() else system.website(http)

        for minute in range(1, minutes + 1):
            figures = await closed(CALLERS, MINUTE, new, mix, CALLERS / rate)
            failed += figures.failed
            samples.append(_sample(system, minute, figures))
            with file.open("a", encoding="utf-8") as lines:
                lines.write(json.dumps(asdict(samples[-1]) | {"failures": figures.failed}) + "\n")
    return samples


def growth(samples: Sequence[Sample], warm_up: int, window: int = 5) -> float:
    """Growth of memory after the warm-up: means of ``window`` minutes at its end and at the end of all, as a share."""
    after = [sample.total_mb for sample in samples[warm_up:]]
    first, last = after[:window], after[-window:]
    return mean(last) / mean(first) - 1


def _sample(system: System, minute: int, figures: Figures) -> Sample:
    memory = {name: both[0] / 1e6 for name, both in system.memory().items()}
    return Sample(
        minute,
        len(figures.seconds),
        sum(figures.failed.values()),
        round(figures.quantile(0.5) * 1000, 1),
        round(figures.quantile(0.95) * 1000, 1),
        round(memory["Rasa"], 1),
        round(memory["actions"], 1),
    )


def run(system: System, minutes: int, rate: float, file: Path) -> list[Sample]:
    """The soak, from code that is not asynchronous."""
    return asyncio.run(soak(system, minutes, rate, file))
