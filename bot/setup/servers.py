"""Both servers: started together, awaited, stopped together, for ``make run`` and the tests."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import NamedTuple

from bot.setup import health, index, ports, processes, secret, signals, training, variables
from bot.setup.processes import Server
from bot.setup.project import Project


class Ports(NamedTuple):
    """Where the two servers listen; the second serves the console too."""

    website: int
    actions: int
    console: int


@dataclass(frozen=True)
class Running:
    """Two servers that answer, the second at two addresses; without a slash at the end."""

    website: str
    actions: str
    console: str
    rasa: Server
    action_server: Server

    def wait(self) -> None:
        """Wait until one of them ends by itself.

        Raises Problem saying which, with the end of its log; KeyboardInterrupt on Ctrl-C or termination.
        """
        with signals.noted() as look:
            while True:
                look()
                health.require_alive([self.rasa, self.action_server])
                time.sleep(0.2)


@contextmanager
def running(
    project: Project,
    port: int = 0,
    actions_port: int = 0,
    console_port: int = 0,
    settings: Mapping[str, str] | None = None,
    starting: AbstractContextManager[None] | None = None,
) -> Iterator[Running]:
    """Run both servers for the length of the block; port 0 means any free one.

    ``project.var`` receives the conversations and logs; ``settings`` are further environment variables; ``starting`` is
    entered while they start. Raises Problem when there is no model, or a server ends or does not answer in two minutes.
    """
    started: list[Server] = []
    try:
        with starting or nullcontext(), signals.noted() as look:
            chosen = Ports(*(wanted or ports.free_port() for wanted in (port, actions_port, console_port)))
            both = _start(project, chosen, settings or {}, started)
            health.wait({both.rasa: f"{both.website}/", both.action_server: f"{both.actions}/health"}, look)
        yield both
    finally:
        with signals.noted():
            processes.stop(started)


def _start(project: Project, chosen: Ports, settings: Mapping[str, str], started: list[Server]) -> Running:
    website, actions, console = (f"http://{ports.LOOPBACK}:{port}" for port in chosen)
    addresses = {
        "BANSHI_PORT": str(chosen.website),
        "BANSHI_ACTIONS_PORT": str(chosen.actions),
        "BANSHI_ACTIONS_URL": f"{actions}/webhook",
        "BANSHI_CONSOLE_PORT": str(chosen.console),
    }
    environment = {**variables.SERVERS, **variables.for_children(project), **secret.variables(project)}
    environment.update({**addresses, **settings})
    commands = {
        "The action server": ([project.python, "-m", "actions"], "actions.log"),
        "Rasa": (rasa_command(project, chosen.website), "rasa.log"),
    }
    for name, (command, log) in commands.items():
        started.append(processes.start(name, command, project.root, environment, project.logs / log))
    return Running(website, actions, console, action_server=started[0], rasa=started[1])


def rasa_command(project: Project, port: int) -> list[object]:
    """The command line of the Rasa server, on loopback. Raises Problem when there is no current model."""
    files = ["--endpoints", "endpoints.yml", "--credentials", "credentials.yml"]
    address = ["--interface", ports.LOOPBACK, "--port", str(port)]
    module = "bot.channels.rasa_server"
    return [project.rasa_python, "-m", module, "run", *address, *files, "--model", training.current_model(project)]


def linked_index(source: Project, target: Project) -> None:
    """Let ``target`` use the search index of ``source``: it is read only, and building another takes a minute."""
    target.var.mkdir(parents=True, exist_ok=True)
    index.folder(target).symlink_to(index.folder(source), target_is_directory=True)
