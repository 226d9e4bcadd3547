"""Work that no answer waits for, done in a thread of its own, one piece after the other."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

MOST = 1_000
"""Pieces that may wait; a database that is away for long must not fill the memory."""


class Afterwards:
    """Does what it is given, in order. Python finishes what waits before it ends, unless it is killed."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._waiting = 0
        self._lock = Lock()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="afterwards")

    def do(self, work: Callable[[], object]) -> bool:
        """Do this, which raises nothing, once all before it is done; False when too much waits already."""
        with self._lock:
            if self._waiting >= self._most:
                return False
            self._waiting += 1
        self._thread.submit(self._done, work)
        return True

    def settle(self) -> None:
        """Wait until all given so far is done."""
        self._thread.submit(lambda: None).result()

    def _done(self, work: Callable[[], object]) -> None:
        try:
            work()
        finally:
            with self._lock:
                self._waiting -= 1


AFTERWARDS = Afterwards()
"""The one of this process."""
