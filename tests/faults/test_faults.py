"""Machines that die in the middle of a turn: nothing acknowledged is lost, nothing answered twice, all recovers.

The supervisor that starts a dead process again (systemd, Kubernetes) is played by ``cluster.start``.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.setup.cluster import Cluster
from tests.faults.conftest import Person, kill, until

pytestmark = pytest.mark.faults
TURNS = 12


def talk_while(cluster: Cluster, fault: threading.Thread) -> list[Person]:
    """Three people talk, each insisting on every answer, while the fault happens."""
    people = [Person(cluster.website) for _ in range(3)]

    def talk(person: Person) -> None:
        for number in range(TURNS):
            person.insist(f"社保卡丢了怎么办 第{number}次问")

    with ThreadPoolExecutor(3) as pool:
        talking = [pool.submit(talk, person) for person in people]
        fault.start()
        for each in talking:
            each.result()
    fault.join()
    return people


def killing(cluster: Cluster, name: str, away: float = 2.0) -> threading.Thread:
    def fault() -> None:
        time.sleep(0.3)
        kill(cluster, name)
        time.sleep(away)
        cluster.start(name)

    return threading.Thread(target=fault)


@pytest.mark.parametrize("name", ["rasa-1", "actions-1", "postgresql", "redis", "nginx"])
def test_kill_9_in_the_middle_of_turns(cluster: Cluster, name: str) -> None:
    people = talk_while(cluster, killing(cluster, name))
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


def test_all_are_back(cluster: Cluster, person: Person) -> None:
    """Nobody had to help: every server is ready again."""
    cluster.wait(lambda: None)
    assert until(lambda: person.insist("谢谢"))
    assert {name for name, server in cluster.servers.items() if not server.is_alive} == set()
