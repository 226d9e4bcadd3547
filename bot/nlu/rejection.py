"""From which confidence on an intent is believed; chosen on texts the model has not seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

Confidences = np.ndarray[Any, np.dtype[np.float64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]

GIVEN_UP = 0.01
"""The share of our questions that may be refused though answered right, to keep others' questions out."""


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
    """The highest confidence that gives up no more than ``GIVEN_UP`` of the right answers.

    Without texts from outside there is nothing to keep out, and every answer is believed.
    """
    if not judged.outside.any() or judged.outside.all():
        return 0.0
    least = rates(judged, 0.0)[0] - GIVEN_UP
    return max(float(one) for one in np.linspace(0.0, 0.9, 181) if rates(judged, float(one))[0] >= least)


def rates(judged: Judged, confidence: float) -> tuple[float, float]:
    """(our questions answered right, other questions not answered), each a share of its kind."""
    believed = judged.best >= confidence
    right = (believed & judged.right)[~judged.outside]
    refused = ~(believed & judged.ours)[judged.outside]
    return float(right.mean()), float(refused.mean())
