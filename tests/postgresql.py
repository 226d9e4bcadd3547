"""A PostgreSQL of the tests' own on loopback, with an empty database for whoever asks."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from bot.setup.ports import free_port

_USER = "postgres"


@dataclass(frozen=True)
class Postgresql:
    """A server that runs; ``data`` is where it keeps its files."""

    port: int
    password: str
    data: Path

    def address(self, database: str = "postgres") -> str:
        """What ``BANSHI_DB`` would say."""
        return f"postgresql://banshi:{self.password}@127.0.0.1:{self.port}/{database}"

    def run(self, sql: str, database: str = "postgres") -> str:
        """The result of a statement as psql prints it without decoration."""
        command = [_program("psql"), self.address(database), "-v", "ON_ERROR_STOP=1", "-Atc", sql]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    def fresh(self) -> str:
        """The address of a new, empty database."""
        name = f"test_{secrets.token_hex(4)}"
        self.run(f"CREATE DATABASE {name}")
        return self.address(name)


@contextmanager
def postgresql() -> Iterator[Postgresql]:
    """Run one for the length of the block; PostgreSQL refuses to run as root, so it runs as its own user then."""
    folder = Path(mkdtemp(prefix="banshi-postgresql-"))
    made = Postgresql(free_port(), secrets.token_hex(16), folder / "data")
    password = folder / "password"
    password.write_text(made.password)
    if os.geteuid() == 0:
        owner = pwd.getpwnam(_USER)
        for path in (folder, password):
            os.chown(path, owner.pw_uid, owner.pw_gid)
    options = ["--username=banshi", "--auth=scram-sha-256", f"--pwfile={password}", "--encoding=UTF8", "--locale=C"]
    _run([*_as_owner(), _program("initdb"), f"--pgdata={made.data}", "--no-sync", *options])
    settings = ["unix_socket_directories=", "fsync=off", "shared_buffers=16MB", "autovacuum=off", "max_connections=30"]
    command = [_program("postgres"), "-D", str(made.data), "-p", str(made.port), "-h", "127.0.0.1"]
    command += [word for setting in settings for word in ("-c", setting)]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen([*_as_owner(), *command], stdout=log, stderr=log)
    try:
        _await(made, server)
        yield made
    finally:
        server.terminate()
        server.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def _await(made: Postgresql, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 30
    while subprocess.run([_program("psql"), made.address(), "-c", "SELECT 1"], capture_output=True).returncode:
        assert server.poll() is None, "PostgreSQL ended"
        assert time.monotonic() < until, "PostgreSQL did not answer in 30 seconds"
        time.sleep(0.1)


def _as_owner() -> list[str]:
    return ["setpriv", f"--reuid={_USER}", f"--regid={_USER}", "--clear-groups"] if os.geteuid() == 0 else []


def _program(name: str) -> str:
    found = shutil.which(name) or next(map(str, sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))[::-1]), None)
    assert found, "PostgreSQL is not installed: run `apt-get install postgresql`."
    return found


def _run(command: list[str]) -> None:
    ran = subprocess.run(command, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr[-500:]
