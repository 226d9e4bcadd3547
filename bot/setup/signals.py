"""Ctrl-C and termination at a moment that suits us.

An exception raised by a signal may strike anywhere, also inside the standard library's bookkeeping of child processes,
which then waits for ever. While servers start, run and stop, signals are therefore noted and looked at between steps.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

NUMBERS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextmanager
def noted() -> Iterator[Callable[[], None]]:
    """Signals only take note while the block runs; KeyboardInterrupt at its end if one came.

    The function it yields raises KeyboardInterrupt earlier, at a moment of the block's own choice.
    """
    came: list[int] = []

    def look() -> None:
        if came:
            raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield look
        return
    before = take_over(lambda number, frame: came.append(number))
    try:
        yield look
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    look()


def take_over(handler: Callable[[int, FrameType | None], None]) -> dict[int, Any]:
    """Install ``handler`` for every one of NUMBERS that is not ignored, as under nohup; the handlers of before."""
    wanted = [number for number in NUMBERS if signal.getsignal(number) is not signal.SIG_IGN]
    return {number: signal.signal(number, handler) for number in wanted}
