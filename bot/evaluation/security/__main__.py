"""``python -m bot.evaluation.security``: masking, fifty thousand random requests, a day's traffic; Markdown tables.

Starts both servers on free ports with a folder of their own. ``--requests`` and ``--people`` change how many.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from random import Random
from statistics import mean
from tempfile import TemporaryDirectory

from bot.channels.wechat.simulator.account import Account
from bot.evaluation.security import day
from bot.evaluation.security.fuzz import fuzz
from bot.evaluation.security.masking import COUNT, measure
from bot.setup.problem import Problem
from bot.setup.project import Project
from bot.setup.servers import linked_index, running
from bot.setup.wechat import MADE_UP

SEEDS = (1, 2, 3)
UNLIMITED = {"BANSHI_RATE_SESSION": "0", "BANSHI_RATE_ADDRESS": "0", "BANSHI_WECHAT_RATE": "0"}
PATIENT = {"BANSHI_TURN_SECONDS": "25"}
"""A machine that is busy with other things answers late, which is not what is looked for here."""


def main() -> int:
    """Measure and print; the exit code is 1 when something personal was left or a request was answered 5xx."""
    parser = argparse.ArgumentParser(prog="bot.evaluation.security")
    parser.add_argument("--requests", type=int, default=50_000)
    parser.add_argument("--people", type=int, default=300)
    chosen = parser.parse_args()
    _print_masking()
    here = Project.here()
    with TemporaryDirectory() as folder:
        project = replace(here, var=Path(folder))
        linked_index(here, project)
        with running(project, settings={**UNLIMITED, **PATIENT, **MADE_UP}) as servers:
            left = day.traffic(servers.website, _account(), chosen.people, Random(1))
            day.search(project.var, left)
            _print_day(left)
            fuzzed = fuzz(servers.website, chosen.requests, seed=1)
        day.search(project.var, left)
    statuses = ", ".join(f"{status}: {count:,}" for status, count in sorted(fuzzed.statuses.items()))
    print(
        f"\n{fuzzed.requests:,} random requests in {fuzzed.seconds:.0f} s, slowest {fuzzed.slowest:.2f} s: {statuses};"
    )
    print(
        f"{len(fuzzed.failures)} answered 5xx, {len(fuzzed.broken)} not answered. Afterwards {len(left.found)} traces."
    )
    print(f"The slowest: {fuzzed.slowest_request}", file=sys.stderr)
    for problem in [*fuzzed.failures, *fuzzed.broken, *left.found][:20]:
        print(problem, file=sys.stderr)
    return 1 if fuzzed.failures or fuzzed.broken or left.found else 0


def _print_masking() -> None:
    measured = [measure(seed) for seed in SEEDS]
    print(f"Masking, {len(SEEDS)} × {COUNT:,} texts with personal numbers and as many with others:\n")
    print("| | |\n|---|--:|")
    print(f"| recall | {mean(one.recall for one in measured):.2%} |")
    print(f"| false masks | {mean(one.false for one in measured):.2%} |")
    print(f"| a message, median | {mean(one.median for one in measured):.3f} ms |")
    print(f"| a message, 99th percentile | {mean(one.slow for one in measured):.3f} ms |", flush=True)


def _print_day(left: day.Left) -> None:
    print(
        f"\nA day: {left.people} people, {left.messages:,} messages, {len(left.needles):,} personal numbers, tokens and"
    )
    print(f"OpenIDs looked for in {left.files} files and {left.rows:,} rows: {len(left.found)} found.", flush=True)


def _account() -> Account:
    return Account(*(MADE_UP[f"BANSHI_WECHAT_{name}"] for name in ("TOKEN", "AES_KEY", "APP_ID")))


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Problem as problem:
        sys.exit(str(problem))
