from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.setup import processes
from bot.setup.processes import Server

FOREVER = "import time; print('up', flush=True); time.sleep(600)"
STUBBORN = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + FOREVER
# A server with a process of its own below it, whose id it prints.
PARENT = (
    "import subprocess, sys, time; "
    "print(subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']).pid, flush=True); "
    "time.sleep(600)"
)
# Starts a server through the code under test, prints its id and waits to be killed.
STARTER = (
    "import sys, time; from pathlib import Path; from bot.setup import processes; "
    f"server = processes.start('Dummy', [sys.executable, '-c', {FOREVER!r}], Path('.'), {{}}, Path(sys.argv[1])); "
    "print(server.popen.pid, flush=True); time.sleep(600)"
)


def start(tmp_path: Path, code: str) -> Server:
    server = processes.start("Dummy", [sys.executable, "-c", code], tmp_path, os.environ, tmp_path / "dummy.log")
    await_true(lambda: server.log.read_text() != "")
    return server


def await_true(condition, seconds: float = 10.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def is_gone(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] == "Z"
    except FileNotFoundError:
        return True


def test_a_server_is_stopped(tmp_path: Path) -> None:
    server = start(tmp_path, FOREVER)
    assert server.is_alive
    processes.stop([server])
    assert not server.is_alive
    assert server.popen.returncode == -signal.SIGTERM


def test_a_server_that_does_not_listen_is_ended_by_force(tmp_path: Path) -> None:
    server = start(tmp_path, STUBBORN)
    processes.stop([server], patience=0.2)
    assert server.popen.returncode == -signal.SIGKILL


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_what_a_server_started_is_stopped_too(tmp_path: Path) -> None:
    server = start(tmp_path, PARENT)
    child = int(server.log.read_text())
    assert not is_gone(child)
    processes.stop([server])
    await_true(lambda: is_gone(child))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends children with their parent")
def test_a_server_ends_when_its_starter_is_killed(tmp_path: Path) -> None:
    command = [sys.executable, "-c", STARTER, str(tmp_path / "dummy.log")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as starter:
        assert starter.stdout is not None
        server = int(starter.stdout.readline())
        await_true(lambda: "up" in (tmp_path / "dummy.log").read_text())
        starter.kill()
    await_true(lambda: is_gone(server))


def test_stopping_what_has_ended_is_no_error(tmp_path: Path) -> None:
    server = start(tmp_path, "print('bye', flush=True)")
    await_true(lambda: not server.is_alive)
    processes.stop([server])
    assert server.popen.returncode == 0


def test_the_log_of_the_time_before_is_kept(tmp_path: Path) -> None:
    for word in ("first", "second"):
        processes.stop([start(tmp_path, f"print('{word}', flush=True)")])
    assert (tmp_path / "dummy.log").read_text() == "second\n"
    assert (tmp_path / "dummy.log.1").read_text() == "first\n"
