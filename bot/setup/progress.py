"""Long steps, one line each: "[2/6] Installing … (about 3 minutes)", with the elapsed time on a terminal."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TextIO


@dataclass(frozen=True)
class Step:
    """``title`` says what is done, ``takes`` how long roughly ("" when short), ``run`` does it."""

    title: str
    takes: str
    run: Callable[[], None]


def run_steps(steps: Sequence[Step], out: TextIO = sys.stdout) -> None:
    """Run the steps in order, showing which of how many. Raises what a step raises."""
    for number, step in enumerate(steps, start=1):
        line = f"[{number}/{len(steps)}] {step.title}" + (f" ({step.takes})" if step.takes else "")
        with shown(line, out):
            step.run()


@contextmanager
def shown(line: str, out: TextIO = sys.stdout) -> Iterator[None]:
    """Show ``line`` while the block runs, with a running clock on a terminal, else with the time it took at the end."""
    started = time.monotonic()
    if not out.isatty():
        print(line, file=out, flush=True)
        yield
        print(f"      done in {clock(time.monotonic() - started)}", file=out, flush=True)
        return
    over = threading.Event()
    ticker = threading.Thread(target=_tick, args=(line, started, over, out), daemon=True)
    ticker.start()
    try:
        yield
    finally:
        over.set()
        ticker.join()
        print(f"\r{line}  {clock(time.monotonic() - started)}", file=out, flush=True)


def clock(seconds: float) -> str:
    """Seconds as m:ss."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def _tick(line: str, started: float, over: threading.Event, out: TextIO) -> None:
    while not over.wait(1):
        print(f"\r{line}  {clock(time.monotonic() - started)}", end="", file=out, flush=True)
