"""One build at a time in one working copy."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from bot.setup.project import Project


@contextmanager
def building(project: Project) -> Iterator[None]:
    """Hold the working copy's lock for the block, waiting for another holder to finish."""
    project.var.mkdir(parents=True, exist_ok=True)
    with (project.var / "setup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another make is building in this working copy: waiting for it.", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
