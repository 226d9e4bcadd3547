"""``python -m bot.evaluation.load [beside|growth|ramp|workers|soak]``: Markdown tables; pictures in ``var/evaluation``.

Starts the servers itself. Stock Rasa is trained at the first ``beside``, which takes minutes, and kept in
``var/evaluation/stock``.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.evaluation.load import beside, growth, pictures, soak, steps, stock
from bot.evaluation.load.systems import ours, stock_rasa
from bot.setup.problem import Problem
from bot.setup.project import Project


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print. Raises Problem when there is no model or a server does not start."""
    chosen = _parser().parse_args(arguments)
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"{platform.machine()}, {os.cpu_count()} processors; load of the machine before: {load}.\n", flush=True)
    chosen.run(chosen)
    return 0


def _folder() -> Path:
    folder = Project.here().var / "evaluation"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _beside(chosen: argparse.Namespace) -> None:
    """one caller, sixteen callers, memory and start, beside stock Rasa"""
    folder = chosen.stock or _folder() / "stock"
    stock.model(Project.here(), folder)
    with TemporaryDirectory() as var, ours(Path(var), console=chosen.console) as system, stock_rasa(folder) as other:
        both = [(system, system.website), (other, other.stock)]
        mine, theirs = asyncio.run(beside.measure(both, chosen.seconds))
        by_server = {name: [f"{one / 1e6:.0f}" for one in memory] for name, memory in system.memory().items()}
        print(f"ours, MB by server (resident, proportional): {by_server}\n", flush=True)
    print(beside.table(mine, theirs), flush=True)
    for name, measured in (("ours", mine), ("stock", theirs)):
        for what, times in measured.many.failed.items():
            print(f"{name}: {times} × {what}")
    pictures.beside(mine, theirs, _folder() / "load-beside.png")


def _growth(chosen: argparse.Namespace) -> None:
    """turn 200 beside turn 5; the first conversations beside those after 100,000"""
    with TemporaryDirectory() as var, ours(Path(var)) as system:
        asyncio.run(growth.first_turns(system, seed=1))
        first = asyncio.run(growth.first_turns(system, seed=2))
        costs = asyncio.run(growth.by_turn(system))
        early, late = growth.late_by_early(costs)
        print(growth.ratio("turn 200 and turn 5", late, early), flush=True)
        rows = growth.fill(system.folder / "tracker.db", chosen.sessions)
        asyncio.run(growth.first_turns(system, seed=3))
        last = asyncio.run(growth.first_turns(system, seed=4))
    print(growth.ratio(f"after {chosen.sessions:,} conversations ({rows:,} rows) and among the first", last, first))
    pictures.growth([cost.waited for cost in costs], _folder() / "load-growth.png")


def _ramp(chosen: argparse.Namespace) -> None:
    """ever more callers, then ever more conversations a second, on both channels"""
    with TemporaryDirectory() as var, ours(Path(var)) as system:
        print(steps.table(asyncio.run(steps.ramp(system, chosen.seconds))))


def _workers(chosen: argparse.Namespace) -> None:
    """turns a second of one Rasa server and of two, in the cluster"""
    print(steps.workers(chosen.seconds, chosen.share))


def _soak(chosen: argparse.Namespace) -> None:
    """a steady load, for memory and failures"""
    file = _folder() / "soak.jsonl"
    file.unlink(missing_ok=True)
    with TemporaryDirectory() as var, ours(Path(var), console=True) as system:
        samples = soak.run(system, chosen.minutes, chosen.rate, file)
    turns, failed = sum(one.turns for one in samples), sum(one.failed for one in samples)
    grown = soak.growth(samples, chosen.minutes // 6)
    print(f"{chosen.minutes} minutes, {turns} turns, {failed} failed; memory after warm-up {grown:+.1%}.")
    pictures.soak(samples, _folder() / "load-soak.png")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot.evaluation.load", description=__doc__)
    commands = parser.add_subparsers()
    made = {}
    for run in (_beside, _growth, _ramp, _workers, _soak):
        name = run.__name__.strip("_")
        made[name] = commands.add_parser(name, help=run.__doc__)
        made[name].set_defaults(run=run)
    for name in ("beside", "ramp", "workers"):
        made[name].add_argument("--seconds", type=float, default=20.0, help="of each step")
    made["beside"].add_argument("--stock", type=Path, help="folder of the trained stock model")
    made["beside"].add_argument("--console", action="store_true", help="with the console in the action server")
    made["growth"].add_argument("--sessions", type=int, default=growth.SESSIONS)
    made["workers"].add_argument("--share", type=float, default=0.35, help="of a core for each Rasa server")
    made["soak"].add_argument("--minutes", type=int, default=60)
    made["soak"].add_argument("--rate", type=float, default=20.0, help="turns a second")
    parser.set_defaults(run=_beside, stock=None, seconds=20.0, console=False)
    return parser


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Problem as problem:
        sys.exit(str(problem))
