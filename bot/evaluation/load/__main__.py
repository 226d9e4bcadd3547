"""``python -m bot.evaluation.load [beside|growth|ramp|soak]``: Markdown tables, and pictures in ``var/evaluation``.

Starts the servers itself. Stock Rasa is trained on the first run of ``beside``, which takes minutes, and kept in
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

from bot.evaluation.load import beside, soak, stock
from bot.evaluation.load.systems import ours, stock_rasa
from bot.setup.problem import Problem
from bot.setup.project import Project


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print. Raises Problem when there is no model or a server does not start."""
    chosen = _parser().parse_args(arguments)
    load = " ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"{platform.machine()}, {os.cpu_count()} processors, load before {load}.\n", flush=True)
    chosen.run(chosen)
    return 0


def _beside(chosen: argparse.Namespace) -> None:
    """Ours, then stock Rasa."""
    folder = chosen.stock or Project.here().var / "evaluation" / "stock"
    stock.model(Project.here(), folder)
    with TemporaryDirectory() as var, ours(Path(var)) as system:
        mine = asyncio.run(beside.measure(system, system.website, chosen.seconds))
    with stock_rasa(folder) as system:
        theirs = asyncio.run(beside.measure(system, system.stock, chosen.seconds))
    print(beside.table(mine, theirs), flush=True)
    for name, failed in (("ours", mine.many.failed), ("stock", theirs.many.failed)):
        for what, times in failed.items():
            print(f"{name}: {times} × {what}")


def _ours(chosen: argparse.Namespace) -> None:
    """Ours alone."""
    with TemporaryDirectory() as var, ours(Path(var)) as system:
        mine = asyncio.run(beside.measure(system, system.website, chosen.seconds))
        memory = {name: [f"{one / 1e6:.0f}" for one in both] for name, both in system.memory().items()}
    print(beside.table(mine, mine), memory, mine.many.failed, flush=True)


def _soak(chosen: argparse.Namespace) -> None:
    """A steady load, for memory and failures."""
    file = Project.here().var / "evaluation" / "soak.jsonl"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    with TemporaryDirectory() as var, ours(Path(var), console=True) as system:
        samples = soak.run(system, chosen.minutes, chosen.rate, file)
    turns, failed = sum(one.turns for one in samples), sum(one.failed for one in samples)
    grown = soak.growth(samples, chosen.minutes // 6)
    print(f"{chosen.minutes} minutes, {turns} turns, {failed} failed; memory after warm-up {grown:+.1%}.")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot.evaluation.load", description=__doc__)
    parser.set_defaults(run=_beside, stock=None, seconds=20.0)
    commands = parser.add_subparsers()
    for name, run in (("beside", _beside), ("ours", _ours)):
        command = commands.add_parser(name, help=run.__doc__)
        command.add_argument("--stock", type=Path, help="folder of the trained stock model")
        command.add_argument("--seconds", type=float, default=20.0, help="of sixteen callers, each system")
        command.set_defaults(run=run)
    command = commands.add_parser("soak", help=_soak.__doc__)
    command.add_argument("--minutes", type=int, default=60)
    command.add_argument("--rate", type=float, default=20.0, help="turns a second")
    command.set_defaults(run=_soak)
    return parser


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Problem as problem:
        sys.exit(str(problem))
