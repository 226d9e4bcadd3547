"""Waits for a page to say something, from outside: its policy forbids the evaluation Playwright's own waiting needs."""

from __future__ import annotations

import time
from typing import Any

PATIENCE = 10.0  # seconds


def eventually(page: Any, expression: str) -> None:
    """Returns once the JavaScript ``expression`` is true in the page; fails when it is not in time."""
    until = time.monotonic() + PATIENCE
    while not page.evaluate(expression):
        assert time.monotonic() < until, f"not true within {PATIENCE:.0f} s: {expression}"
        page.wait_for_timeout(20)
