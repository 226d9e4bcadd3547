"""The two systems that are compared, started alike: ours with both its servers, and stock Rasa."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import aiohttp

from bot.channels.wechat.simulator.account import Account
from bot.evaluation.load import stock
from bot.evaluation.load.callers import AtStock, Caller, OnWebsite, OnWechat
from bot.evaluation.turns.memory import processor, proportional, resident
from bot.setup import health, ports, processes, wechat
from bot.setup.processes import Server
from bot.setup.project import Project
from bot.setup.servers import linked_index, running

SETTINGS = {
    "BANSHI_RATE_SESSION": "0",
    "BANSHI_RATE_ADDRESS": "0",
    "BANSHI_WECHAT_RATE": "0",
    **wechat.MADE_UP,
}
ACCOUNT = Account(*wechat.MADE_UP.values())
New = Callable[[aiohttp.ClientSession], Caller]


@dataclass(frozen=True)
class System:
    """What answers at ``address``; ``ready`` is how many seconds it took from start until it did."""

    address: str
    servers: dict[str, Server]
    ready: float
    folder: Path

    def memory(self) -> dict[str, tuple[int, int]]:
        """(resident, proportional) bytes by server."""
        pids = {name: server.popen.pid for name, server in self.servers.items()}
        return {name: (resident(pid), proportional(pid)) for name, pid in pids.items()}

    def processor(self) -> float:
        """Seconds of processor time all servers have used."""
        return sum(processor(server.popen.pid) for server in self.servers.values())

    def website(self, http: aiohttp.ClientSession) -> Caller:
        """A new person on our website."""
        return OnWebsite(http, self.address)

    def wechat(self, http: aiohttp.ClientSession) -> Caller:
        """A new person on WeChat."""
        return OnWechat(http, self.address, ACCOUNT)

    def stock(self, http: aiohttp.ClientSession) -> Caller:
        """A new person at stock Rasa."""
        return AtStock(http, self.address)


@contextmanager
def ours(folder: Path, console: bool = False) -> Iterator[System]:
    """Both our servers with SQLite in ``folder``; the console is served where it is asked for."""
    here = Project.here()
    project = replace(here, var=folder)
    if not (folder / "index").exists():
        linked_index(here, project)
    began = time.perf_counter()
    settings = SETTINGS if console else {**SETTINGS, "BANSHI_CONSOLE_PORT": ""}
    with running(project, settings=settings) as servers:
        ready = time.perf_counter() - began
        yield System(servers.website, {"Rasa": servers.rasa, "actions": servers.action_server}, ready, folder)


@contextmanager
def stock_rasa(folder: Path) -> Iterator[System]:
    """Stock Rasa from ``folder``, where it has been trained."""
    port, began = ports.free_port(), time.perf_counter()
    address = f"http://{ports.LOOPBACK}:{port}"
    server = stock.start(Project.here(), folder, port)
    try:
        health.wait({server: f"{address}/"}, lambda: None, patience=600)
        yield System(address, {"Rasa": server}, time.perf_counter() - began, folder)
    finally:
        processes.stop([server])
