"""Machines that die in the middle of a turn: nothing acknowledged is lost, nothing answered twice, all recovers.

The supervisor that starts a dead process again (systemd, Kubernetes) is played by ``cluster.start``.
"""

from __future__ import annotations

import os
import signal
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from shutil import copytree

import pytest

from bot.setup import health, index, training
from bot.setup.cluster import Cluster
from tests.faults.conftest import Person, clock_file, kill, until
from tests.faults.wire import Wire

pytestmark = pytest.mark.faults
TURNS = 12
STARTS = 120.0  # seconds for a server to start on a busy machine; people are answered by the other meanwhile


def talk_while_killed(people: list[Person], cluster: Cluster, name: str, away: float = 2.0) -> None:
    """All of them talk, each insisting on every answer, while a process dies and is started again.

    It is started by the main thread: the processes of a cluster end with the thread that started them.
    """
    with ThreadPoolExecutor(3) as pool:
        talking = [pool.submit(talk, person) for person in people]
        time.sleep(0.3)
        kill(cluster, name)
        time.sleep(away)
        cluster.start(name)
        for each in talking:
            each.result()


def talk(person: Person) -> None:
    for number in range(TURNS):
        person.insist(f"社保卡丢了怎么办 第{number}次问")


@pytest.mark.parametrize("name", ["rasa-1", "actions-1", "postgresql", "redis", "nginx"])
def test_kill_9_in_the_middle_of_turns(cluster: Cluster, people: list[Person], name: str) -> None:
    talk_while_killed(people, cluster, name)
    for person in people:
        assert len(person.acknowledged) == TURNS
        person.check()


def test_redis_away_is_a_polite_sentence_and_recovers(cluster: Cluster, person: Person) -> None:
    person.insist("社保卡丢了怎么办")
    kill(cluster, "redis")
    answer = person.say("要多少钱")
    assert answer.status_code == 503
    assert "12333" in answer.json()["error"]["message"]
    cluster.start("redis")
    person.insist("要多少钱呢")
    person.check()


def test_both_action_servers_hang(cluster: Cluster, person: Person) -> None:
    """Slow or cut off: the person gets a sentence in time, and the answer when they come back."""
    person.insist("社保卡丢了怎么办")
    stopped = [cluster.servers[f"actions-{number}"].popen.pid for number in (1, 2)]
    for process in stopped:
        os.killpg(process, signal.SIGSTOP)
    try:
        begun = time.monotonic()
        answer = person.say("在哪里办")
        assert time.monotonic() - begun < 16
        assert answer.status_code in (200, 503, 504)
    finally:
        for process in stopped:
            os.killpg(process, signal.SIGCONT)
    person.insist("需要什么材料")
    person.check()


def test_the_network_between_the_servers_is_cut(people: list[Person], wire: Wire) -> None:
    """In the middle of turns; everybody gets an answer or the polite sentence, and nothing is answered twice."""
    with ThreadPoolExecutor(3) as pool:
        talking = [pool.submit(talk, person) for person in people]
        time.sleep(0.3)
        wire.cut()
        time.sleep(2)
        wire.mend()
        for each in talking:
            each.result()
    for person in people:
        assert is_answered(person)
        person.check()


def test_the_network_between_the_servers_loses_every_packet(cluster: Cluster, person: Person, wire: Wire) -> None:
    person.insist("社保卡丢了怎么办")
    wire.swallow()
    begun = time.monotonic()
    answer = person.say("在哪里办")
    assert time.monotonic() - begun < 16
    assert answer.status_code in (503, 504)
    assert "12333" in answer.json()["error"]["message"]
    wire.cut()  # connections that were open are dead for good
    wire.mend()
    until(lambda: is_answered(person))
    person.check()


