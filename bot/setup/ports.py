"""Ports: which one is set, and whether it is free. Everything listens on loopback only."""

from __future__ import annotations

import os
import random
import socket
from collections.abc import Mapping

from bot.setup.problem import Problem

LOOPBACK = "127.0.0.1"
_chance = random.SystemRandom()
_found: set[int] = set()


def configured(setting: str, default: int, environ: Mapping[str, str] = os.environ) -> int:
    """The port in environment variable ``setting``, or ``default``. Raises Problem when it is no port number."""
    text = environ.get(setting) or str(default)
    if not (text.isdecimal() and 1 <= int(text) <= 65535):
        raise Problem(f"{setting} is {text!r}: write a port number from 1 to 65535, or unset it for {default}.")
    return int(text)


def require_free(port: int, setting: str) -> None:
    """Raises Problem when something else listens on ``port``."""
    if is_taken(port):
        raise Problem(
            f"Port {port} is taken by another program: stop that, or choose another port with {setting}=<number>."
        )


def is_taken(port: int) -> bool:
    """Whether something listens on ``port`` at loopback, or at every address of this machine."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return True
    return False


def free_port() -> int:
    """A port nothing listens on at this moment, and another one at every call.

    Below the ports Linux gives to outgoing connections: one of these could be taken while the server still starts.
    """
    while True:
        port = _chance.randrange(20_000, 32_000)
        if port not in _found and not is_taken(port):
            _found.add(port)
            return port
