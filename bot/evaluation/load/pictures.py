"""The load in pictures, as PNG files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import matplotlib

from bot.evaluation.load.beside import Measured
from bot.evaluation.load.soak import Sample

matplotlib.use("Agg")
from matplotlib import pyplot

OURS, STOCK = "#1f6feb", "#9a9a9a"


def beside(ours: Measured, stock: Measured, file: Path) -> None:
    """Share of turns answered within so many milliseconds, one caller and sixteen, both systems."""
    figure, both = pyplot.subplots(1, 2, figsize=(10, 4), sharey=True)
    for axes, title, kind in zip(both, ("one caller", "16 callers"), ("one", "many")):
        for measured, name, colour in ((ours, "this bot", OURS), (stock, "stock Rasa", STOCK)):
            ordered = sorted(getattr(measured, kind).seconds)
            shares = [(number + 1) / len(ordered) for number in range(len(ordered))]
            axes.plot([second * 1000 for second in ordered], shares, label=name, color=colour)
        axes.set(title=title, xlabel="milliseconds of a turn", xscale="log")
        axes.grid(alpha=0.3)
    both[0].set_ylabel("share of turns")
    both[0].legend()
    _save(figure, file)


def growth(medians: Sequence[float], file: Path) -> None:
    """Milliseconds of every turn of a conversation."""
    figure, axes = pyplot.subplots(figsize=(8, 3.5))
    axes.plot(range(1, len(medians) + 1), [second * 1000 for second in medians], ".", color=OURS)
    axes.set(xlabel="turn of a conversation", ylabel="milliseconds, median", ylim=(0, None))
    axes.grid(alpha=0.3)
    _save(figure, file)


def soak(samples: Sequence[Sample], file: Path) -> None:
    """Memory and latency, minute by minute."""
    minutes = [sample.minute for sample in samples]
    figure, (memory, latency) = pyplot.subplots(2, 1, figsize=(8, 5), sharex=True)
    memory.plot(minutes, [sample.rasa_mb for sample in samples], label="Rasa", color=OURS)
    memory.plot(minutes, [sample.actions_mb for sample in samples], label="action server", color="#d29922")
    memory.set(ylabel="resident, MB", ylim=(0, None))
    memory.legend()
    latency.plot(minutes, [sample.median_ms for sample in samples], label="median", color=OURS)
    latency.plot(minutes, [sample.late_ms for sample in samples], label="95th percentile", color="#d29922")
    latency.set(xlabel="minute", ylabel="turn, ms", ylim=(0, None))
    latency.legend()
    _save(figure, file)


def _save(figure: pyplot.Figure, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(file, dpi=110, bbox_inches="tight")
    pyplot.close(figure)
