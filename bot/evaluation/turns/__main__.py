"""``python -m bot.evaluation.turns``: starts both servers on free ports and prints Markdown tables."""

from __future__ import annotations

import os
import platform
import sys
import time
from dataclasses import replace
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from bot.evaluation.turns.client import Session
from bot.evaluation.turns.kinds import KINDS, Kind
from bot.evaluation.turns.memory import resident
from bot.setup.problem import Problem
from bot.setup.project import Project
from bot.setup.servers import Running, linked_index, running

TIMES = 25
"""Turns of each kind and language."""
UNLIMITED = {"BANSHI_RATE_SESSION": "0", "BANSHI_RATE_ADDRESS": "0"}


def main() -> None:
    """Measure and print. Raises Problem when there is no model or a server does not start."""
    here = Project.here()
    with TemporaryDirectory() as folder:
        project = replace(here, var=Path(folder))
        linked_index(here, project)
        started = time.monotonic()
        with running(project, settings=UNLIMITED) as servers:
            ready = time.monotonic() - started
            before = _memory(servers)
            print(
                f"{platform.machine()}, {os.cpu_count()} processors, one caller, {TIMES} turns a kind and language.\n"
            )
            _print_turns(servers.website)
            _print_servers(ready, before, _memory(servers))


def _print_turns(website: str) -> None:
    print("| turn | language | median, ms | 95th percentile, ms |\n|---|---|--:|--:|")
    for name, (kind, status) in KINDS.items():
        for language in ("zh", "en"):
            seconds = [_seconds(website, kind, status, language) for _ in range(TIMES)]
            late = quantiles(seconds, n=20)[-1]
            print(f"| {name} | {language} | {median(seconds) * 1000:.1f} | {late * 1000:.1f} |", flush=True)


def _seconds(website: str, kind: Kind, status: str, language: str) -> float:
    session = Session(website, language)
    try:
        last = kind(session, language)[-1]
        if status and last["status"] != status:
            raise RuntimeError(f"expected {status}, got {last['status']}: {last['text']}")
        return session.seconds
    finally:
        session.close()


def _memory(servers: Running) -> tuple[int, int]:
    return resident(servers.rasa.popen.pid), resident(servers.action_server.popen.pid)


def _print_servers(ready: float, before: tuple[int, int], after: tuple[int, int]) -> None:
    print("\n| both servers | |\n|---|--:|")
    print(f"| from start until both answer | {ready:.1f} s |")
    for when, (rasa, actions) in (("after the start", before), ("after the turns", after)):
        total, each = (rasa + actions) / 1e6, f"Rasa {rasa / 1e6:.0f}, actions {actions / 1e6:.0f}"
        print(f"| resident {when} | {total:.0f} MB ({each}) |")


if __name__ == "__main__":
    try:
        main()
    except Problem as problem:
        sys.exit(str(problem))
