"""The editors' commands."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date

from bot.errors import BanshiError
from bot.settings import knowledge_folder, nlu_folder
from bot.workshop.check import check


def main(arguments: list[str]) -> int:
    """Run one command; the exit code. What went wrong is printed as its sentence."""
    name, rest = (arguments or [""])[0], arguments[1:]
    if name not in COMMANDS:
        print(f"Choose one of: {', '.join(sorted(COMMANDS))}.", file=sys.stderr)
        return 2
    try:
        return COMMANDS[name](rest)
    except BanshiError as error:
        print(error, file=sys.stderr)
        return 1


def check_knowledge(rest: list[str]) -> int:
    """Every problem of the knowledge; 0 when there is none."""
    findings = check(knowledge_folder(), nlu_folder(), date.today())
    print(findings)
    return 1 if findings.problems else 0


COMMANDS: dict[str, Callable[[list[str]], int]] = {"check": check_knowledge}
