"""PostgreSQL and Redis as processes on loopback, for the cluster and the tests."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import subprocess
import time
from pathlib import Path

from bot.setup import health, ports
from bot.setup.problem import Problem
from bot.setup.processes import Server

_USER = "postgres"


def password(folder: Path) -> str:
    """The database's, made once and kept beside it."""
    file = folder / "password"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_hex(16))
    return file.read_text()


def require_programs() -> None:
    """Raises Problem, with what to install, when one of them is missing."""
    redis_program()
    program("postgres")
    _user()


def redis_program() -> str:
    """Where Redis is. Raises Problem when it is not installed."""
    found = shutil.which("redis-server")
    if not found:
        raise Problem("Redis is not installed: run `apt-get install redis-server`.")
    return found


def redis(folder: Path, port: int) -> list[object]:
    """The command that starts Redis on a port, its data in ``folder``."""
    data = folder / "redis"
    data.mkdir(exist_ok=True)
    return [redis_program(), "--bind", ports.LOOPBACK, "--port", port, "--dir", data, "--appendonly", "yes"]


def postgresql(folder: Path, port: int, password: str) -> list[object]:
    """The command that starts PostgreSQL; its data folder is made once. It refuses to run as root."""
    data = folder / "postgresql"
    if not (data / "PG_VERSION").exists():
        data.mkdir(exist_ok=True)
        file = data.with_name("password-for-initdb")
        file.touch(mode=0o600)
        file.write_text(password)
        _as_owner(["chown", "-R", _USER, str(data)], root=True)
        _as_owner(["chown", _USER, str(file)], root=True)
        options = ["--username=banshi", "--auth=scram-sha-256", f"--pwfile={file}", "--encoding=UTF8", "--locale=C"]
        _as_owner([*_user(), program("initdb"), f"--pgdata={data}", *options])
        file.unlink()
    return [
        *_user(), program("postgres"), "-D", data, "-p", port, "-h", ports.LOOPBACK,
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


def program(name: str) -> str:
    """A program of PostgreSQL; Debian keeps them beside the version. Raises Problem when it is not installed."""
    found = shutil.which(name) or next(map(str, sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))[::-1]), None)
    if not found:
        raise Problem("PostgreSQL is not installed: run `apt-get install postgresql`.")
    return found


def await_postgresql(server: Server, address: str, patience: float = 30.0) -> None:
    """Wait until it answers at ``address``. Raises Problem when it ends, or is silent for ``patience`` seconds."""
    until = time.monotonic() + patience
    while subprocess.run([program("psql"), address, "-c", "SELECT 1"], capture_output=True).returncode:
        health.require_alive([server])
        if time.monotonic() > until:
            raise Problem(f"PostgreSQL did not answer in {patience:.0f} seconds.")
        time.sleep(0.2)
