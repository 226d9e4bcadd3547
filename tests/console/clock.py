"""A clock that stands still until it is moved."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

NOON = datetime(2026, 6, 1, 12)


class Clock:
    """The present is ``now``, in UTC without a zone, as the console's tables hold it."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


def eventually(holds: Callable[[], bool], patience: float = 60.0) -> None:
    """Wait until something holds; fails when it does not in time."""
    end = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.02)
