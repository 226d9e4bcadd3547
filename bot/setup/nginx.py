"""The nginx configuration of deploy/, filled in and checked."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any, ClassVar

from bot.setup.ports import LOOPBACK
from bot.setup.problem import Problem
from bot.setup.project import Project

_TLS = "ssl_certificate {0}/server.crt; ssl_certificate_key {0}/server.key; ssl_protocols TLSv1.2 TLSv1.3;"


@dataclass(frozen=True)
class Front:
    """``listen``, ``inner`` and ``desk`` (the console's) are addresses, ``rasa``, ``actions`` and ``console`` those
    of the servers behind; ``certificates`` is a folder with server.crt and server.key, None for no TLS."""

    listen: str
    inner: str
    desk: str
    rasa: Sequence[str]
    actions: Sequence[str]
    console: Sequence[str]
    certificates: Path | None = None


def write(project: Project, front: Front, folder: Path) -> Path:
    """Fill in the template; the configuration file, in ``folder``, where nginx also keeps its pid and logs."""
    folder.mkdir(parents=True, exist_ok=True)
    source = project.root / "deploy" / "nginx"
    shutil.copy(source / "proxy.conf", folder / "proxy.conf")
    names = _Names((source / "banshi.conf.template").read_text(encoding="utf-8"))
    path = folder / "nginx.conf"
    path.write_text(
        names.substitute(
            FOLDER=folder,
            ERROR_LOG=folder / "error.log",
            ACCESS_LOG=folder / "access.log",
            LISTEN=f"{front.listen} ssl" if front.certificates else front.listen,
            INNER=front.inner,
            CONSOLE_LISTEN=f"{front.desk} ssl" if front.certificates else front.desk,
            CONSOLE_ALLOW=f"allow {LOOPBACK};",
            TLS=_TLS.format(front.certificates) if front.certificates else "",
            RASA_SERVERS=" ".join(_server(each) for each in front.rasa),
            ACTION_SERVERS=" ".join(_server(each) for each in front.actions),
            CONSOLE_SERVERS=" ".join(_server(each) for each in front.console),
        ),
        encoding="utf-8",
    )
    return path


def program() -> str:
    """Where nginx is. Raises Problem when it is not installed."""
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if not found:
        raise Problem("nginx is not installed: run `apt-get install nginx`.")
    return found


def check(configuration: Path) -> None:
    """Have nginx read it. Raises Problem with what nginx says is wrong."""
    ran = subprocess.run([program(), "-t", "-q", "-c", str(configuration)], capture_output=True, text=True)
    if ran.returncode:
        raise Problem(f"nginx refuses {configuration}: {ran.stderr.strip()}")


def _server(address: str) -> str:
    return f"server {address} max_fails=1 fail_timeout=2s;"


class _Names(Template):
    """Only ``${NAME}`` in capitals is ours; ``$name`` belongs to nginx."""

    pattern: ClassVar[Any] = r"\$\{(?P<braced>[A-Z_]+)\}|(?P<escaped>(?!))|(?P<named>(?!))|(?P<invalid>(?!))"
