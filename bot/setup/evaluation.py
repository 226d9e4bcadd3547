"""``make evaluate``: every package of bot/evaluation that can be run, in the environment it needs."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path

from bot.setup import secret, variables, wechat
from bot.setup.problem import Problem
from bot.setup.progress import shown
from bot.setup.project import Project
from bot.setup.servers import running

IN_RASA = ("load", "nlu", "wechat")
AGAINST_SERVERS = ("wechat",)


def names(root: Path) -> list[str]:
    """The evaluations there are."""
    return sorted(path.parent.name for path in (root / "bot" / "evaluation").glob("*/__main__.py"))


def run(project: Project, chosen: Sequence[str]) -> int:
    """Run the chosen evaluations, or all; those against servers find the address in BANSHI_URL. Raises Problem."""
    known = names(project.root)
    for name in chosen:
        if name not in known:
            raise Problem(f"There is no evaluation {name!r}; there are {', '.join(known) or 'none yet'}.")
    failed = [name for name in chosen or known if _evaluate(project, name)]
    return 1 if failed else 0


def _evaluate(project: Project, name: str) -> int:
    python = project.rasa_python if name in IN_RASA else project.python
    needs_servers = name in AGAINST_SERVERS
    settings = wechat.account() if name == "wechat" else {}
    starting = shown("Starting both servers")
    with running(project, settings=settings, starting=starting) if needs_servers else nullcontext() as servers:
        environment = {**variables.for_children(project), **settings}
        if servers:
            environment |= {"BANSHI_URL": servers.website, "BANSHI_RASA_PID": str(servers.rasa.popen.pid)}
            environment |= secret.variables(project)
        print(f"== {name}", flush=True)
        return subprocess.run(
            [str(python), "-m", f"bot.evaluation.{name}"], cwd=project.root, env=environment
        ).returncode
