"""The fewest questions that settle an outcome, found by trying every order; knows nothing of how the assistant asks."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

Outcomes = np.ndarray[Any, np.dtype[np.intp]]
"""One axis per fact, one place per value; equal numbers are equal outcomes."""
Known = tuple[int | None, ...]


def fewest_worst(outcomes: Outcomes) -> int:
    """The longest path of the tree whose longest path is shortest."""

    @cache
    def worst(known: Known) -> int:
        if _settled(outcomes, known):
            return 0
        return min(1 + max(worst(one) for one in branches) for branches in _questions(outcomes, known))

    return worst((None,) * outcomes.ndim)


def fewest_mean(outcomes: Outcomes) -> float:
    """The mean number of questions of the tree whose mean is least, all values equally likely."""

    @cache
    def mean(known: Known) -> float:
        if _settled(outcomes, known):
            return 0.0
        return min(1 + sum(map(mean, branches)) / len(branches) for branches in _questions(outcomes, known))

    return mean((None,) * outcomes.ndim)


def _settled(outcomes: Outcomes, known: Known) -> bool:
    left = outcomes[tuple(slice(None) if value is None else value for value in known)]
    return bool(np.all(left == left.flat[0])) if isinstance(left, np.ndarray) else True


def _questions(outcomes: Outcomes, known: Known) -> list[list[Known]]:
    """Per fact not yet known: what is known after each of its answers."""
    return [
        [(*known[:fact], value, *known[fact + 1 :]) for value in range(outcomes.shape[fact])]
        for fact, already in enumerate(known)
        if already is None
    ]
