"""Holds processes to a share of a core each, by stopping them for the rest of every few milliseconds."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress

from bot.evaluation.turns.memory import processor

SLICE = 0.04  # seconds
"""In which a process may use its share; turns take longer."""


@contextmanager
def held(pids: Sequence[int], share: float) -> Iterator[None]:
    """For the length of the block no process uses more than ``share`` of a core, counted from its start."""
    with ExitStack() as ends:
        for pid in pids:
            ended = threading.Event()
            thread = threading.Thread(target=_hold, args=(pid, share, ended))
            thread.start()
            ends.callback(thread.join)
            ends.callback(ended.set)
        yield


def _hold(pid: int, share: float, ended: threading.Event) -> None:
    """Let the process run while it has used less than its share of the time that passed; a rest is not saved up."""
    with suppress(ProcessLookupError, FileNotFoundError):  # it may end before the block does
        begun, used = time.monotonic(), processor(pid)
        while not ended.wait(SLICE * share):
            over = (processor(pid) - used) / share - (time.monotonic() - begun)
            if over > 0:
                os.kill(pid, signal.SIGSTOP)
                ended.wait(over)
                os.kill(pid, signal.SIGCONT)
            else:
                begun, used = time.monotonic(), processor(pid)
