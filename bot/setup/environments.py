"""The two environments: which are out of date, and the steps that rebuild them.

Each has a lock for running and one more for developing. A stamp file per lock, written last, holds the lock's hash: an
environment without it was interrupted or is stale, and is built again from nothing.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bot.setup import disk, installing, pythons, torch_build
from bot.setup.progress import Step
from bot.setup.project import Project


@dataclass(frozen=True)
class Environment:
    """``lock`` and ``dev_lock`` are file names in requirements/; ``last`` is what no lock can install."""

    folder: str
    purpose: str
    versions: tuple[str, ...]
    setting: str
    lock: str
    dev_lock: str
    takes: str
    gigabytes: float
    last: tuple[str, str, Callable[[Project, Mapping[str, str]], None]] | None = None


RASA = Environment(
    ".venv-rasa", "Rasa", ("3.10",), "BANSHI_PYTHON310", "rasa.txt", "rasa-dev.txt", "about 3 minutes", 3.0
)
ACTIONS = Environment(
    ".venv",
    "the action server",
    ("3.11", "3.12", "3.13"),
    "BANSHI_PYTHON311",
    "actions.txt",
    "dev.txt",
    "about 2 minutes",
    3.0,
    ("Installing torch", "about 1 minute with a CPU build", torch_build.install),
)


def steps(project: Project, dev: bool, environ: Mapping[str, str] = os.environ) -> list[Step]:
    """What is to be done until both environments are as locked; empty when they are.

    Raises Problem when a Python is missing or the disk is too full.
    """
    stale = [environment for environment in (RASA, ACTIONS) if not _is_current(project, environment, environment.lock)]
    if stale:
        disk.require(sum(environment.gigabytes for environment in stale), project.root)
    todo = [step for environment in stale for step in _build(project, environment, environ)]
    for environment in (RASA, ACTIONS):
        if dev and (environment in stale or not _is_current(project, environment, environment.dev_lock)):
            todo.append(_install_dev(project, environment, environ))
    return todo


def fingerprint(root: Path, lock: str) -> str:
    """Hash of everything one lock installs; torch is pinned beside the lock of the action server, not in it."""
    text = (root / "requirements" / lock).read_text(encoding="utf-8")
    beside = torch_build.requirement(root) if lock == ACTIONS.lock else ""
    return hashlib.sha256((text + beside).encode()).hexdigest()


def _stamp(project: Project, environment: Environment, lock: str) -> Path:
    return project.root / environment.folder / f"banshi-{lock}.stamp"


def _is_current(project: Project, environment: Environment, lock: str) -> bool:
    stamp = _stamp(project, environment, lock)
    python = project.root / environment.folder / "bin" / "python"
    return python.exists() and stamp.exists() and stamp.read_text() == fingerprint(project.root, lock)


def _write_stamp(project: Project, environment: Environment, lock: str) -> None:
    _stamp(project, environment, lock).write_text(fingerprint(project.root, lock))


def _build(project: Project, environment: Environment, environ: Mapping[str, str]) -> list[Step]:
    base = pythons.find(environment.versions, environment.setting, environ)
    title = f"Installing the libraries of {environment.purpose} into {environment.folder}"
    build = partial(installing.from_nothing, project, environment.folder, environment.lock, base, environ)
    finish = partial(_write_stamp, project, environment, environment.lock)
    if not environment.last:
        return [Step(title, environment.takes, _in_order(build, finish))]
    last_title, last_takes, install_last = environment.last
    return [
        Step(title, environment.takes, build),
        Step(last_title, last_takes, _in_order(partial(install_last, project, environ), finish)),
    ]


def _in_order(*actions: Callable[[], None]) -> Callable[[], None]:
    def run() -> None:
        for action in actions:
            action()

    return run


def _install_dev(project: Project, environment: Environment, environ: Mapping[str, str]) -> Step:
    install = partial(installing.add, project, environment.folder, environment.dev_lock, environ)
    finish = partial(_write_stamp, project, environment, environment.dev_lock)
    return Step(f"Installing the test tools into {environment.folder}", "about 20 seconds", _in_order(install, finish))
