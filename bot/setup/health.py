"""Whether servers live and answer."""

from __future__ import annotations

import time
import urllib.request
from collections.abc import Callable, Iterable, Mapping

from bot.setup.logged import end_of
from bot.setup.problem import Problem
from bot.setup.processes import Server

PATIENCE = 120.0
_WITHOUT_PROXY = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def wait(addresses: Mapping[Server, str], look: Callable[[], None], patience: float = PATIENCE) -> None:
    """Wait until every server answers at its address; ``look`` is called in between.

    Raises Problem when one ends, or is silent for ``patience`` seconds.
    """
    deadline = time.monotonic() + patience
    silent = dict(addresses)
    while silent:
        look()
        require_alive(addresses)
        silent = {server: address for server, address in silent.items() if not answers(address)}
        for server in silent:
            if time.monotonic() > deadline:
                raise Problem(f"{server.name} did not answer in {patience:.0f} seconds. {end_of(server.log)}")
        time.sleep(0.1)


def require_alive(servers: Iterable[Server]) -> None:
    """Raises Problem when one has ended, saying how, with the end of its log."""
    for server in servers:
        if not server.is_alive:
            raise Problem(f"{server.name} {_ending(server.popen.returncode)}. {end_of(server.log)}")


def answers(address: str) -> bool:
    """Whether a GET there succeeds now."""
    try:
        with _WITHOUT_PROXY.open(address, timeout=2) as response:
            return bool(response.status == 200)
    except OSError:
        return False


def _ending(code: int) -> str:
    return f"was killed by signal {-code}" if code < 0 else f"ended by itself with exit code {code}"
