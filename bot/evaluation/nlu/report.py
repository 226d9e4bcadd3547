"""Figures → a Markdown table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def table(figures: Mapping[str, Any]) -> str:
    """The figures of a run, one row each; with stock Rasa beside ours where it ran."""
    rows = [["measured", "ours", "stock Rasa"], ["---", "--:", "--:"]]
    for name, sets in figures.items():
        ours, stock = sets["ours"], sets.get("stock", {})
        rows += [[f"{name}: {key}", _cell(value), _cell(stock.get(key))] for key, value in ours.items()]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _cell(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.3f}" if abs(value) <= 1 else f"{value:,.1f}"
