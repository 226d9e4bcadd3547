"""A server as a child process: started in a process group of its own, stopped with all it started, never orphaned."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 10.0
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Server:
    """``name`` as a person calls it; ``log`` holds everything it prints."""

    name: str
    popen: subprocess.Popen[bytes]
    log: Path

    @property
    def is_alive(self) -> bool:
        """Whether the process still runs."""
        return self.popen.poll() is None


def start(name: str, command: Sequence[object], cwd: Path, env: Mapping[str, str], log: Path) -> Server:
    """Start ``command``; its output goes to ``log``, the log of the time before to ``<log>.1``."""
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists():
        os.replace(log, log.with_name(log.name + ".1"))
    with log.open("wb") as stream:
        popen = subprocess.Popen(
            [str(part) for part in command],
            cwd=cwd,
            env=dict(env),
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=stream,
            start_new_session=True,
            preexec_fn=_dies_with_its_parent(),
        )
    return Server(name, popen, log)


def stop(servers: Sequence[Server], patience: float = PATIENCE) -> None:
    """Ask every server to end, and end by force what is left after ``patience`` seconds."""
    for server in servers:
        _signal_group(server, signal.SIGTERM)
    deadline = time.monotonic() + patience
    for server in servers:
        with suppress(subprocess.TimeoutExpired):
            server.popen.wait(max(0.0, deadline - time.monotonic()))
        _signal_group(server, signal.SIGKILL)  # also what the server itself left behind
        server.popen.wait()


def _signal_group(server: Server, number: int) -> None:
    # macOS says "permission" for a group of ended processes.
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(server.popen.pid, number)


def _dies_with_its_parent() -> Callable[[], None] | None:
    """On Linux: what the child does before it becomes the server, so that it ends even when we are killed."""
    if sys.platform != "linux":
        return None
    prctl, parent = ctypes.CDLL(None).prctl, os.getpid()

    def prepare() -> None:
        prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)

    return prepare
