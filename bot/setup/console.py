"""``make console`` and ``make console-user``: the hotline console needs neither the model nor Rasa to run."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence

from bot.setup import environments, exclusive, index, ports, variables
from bot.setup.modules import run_module
from bot.setup.problem import Problem
from bot.setup.progress import run_steps
from bot.setup.project import Project

PORT = 5056


def serve(project: Project, rest: list[str]) -> int:
    """The console at BANSHI_CONSOLE_PORT until Ctrl-C."""
    port = ports.configured("BANSHI_CONSOLE_PORT", PORT)
    ports.require_free(port, "BANSHI_CONSOLE_PORT")
    with exclusive.building(project):
        run_steps([*environments.steps(project, False), *index.steps(project)])
    print(f"Console  http://{ports.LOOPBACK}:{port}/console/\nCtrl-C stops it.", flush=True)
    environment = {**variables.SERVERS, **variables.for_children(project), "BANSHI_CONSOLE_PORT": str(port)}
    return subprocess.run([str(project.python), "-m", "bot.console"], cwd=project.root, env=environment).returncode


def user(project: Project, rest: list[str]) -> int:
    """An account, its password asked for. Raises Problem when the name or the role is missing."""
    wanted = words(rest)
    with exclusive.building(project):
        run_steps(environments.steps(project, False))
    return run_module(project, "bot.console", "user", *wanted)


def words(rest: Sequence[str]) -> list[str]:
    """The words of ``NAME=…``, ``ROLE=…`` and ``SSO=yes`` for bot.console. Raises Problem."""
    given = dict(word.split("=", 1) for word in rest if "=" in word)
    if not given.get("NAME") or not given.get("ROLE"):
        raise Problem("Write for example: make console-user NAME=li ROLE=operator (or editor, admin).")
    return [given["NAME"], given["ROLE"], *(["sso"] if given.get("SSO") == "yes" else [])]