@pytest.mark.parametrize("ahead", [3600.0, -3600.0])
def test_the_clock_jumps(cluster: Cluster, person: Person, ahead: float) -> None:
    """An hour, either way: conversations go on in order, and new ones begin."""
    for number in range(3):
        person.insist(f"社保卡丢了怎么办 {number}")
    clock = clock_file(cluster.project)
    clock.write_text(str(ahead))
    try:
        for number in range(3, 6):
            person.insist(f"社保卡丢了怎么办 {number}")
        moved = [message["at"] for message in person.history() if message["from"] == "user"]
        assert datetime.fromisoformat(moved[3]) - datetime.fromisoformat(moved[2]) > timedelta(seconds=ahead - 60)
        assert (moved[3] < moved[2]) is (ahead < 0)
        with Person(cluster.website) as newcomer:
            assert is_answered(newcomer)
            newcomer.check()
    finally:
        clock.write_text("0")
    person.insist("社保卡丢了怎么办 6")
    said = [message["text"] for message in person.history() if message["from"] == "user"]
    assert said == [f"社保卡丢了怎么办 {number}" for number in range(7)]
    person.check()


def test_a_damaged_index(cluster: Cluster, person: Person) -> None:
    """It is not taken up while serving; a server that starts with it builds it again by itself."""
    folder = index.folder(cluster.project)
    whole = (folder / "current").read_text()
    damaged = f"{whole.strip()}0"
    copytree(folder / whole.strip(), folder / damaged)
    passages = folder / damaged / "passages.jsonl"
    passages.write_bytes(passages.read_bytes()[:1000])
    (folder / "current").write_text(damaged)
    assert quotes_the_law(person)
    kill(cluster, "actions-1")
    cluster.start("actions-1")
    until(lambda: health.answers(cluster.health["actions-1"]), STARTS)
    assert (folder / "current").read_text() != damaged
    assert quotes_the_law(person)
    person.check()


def test_a_damaged_model(cluster: Cluster, person: Person) -> None:
    """A released one is refused while serving; a server that starts with a damaged one takes the released whole one."""
    person.insist("社保卡丢了怎么办")
    releases, model = cluster.project.var / "releases", training.current_model(cluster.project)
    copytree(releases / "current" / "knowledge", releases / "1-damaged" / "knowledge")
    copytree(releases / "current" / "knowledge", releases / "2-whole" / "knowledge")
    release(releases, "1-damaged", model.read_bytes()[:100_000])
    until(lambda: "1-damaged is refused" in (cluster.project.logs / "rasa-1.log").read_text("utf-8"))
    person.insist("要多少钱")
    command, extra = cluster.commands["rasa-1"]
    damaged = cluster.project.var / "damaged.tar.gz"
    damaged.write_bytes(model.read_bytes()[:100_000])
    release(releases, "2-whole", model.read_bytes())
    kill(cluster, "rasa-1")
    cluster.commands["rasa-1"] = ([*command[:-1], damaged], extra)
    cluster.start("rasa-1")
    until(lambda: health.answers(cluster.health["rasa-1"]), STARTS)
    cluster.commands["rasa-1"] = (command, extra)
    person.insist("需要什么材料")
    person.check()


def test_all_are_back(cluster: Cluster, person: Person) -> None:
    """Nobody had to help: every server is ready again."""
    cluster.wait(lambda: None)
    assert until(lambda: person.insist("谢谢"))
    assert {name for name, server in cluster.servers.items() if not server.is_alive} == set()


def release(folder: Path, name: str, content: bytes) -> None:
    """As `bot.operations release` swaps it in, without its checks."""
    (folder / name / "model.tar.gz").write_bytes(content)
    (folder / ".current").symlink_to(name)
    (folder / ".current").replace(folder / "current")


def is_answered(person: Person) -> bool:
    """Whether a new message gets a real answer, not the polite sentence."""
    answer = person.say(f"社保卡过期了怎么办 {uuid.uuid4().hex[:6]}")
    return answer.status_code == 200 and answer.json()["replies"][-1]["status"] == "question"


def quotes_the_law(person: Person) -> bool:
    answer = person.insist(f"社会保险法第五十八条是怎么规定的 {uuid.uuid4().hex[:6]}").json()
    return "passages" in [reply["status"] for reply in answer["replies"]]
