"""From which confidence on an intent is believed; chosen on texts the model has not seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

Confidences = np.ndarray[Any, np.dtype[np.float64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]

GIVEN_UP = 0.01
"""The share of our questions that may be refused though answered right, to keep others' questions out."""
CAUTIOUS = 0.2
"""The most that is asked for when held-out texts are too few to choose by: what is believed less is hardly a guess."""


@dataclass(frozen=True)
class Threshold:
    """``confidence`` the best intent must reach, and the ``margin`` by which it must lead the second."""

    confidence: float = 0.0
    margin: float = 0.0

    def accepts(self, best: float, second: float) -> bool:
        """Whether the best intent is believed."""
        return best >= self.confidence and best - second >= self.margin


@dataclass(frozen=True)
class Judged:
    """Held-out texts: the confidence of the best intent ``best``, whether it is an intent of ours (``ours``),
    whether it is right (``right``), and whether the text is outside our matters (``outside``)."""

    best: Confidences
    ours: Flags
    right: Flags
    outside: Flags


def choose(judged: Judged) -> float:
    """The highest confidence that is expected to give up no more than ``GIVEN_UP`` of our questions.

    When ``k`` of ``n`` held-out questions are lost, ``(k + 1) / (n + 1)`` of the next ones may be. With too few to
    promise anything, ``CAUTIOUS`` is the most asked for. Without texts from outside every answer is believed.
    """
    if not judged.outside.any() or judged.outside.all():
        return 0.0
    inside = int((~judged.outside).sum())
    right = np.sort(judged.best[judged.right & ~judged.outside])
    allowed = int(GIVEN_UP * (inside + 1)) - 1
    if allowed < 0:
        return min(CAUTIOUS, float(right[0]) if len(right) else CAUTIOUS)
    return max(float(one) for one in np.linspace(0.0, 0.9, 181) if np.searchsorted(right, one) <= allowed)


def rates(judged: Judged, confidence: float) -> tuple[float, float]:
    """(our questions answered right, other questions not answered), each a share of its kind."""
    believed = judged.best >= confidence
    right = (believed & judged.right)[~judged.outside]
    refused = ~(believed & judged.ours)[judged.outside]
    return float(right.mean()), float(refused.mean())
