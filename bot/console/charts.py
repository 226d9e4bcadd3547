"""Bar charts as the numbers of an SVG, for the template that draws them; a table with the same data stands behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 720, 150
_HEAD, _FOOT = 14, 18


@dataclass(frozen=True)
class Bar:
    """One bar: where it stands (user units of the SVG), its label and its value."""

    x: float
    y: float
    width: float
    height: float
    label: str
    value: int


def columns(data: Sequence[tuple[str, int]]) -> list[Bar]:
    """Upright bars, the highest as high as the chart."""
    most, step = max((value for _, value in data), default=0) or 1, WIDTH / max(1, len(data))
    bars = []
    for place, (label, value) in enumerate(data):
        height = round((HEIGHT - _HEAD - _FOOT) * value / most, 1)
        bars.append(Bar(round(place * step + 1, 1), HEIGHT - _FOOT - height, round(step - 2, 1), height, label, value))
    return bars


def shares(data: Sequence[tuple[str, int]]) -> list[Bar]:
    """Lying bars of 0 to 100 wide, the longest 100."""
    most = max((value for _, value in data), default=0) or 1
    return [Bar(0, 0, round(100 * value / most, 1), 10, label, value) for label, value in data]
