"""A disk that fills up under both servers and SQLite: nothing acknowledged is lost, and all goes on afterwards."""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from shutil import disk_usage

import pytest

from bot.setup.project import Project
from bot.setup.servers import Running, linked_index, running
from tests.faults.conftest import Person, ok

pytestmark = pytest.mark.faults
MEGABYTES = 24


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a small file system of its own, or a plain one where mounting is not permitted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", str(folder)]
    subprocess.run(mount, check=False, capture_output=True)
    yield folder
    if os.path.ismount(folder):
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def servers(small_disk: Path) -> Iterator[Running]:
    here = Project.here()
    project = replace(here, var=small_disk)
    linked_index(here, project)
    with running(project, settings={"BANSHI_RATE_SESSION": "0", "BANSHI_RATE_ADDRESS": "0"}) as both:
        yield both


@contextmanager
def full(disk: Path, servers: Running) -> Iterator[None]:
    """No room for as long as the block lasts: on a file system of its own all is taken, else no file may grow."""
    if not os.path.ismount(disk):
        yield from _no_growth(servers)
        return
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as stream:
        try:
            while True:
                stream.write(b"x" * 4096)
        except OSError:
            pass
    assert disk_usage(disk).free < 4096
    yield
    ballast.unlink()


def _no_growth(servers: Running) -> Iterator[None]:
    processes = [servers.rasa.popen.pid, servers.action_server.popen.pid]
    before = [resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in processes]
    for pid, (_, most) in zip(processes, before, strict=True):
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (4096, most))
    yield
    for pid, limits in zip(processes, before, strict=True):
        resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)


def test_a_full_disk(servers: Running, small_disk: Path) -> None:
    with Person(servers.website) as person:
        for number in range(3):
            person.insist(f"社保卡丢了怎么办 {number}")
        with full(small_disk, servers):
            answers = [person.say(f"卡丢了 {number}") for number in range(12)]
        refused = [answer for answer in answers if not ok(answer)]
        assert refused
        assert all("12333" in answer.json()["error"]["message"] for answer in refused)
        person.insist("社保卡过期了怎么办")
        person.check()
