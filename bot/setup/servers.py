"""Both servers: started together, awaited, stopped together, for ``make run`` and the end-to-end tests alike."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass

from bot.setup import index, ports, processes, secret, training, variables
from bot.setup.logged import tail
from bot.setup.problem import Problem
from bot.setup.processes import Server
from bot.setup.project import Project

PATIENCE = 120.0
_WITHOUT_PROXY = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass(frozen=True)
class Running:
    """Two servers that answer. ``website`` and ``actions`` are their addresses, without a slash at the end."""

    website: str
    actions: str
    rasa: Server
    action_server: Server

    def wait(self) -> None:
        """Wait until one of them ends by itself. Raises Problem saying which, with the end of its log."""
        while True:
            _require_alive([self.rasa, self.action_server])
            time.sleep(0.5)


@contextmanager
def running(
    project: Project,
    port: int = 0,
    actions_port: int = 0,
    settings: Mapping[str, str] | None = None,
    starting: AbstractContextManager[None] | None = None,
) -> Iterator[Running]:
    """Run both servers for the length of the block; port 0 means any free one.

    ``project.var`` receives the conversations and logs; ``settings`` are further environment variables; ``starting`` is
    entered while they start. Raises Problem when there is no model, or a server ends or does not answer in two minutes.
    """
    started: list[Server] = []
    try:
        with starting or nullcontext():
            both = _start(
                project, port or ports.free_port(), actions_port or ports.free_port(), settings or {}, started
            )
        yield both
    finally:
        processes.stop(started)


def _start(
    project: Project, port: int, actions_port: int, settings: Mapping[str, str], started: list[Server]
) -> Running:
    website, actions = f"http://{ports.LOOPBACK}:{port}", f"http://{ports.LOOPBACK}:{actions_port}"
    addresses = {
        "BANSHI_PORT": str(port),
        "BANSHI_ACTIONS_PORT": str(actions_port),
        "BANSHI_ACTIONS_URL": f"{actions}/webhook",
    }
    environment = {**variables.for_children(project), **addresses, **secret.variables(project), **settings}
    commands = (
        ("The action server", [project.python, "-m", "actions"], "actions.log"),
        ("Rasa", rasa_command(project, port), "rasa.log"),
    )
    for name, command, log in commands:
        started.append(processes.start(name, command, project.root, environment, project.logs / log))
    _await_answers(started, [(started[0], f"{actions}/health"), (started[1], f"{website}/")])
    return Running(website, actions, started[1], started[0])


def rasa_command(project: Project, port: int) -> list[object]:
    """The command line of the Rasa server, on loopback. Raises Problem when there is no current model."""
    files = ["--endpoints", "endpoints.yml", "--credentials", "credentials.yml"]
    address = ["--interface", ports.LOOPBACK, "--port", str(port)]
    return [project.rasa_python, "-m", "rasa", "run", *address, *files, "--model", training.current_model(project)]


def _await_answers(started: list[Server], awaited: list[tuple[Server, str]], patience: float = PATIENCE) -> None:
    deadline = time.monotonic() + patience
    while awaited:
        _require_alive(started)
        awaited = [(server, address) for server, address in awaited if not answers(address)]
        if awaited and time.monotonic() > deadline:
            server = awaited[0][0]
            raise Problem(
                f"{server.name} did not answer in {patience:.0f} seconds; the end of its log:\n{tail(server.log)}"
            )
        time.sleep(0.1)


def answers(address: str) -> bool:
    """Whether a GET there succeeds now."""
    try:
        with _WITHOUT_PROXY.open(address, timeout=2) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _require_alive(servers: list[Server]) -> None:
    for server in servers:
        if not server.is_alive:
            code = server.popen.returncode
            raise Problem(
                f"{server.name} ended by itself (exit code {code}); the end of {server.log}:\n{tail(server.log)}"
            )


def linked_index(source: Project, target: Project) -> None:
    """Let ``target`` use the search index of ``source``: it is read only, and building another takes a minute."""
    target.var.mkdir(parents=True, exist_ok=True)
    index.folder(target).symlink_to(index.folder(source), target_is_directory=True)
