"""The two processes: where they listen, and what happens when one is away."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from bot.setup import variables
from bot.setup.processes import Server, start, stop
from bot.setup.project import Project
from bot.setup.servers import Running, linked_index, running
from tests.e2e.conftest import Citizen, citizens

pytestmark = pytest.mark.servers
Open = Callable[..., Citizen]
LOOPBACK = {"0100007F", "00000000000000000000000001000000"}
LISTENING = "0A"


def descendants(process: int) -> set[int]:
    """A process and all it started."""
    children: dict[int, set[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), set()).add(int(folder.name))
    found, rest = {process}, {process}
    while rest:
        rest = {child for one in rest for child in children.get(one, ())} - found
        found |= rest
    return found


def sockets(process: int) -> set[str]:
    """The inodes of a process's sockets."""
    found = set()
    for entry in Path(f"/proc/{process}/fd").iterdir():
        try:
            target = os.readlink(entry)
        except OSError:
            continue
        if target.startswith("socket:["):
            found.add(target[8:-1])
    return found


def addresses(processes: set[int], states: set[str]) -> set[tuple[str, str]]:
    """(local, remote) addresses in hexadecimal of the processes' TCP sockets in one of ``states``."""
    own = {inode for process in processes for inode in sockets(process)}
    found = set()
    for table in ("tcp", "tcp6"):
        path = Path("/proc/net") / table
        for line in path.read_text().splitlines()[1:] if path.exists() else ():
            fields = line.split()
            if fields[9] in own and fields[3] in states:
                found.add((fields[1].partition(":")[0], fields[2].partition(":")[0]))
    return found


def test_nothing_listens_beyond_loopback_and_nothing_talks_beyond_it(servers: Running, citizen: Open) -> None:
    citizen().says("社保卡丢了怎么补办")
    for server in (servers.rasa, servers.action_server):
        processes = descendants(server.popen.pid)
        listening = addresses(processes, {LISTENING})
        assert {local for local, _ in listening} & LOOPBACK
        assert {local for local, _ in listening} <= LOOPBACK
        talking = addresses(processes, {"01", "02", "03", "06", "08"})
        assert {remote for _, remote in talking} <= LOOPBACK


def test_both_say_they_are_well(servers: Running) -> None:
    for address in (f"{servers.website}/webhooks/website/health", f"{servers.actions}/health"):
        assert httpx.get(address, trust_env=False).status_code == 200


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Project, Running]]:
    """Servers of this module's own, so that one may be killed."""
    here = Project.here()
    project = replace(here, var=tmp_path_factory.mktemp("own"))
    linked_index(here, project)
    with running(project) as both:
        yield project, both


@contextmanager
def actions_again(project: Project, address: str) -> Iterator[Server]:
    """Another action server on the port of the one that is gone."""
    port = address.rpartition(":")[2]
    environment = {**variables.for_children(project), "BANSHI_ACTIONS_PORT": port}
    server = start(
        "The action server", [project.python, "-m", "actions"], project.root, environment, project.logs / "2"
    )
    try:
        wait(address)
        yield server
    finally:
        stop([server])


def wait(address: str, seconds: float = 120) -> None:
    """Until the action server answers."""
    end = time.monotonic() + seconds
    while True:
        try:
            if httpx.get(f"{address}/health", trust_env=False).status_code == 200:
                return
        except httpx.TransportError:
            assert time.monotonic() < end, "the action server did not come back"
        time.sleep(0.2)


def test_the_action_server_goes_and_comes_back(own: tuple[Project, Running]) -> None:
    project, both = own
    with citizens(both.website) as citizen:
        person = citizen()
        person.says("孩子的社保卡丢了怎么补办")
        stop([both.action_server])
        for _ in range(2):
            (sorry,) = person.says("大连")
            assert sorry["status"] == "notice"
            assert "12333" in sorry["text"]
        english = citizen("en")
        assert english.greeting[0]["status"] == "notice"
        assert "12333" in english.greeting[0]["text"]
        with actions_again(project, both.actions):
            outcome = person.finishes(person.says("卡在大连"), {"applicant": "self", "card_in_hand": "no"})
            assert outcome["procedure"]["topic"] == "lost-card"
            assert outcome["procedure"]["facts"].items() >= {"holder": "minor", "region": "dalian"}.items()
            assert english.says("I lost my social security card")[-1]["status"] == "question"
