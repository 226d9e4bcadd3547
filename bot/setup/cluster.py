"""``make cluster``: the topology of deploy/ as processes on loopback.

Two Rasa servers and two action servers behind nginx, one PostgreSQL, one Redis; everything in ``var/cluster``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from bot.setup import databases, health, nginx, ports, processes, secret, signals, variables
from bot.setup.processes import Server
from bot.setup.project import Project
from bot.setup.servers import rasa_command

SERVERS = 2
BEHIND = ("rasa", "actions", "console")
HERE = f"http://{ports.LOOPBACK}"


@dataclass
class Cluster:
    """What runs: processes by name (``postgresql``, ``redis``, ``actions-1``, ``rasa-1``, ``nginx`` …), how each was
    started, where they listen, and what nginx publishes: the ``website`` and, for the inside, the ``console``."""

    project: Project
    website: str
    console: str
    environment: dict[str, str]
    ports: dict[str, int]
    servers: dict[str, Server] = field(default_factory=dict)
    commands: dict[str, tuple[list[object], Mapping[str, str]]] = field(default_factory=dict)
    health: dict[str, str] = field(default_factory=dict)

    def start(self, name: str) -> None:
        """Start a process of the cluster, for the first time or again."""
        command, extra = self.commands[name]
        log = self.project.logs / f"{name}.log"
        self.servers[name] = processes.start(name, command, self.project.root, {**self.environment, **extra}, log)

    def wait(self, look: Callable[[], None]) -> None:
        """Wait until every server with a health address answers. Raises Problem."""
        health.wait({self.servers[name]: address for name, address in self.health.items()}, look)

    def stop(self) -> None:
        """Stop everything, those that serve first."""
        for names in (("nginx",), ("rasa", "actions"), ("redis", "postgresql")):
            processes.stop([server for name, server in self.servers.items() if name.startswith(names)])


@contextmanager
def running(
    project: Project, port: int = 0, console: int = 0, settings: Mapping[str, str] | None = None
) -> Iterator[Cluster]:
    """Run the cluster for the length of the block, at ``port`` and the console at another; 0 means any free one.

    Raises Problem when a program is missing or does not start.
    """
    cluster = _described(project, port or ports.free_port(), console, settings or {})
    try:
        with signals.noted() as look:
            for name in ("postgresql", "redis"):
                cluster.start(name)
            databases.await_postgresql(cluster.servers["postgresql"], cluster.environment["BANSHI_DB"])
            for name in cluster.commands:
                if name not in cluster.servers:
                    cluster.start(name)
            cluster.wait(look)
        yield cluster
    finally:
        with signals.noted():
            cluster.stop()


def _described(project: Project, port: int, console: int, settings: Mapping[str, str]) -> Cluster:
    folder = project.var / "cluster"
    folder.mkdir(parents=True, exist_ok=True)
    names = ["inner", "console", "redis", "postgresql"]
    names += [f"{kind}-{n}" for kind in BEHIND for n in _numbers()]
    at = {name: ports.free_port() for name in names}
    at["console"] = console or at["console"]
    password = databases.password(folder)
    cluster = Cluster(project, f"{HERE}:{port}", f"{HERE}:{at['console']}", _environment(project, at, password), at)
    cluster.environment.update(settings)
    cluster.commands["postgresql"] = (databases.postgresql(folder, at["postgresql"], password), {})
    cluster.commands["redis"] = (databases.redis(folder, at["redis"]), {})
    _add_servers(cluster)
    rasa, actions, console_behind = ([_address(at, f"{kind}-{n}") for n in _numbers()] for kind in BEHIND)
    listen, inner, desk = f"{ports.LOOPBACK}:{port}", _address(at, "inner"), _address(at, "console")
    front = nginx.Front(listen, inner, desk, rasa, actions, console_behind)
    configuration = nginx.write(project, front, folder / "nginx")
    nginx.check(configuration)
    cluster.commands["nginx"] = ([nginx.program(), "-c", configuration, "-g", "daemon off;"], {})
    cluster.health["nginx"] = f"{cluster.website}/webhooks/website/health"
    return cluster


def _environment(project: Project, at: Mapping[str, int], password: str) -> dict[str, str]:
    """Of every server."""
    return {
        **variables.SERVERS,
        **variables.for_children(project),
        **secret.variables(project),
        "BANSHI_DB": f"postgresql://banshi:{password}@{_address(at, 'postgresql')}/postgres",
        "BANSHI_REDIS_URL": f"redis://{_address(at, 'redis')}/0",
        "BANSHI_ACTIONS_URL": f"http://{_address(at, 'inner')}/webhook",
        "BANSHI_PROXIES": "1",
        "BANSHI_CONSOLE_PROXIES": ports.LOOPBACK,
        "BANSHI_LOG": "json",
    }


def _add_servers(cluster: Cluster) -> None:
    project, at = cluster.project, cluster.ports
    for number in _numbers():
        name = f"actions-{number}"
        own = {"BANSHI_ACTIONS_PORT": str(at[name]), "BANSHI_CONSOLE_PORT": str(at[f"console-{number}"])}
        cluster.commands[name] = ([project.python, "-m", "actions"], own)
        cluster.health[name] = f"{HERE}:{at[name]}/health/ready"
    for number in _numbers():
        name = f"rasa-{number}"
        cluster.commands[name] = (rasa_command(project, at[name]), {"BANSHI_PORT": str(at[name])})
        cluster.health[name] = f"{HERE}:{at[name]}/health/ready"


def _address(at: Mapping[str, int], name: str) -> str:
    return f"{ports.LOOPBACK}:{at[name]}"


def _numbers() -> range:
    return range(1, SERVERS + 1)


def require_programs() -> None:
    """Raises Problem, with what to install, when a program of the cluster is missing."""
    nginx.program()
    databases.require_programs()
