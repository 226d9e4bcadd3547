"""``make cluster``: the topology of deploy/ as processes on loopback.

Two Rasa servers and two action servers behind nginx, one PostgreSQL, one Redis; everything in ``var/cluster``.
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.setup import health, nginx, ports, processes, secret, signals, variables
from bot.setup.problem import Problem
from bot.setup.processes import Server
from bot.setup.project import Project
from bot.setup.servers import rasa_command

SERVERS = 2
_USER = "postgres"


@dataclass
class Cluster:
    """What runs: processes by name (``postgresql``, ``redis``, ``actions-1``, ``rasa-1``, ``nginx`` …), how each was
    started, and the public ``website`` address."""

    project: Project
    website: str
    environment: dict[str, str]
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
def running(project: Project, port: int = 0, settings: Mapping[str, str] | None = None) -> Iterator[Cluster]:
    """Run the cluster for the length of the block. Raises Problem when a program is missing or does not start."""
    cluster = _described(project, port or ports.free_port(), settings or {})
    try:
        with signals.noted() as look:
            for name in ("postgresql", "redis"):
                cluster.start(name)
            _await_database(cluster)
            for name in cluster.commands:
                if name not in cluster.servers:
                    cluster.start(name)
            cluster.wait(look)
        yield cluster
    finally:
        with signals.noted():
            cluster.stop()


def _described(project: Project, port: int, settings: Mapping[str, str]) -> Cluster:
    folder = project.var / "cluster"
    folder.mkdir(parents=True, exist_ok=True)
    names = ["inner", "redis", "postgresql", *(f"{kind}-{n}" for kind in ("actions", "rasa") for n in _numbers())]
    at = {name: ports.free_port() for name in names}
    password = _password(folder)
    database = f"postgresql://banshi:{password}@{ports.LOOPBACK}:{at['postgresql']}/postgres"
    environment = {**variables.SERVERS, **variables.for_children(project), **secret.variables(project)}
    environment |= {
        "BANSHI_DB": database,
        "BANSHI_REDIS_URL": f"redis://{ports.LOOPBACK}:{at['redis']}/0",
        "BANSHI_ACTIONS_URL": f"http://{ports.LOOPBACK}:{at['inner']}/webhook",
        "BANSHI_PROXIES": "1",
        "BANSHI_LOG": "json",
        **settings,
    }
    cluster = Cluster(project, f"http://{ports.LOOPBACK}:{port}", environment)
    cluster.commands["postgresql"] = (_postgresql(folder, at["postgresql"], password), {})
    cluster.commands["redis"] = (_redis(folder, at["redis"]), {})
    _add_servers(cluster, at)
    behind = {kind: [f"{ports.LOOPBACK}:{at[f'{kind}-{n}']}" for n in _numbers()] for kind in ("rasa", "actions")}
    front = nginx.Front(
        f"{ports.LOOPBACK}:{port}", f"{ports.LOOPBACK}:{at['inner']}", behind["rasa"], behind["actions"]
    )
    configuration = nginx.write(project, front, folder / "nginx")
    nginx.check(configuration)
    cluster.commands["nginx"] = ([nginx.program(), "-c", configuration, "-g", "daemon off;"], {})
    cluster.health["nginx"] = f"{cluster.website}/webhooks/website/health"
    return cluster


def _add_servers(cluster: Cluster, at: Mapping[str, int]) -> None:
    project = cluster.project
    for number in _numbers():
        name, port = f"actions-{number}", at[f"actions-{number}"]
        cluster.commands[name] = ([project.python, "-m", "actions"], {"BANSHI_ACTIONS_PORT": str(port)})
        cluster.health[name] = f"http://{ports.LOOPBACK}:{port}/health/ready"
    for number in _numbers():
        name, port = f"rasa-{number}", at[f"rasa-{number}"]
        cluster.commands[name] = (rasa_command(project, port), {"BANSHI_PORT": str(port)})
        cluster.health[name] = f"http://{ports.LOOPBACK}:{port}/health/ready"


def _password(folder: Path) -> str:
    """The database's, made once and kept beside it."""
    file = folder / "password"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_hex(16))
    return file.read_text()


def _numbers() -> range:
    return range(1, SERVERS + 1)


def require_programs() -> None:
    """Raises Problem, with what to install, when a program of the cluster is missing."""
    nginx.program()
    redis_program()
    _program("postgres")
    _user()


def redis_program() -> str:
    """Where Redis is. Raises Problem when it is not installed."""
    found = shutil.which("redis-server")
    if not found:
        raise Problem("Redis is not installed: run `apt-get install redis-server`.")
    return found


def _redis(folder: Path, port: int) -> list[object]:
    data = folder / "redis"
    data.mkdir(exist_ok=True)
    return [redis_program(), "--bind", ports.LOOPBACK, "--port", port, "--dir", data, "--appendonly", "yes"]


def _postgresql(folder: Path, port: int, password: str) -> list[object]:
    """Make a database folder once, with a password of this run; PostgreSQL refuses to run as root."""
    data = folder / "postgresql"
    if not (data / "PG_VERSION").exists():
        data.mkdir(exist_ok=True)
        file = data.with_name("password-for-initdb")
        file.touch(mode=0o600)
        file.write_text(password)
        _as_owner(["chown", "-R", _USER, str(data)], root=True)
        _as_owner(["chown", _USER, str(file)], root=True)
        options = ["--username=banshi", "--auth=scram-sha-256", f"--pwfile={file}", "--encoding=UTF8", "--locale=C"]
        _as_owner([*_user(), _program("initdb"), f"--pgdata={data}", *options])
        file.unlink()
    return [
        *_user(), _program("postgres"), "-D", data, "-p", port, "-h", ports.LOOPBACK,
        "-c", "unix_socket_directories=", "-c", "max_connections=60", "-c", "shared_buffers=32MB",
    ]  # fmt: skip


def _user() -> list[str]:
    if os.geteuid() != 0:
        return []
    try:
        pwd.getpwnam(_USER)
    except KeyError:
        raise Problem("PostgreSQL does not run as root, and there is no user postgres: install postgresql.") from None
    return ["setpriv", f"--reuid={_USER}", f"--regid={_USER}", "--clear-groups"]


def _as_owner(command: list[str], root: bool = False) -> None:
    if root and os.geteuid() != 0:
        return
    ran = subprocess.run(command, capture_output=True, text=True)
    if ran.returncode:
        raise Problem(f"{command[0]} failed: {ran.stderr.strip()[-300:]}")


def _program(name: str) -> str:
    """A program of PostgreSQL; Debian keeps them beside the version."""
    found = shutil.which(name) or next(map(str, sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))[::-1]), None)
    if not found:
        raise Problem("PostgreSQL is not installed: run `apt-get install postgresql`.")
    return found


def _await_database(cluster: Cluster, patience: float = 30.0) -> None:
    address = cluster.environment["BANSHI_DB"]
    until = time.monotonic() + patience
    while subprocess.run([_program("psql"), address, "-c", "SELECT 1"], capture_output=True).returncode:
        health.require_alive([cluster.servers["postgresql"]])
        if time.monotonic() > until:
            raise Problem("PostgreSQL did not answer in 30 seconds.")
        time.sleep(0.2)
