"""A disk that fills up under both servers and SQLite: nothing acknowledged is lost, and all goes on afterwards."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
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
    """A folder on a file system of its own; in a namespace of ours where only root may mount."""
    folder = tmp_path / "disk"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", str(folder)], check=True)
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def servers(small_disk: Path) -> Iterator[Running]:
    here = Project.here()
    project = replace(here, var=small_disk)
    linked_index(here, project)
    with running(project, settings={"BANSHI_RATE_SESSION": "0", "BANSHI_RATE_ADDRESS": "0"}) as both:
        yield both


def fill(disk: Path) -> Path:
    """Take all the room there is."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as stream:
        try:
            while True:
                stream.write(b"x" * 4096)
        except OSError:
            pass
    assert disk_usage(disk).free < 4096
    return ballast


def test_a_full_disk(servers: Running, small_disk: Path) -> None:
    person = Person(servers.website)
    for number in range(3):
        person.insist(f"社保卡丢了怎么办 {number}")
    ballast = fill(small_disk)
    answers = [person.say(f"卡丢了 {number}") for number in range(12)]
    refused = [answer for answer in answers if not ok(answer)]
    assert refused
    assert all("12333" in answer.json()["error"]["message"] for answer in refused)
    ballast.unlink()
    person.insist("社保卡过期了怎么办")
    person.check()
    person.http.close()
