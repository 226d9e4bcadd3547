"""The commands behind the Makefile."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable

from bot.setup import (
    checks,
    cluster,
    console,
    evaluation,
    health,
    index,
    installing,
    locks,
    ports,
    signals,
    suite,
    training,
)
from bot.setup.modules import run_module
from bot.setup.preparing import build_environments, prepare
from bot.setup.problem import Problem
from bot.setup.progress import shown
from bot.setup.project import Project
from bot.setup.servers import running
from bot.setup.wechat import simulate

PORT, ACTIONS_PORT = 5005, 5055


def main(arguments: list[str]) -> int:
    """Run one command; the exit code. A Problem is printed as its sentence, Ctrl-C ends quietly."""
    name, rest = (arguments or [""])[0], arguments[1:]
    if name not in COMMANDS:
        print(f"Choose one of: {', '.join(sorted(COMMANDS))}.", file=sys.stderr)
        return 2
    signals.take_over(_interrupt)
    try:
        return COMMANDS[name](Project.here(), rest)
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", flush=True)
        return 130


def run(project: Project, rest: list[str]) -> int:
    """Prepare, start both servers, print where they are, and keep them until Ctrl-C."""
    chosen = _free_ports()
    prepare(project)
    try:
        with running(project, *chosen, starting=shown("Starting both servers")) as servers:
            print(f"Demo page      {servers.website}/webhooks/website/demo")
            print(f"Console        {servers.console}/console/")
            print(f"Action server  {servers.actions}/health")
            print("Ctrl-C stops both.", flush=True)
            servers.wait()
    except KeyboardInterrupt:
        print("\nBoth servers are stopped.", flush=True)
    return 0


def run_cluster(project: Project, rest: list[str]) -> int:
    """Prepare, and run two of each server with PostgreSQL, Redis and nginx until Ctrl-C."""
    port = ports.configured("BANSHI_PORT", PORT)
    ports.require_free(port, "BANSHI_PORT")
    desk = ports.configured("BANSHI_CONSOLE_PORT", console.PORT)
    ports.require_free(desk, "BANSHI_CONSOLE_PORT")
    prepare(project)
    try:
        with cluster.running(project, port, desk) as together, signals.noted() as look:
            print(f"Demo page      {together.website}/webhooks/website/demo")
            print(f"Console        {together.console}/console/\nCtrl-C stops everything.", flush=True)
            while True:
                look()
                health.require_alive(together.servers.values())
                time.sleep(0.5)
    except KeyboardInterrupt:
        print("\nEverything is stopped.", flush=True)
    return 0


def chat(project: Project, rest: list[str]) -> int:
    """Prepare, start both servers on free ports, and talk with the bot in the terminal."""
    prepare(project)
    with running(project, starting=shown("Starting both servers")) as servers:
        return run_module(project, "bot.channels.terminal", "--url", servers.website)


def train(project: Project, rest: list[str]) -> int:
    """Environments, index and model, up to date."""
    prepare(project)
    print(f"The model is {project.shown(training.current_model(project))}.")
    return 0


def test(project: Project, rest: list[str]) -> int:
    """Prepare and run the whole test suite, or the parts named in ``rest``."""
    suite.require_known(rest)
    suite.require_programs(rest)
    prepare(project, dev=True)
    return suite.run(project, rest)


def check(project: Project, rest: list[str]) -> int:
    """Lint, types, and the knowledge checked."""
    build_environments(project, dev=True)
    return checks.run(project)


def evaluate(project: Project, rest: list[str]) -> int:
    """Prepare and print the figures of every evaluation."""
    prepare(project, dev=True)
    return evaluation.run(project, rest)


def workshop(project: Project, rest: list[str]) -> int:
    """The editors' tools: bot.workshop with the words in ``rest``."""
    build_environments(project)
    return run_module(project, "bot.workshop", *rest)


def import_text(project: Project, rest: list[str]) -> int:
    """An official text into the knowledge: bot.retrieval.texts with the words in ``rest``."""
    build_environments(project)
    return run_module(project, "bot.retrieval.texts", *rest)


def lock(project: Project, rest: list[str]) -> int:
    """Resolve requirements/*.in into the locks again."""
    build_environments(project, dev=True)
    return locks.run(project, rest)


def clean(project: Project, rest: list[str]) -> int:
    """Remove everything built here; conversations and the secret in var/ stay."""
    for name in (".venv", ".venv-rasa", "models", "build", ".rasa", ".mypy_cache", ".ruff_cache", ".pytest_cache"):
        installing.remove(project.root / name)
    for folder in (project.logs, index.folder(project)):
        shutil.rmtree(folder, ignore_errors=True)
    print(f"Removed everything built here; conversations stay in {project.shown(project.var)}.")
    return 0


COMMANDS: dict[str, Callable[[Project, list[str]], int]] = {
    "run": run,
    "cluster": run_cluster,
    "chat": chat,
    "wechat-simulator": simulate,
    "console": console.serve,
    "console-user": console.user,
    "train": train,
    "test": test,
    "check": check,
    "evaluate": evaluate,
    "workshop": workshop,
    "import-text": import_text,
    "lock": lock,
    "clean": clean,
}


def _free_ports() -> tuple[int, int, int]:
    settings = {"BANSHI_PORT": PORT, "BANSHI_ACTIONS_PORT": ACTIONS_PORT, "BANSHI_CONSOLE_PORT": console.PORT}
    website, actions, staff = (ports.configured(name, default) for name, default in settings.items())
    for name, port in zip(settings, (website, actions, staff)):
        ports.require_free(port, name)
    return website, actions, staff


def _interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt
