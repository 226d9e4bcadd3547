"""The confusion matrix, the reliability curve and the rejection curve as PNG files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np

from bot.nlu.rejection import Judged, rates

matplotlib.use("Agg")
from matplotlib import pyplot


def confusion(truth: Sequence[str], given: Sequence[str], file: Path) -> None:
    """Rows are the right intents, columns the given ones; each row sums to one."""
    names = sorted({*truth, *given})
    place = {name: number for number, name in enumerate(names)}
    counts = np.zeros((len(names), len(names)))
    for one, other in zip(truth, given, strict=True):
        counts[place[one], place[other]] += 1
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    figure, axes = pyplot.subplots(figsize=(10, 9))
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    axes.set_xticks(range(len(names)), names, rotation=90, fontsize=7)
    axes.set_yticks(range(len(names)), names, fontsize=7)
    axes.set_xlabel("given")
    axes.set_ylabel("right")
    _save(figure, file)


def reliability(curve: Sequence[dict[str, float]], file: Path) -> None:
    """How often a confidence is right; the diagonal is perfect honesty."""
    figure, axes = pyplot.subplots(figsize=(5, 5))
    axes.plot([0, 1], [0, 1], color="grey", linestyle="--")
    axes.plot([point["confidence"] for point in curve], [point["right"] for point in curve], marker="o")
    axes.set_xlabel("confidence")
    axes.set_ylabel("share right")
    _save(figure, file)


def rejection(judged: Judged, chosen: float, file: Path) -> None:
    """Our questions answered right and others refused, by threshold, on held-out training phrases."""
    thresholds = np.linspace(0, 0.95, 96)
    right, refused = zip(*(rates(judged, float(one)) for one in thresholds), strict=True)
    figure, axes = pyplot.subplots(figsize=(6, 4))
    axes.plot(thresholds, right, label="ours, right")
    axes.plot(thresholds, refused, label="others, refused")
    axes.axvline(chosen, color="grey", linestyle="--", label=f"chosen: {chosen:.2f}")
    axes.set_xlabel("threshold")
    axes.legend()
    _save(figure, file)


def _save(figure: Any, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(file, dpi=110, bbox_inches="tight")
    pyplot.close(figure)
