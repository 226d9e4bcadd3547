"""One cluster for all faults: two Rasa servers, two action servers, PostgreSQL, Redis, nginx."""

from __future__ import annotations

import os
import signal
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from shutil import copytree, rmtree
from tempfile import mkdtemp
from typing import Any, Self

import httpx
import pytest

from bot.setup import index
from bot.setup.cluster import Cluster, running
from bot.setup.project import Project
from tests.faults.wire import LOOPBACK, Wire

RECOVERY = 30.0  # seconds without a hand


@dataclass
class Person:
    """Talks through nginx; remembers which messages were acknowledged, and by what."""

    website: str
    acknowledged: list[tuple[str, str]] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.http = httpx.Client(base_url=f"{self.website}/webhooks/website/", timeout=20, trust_env=False)
        answer = until(lambda: self._opened())
        self.http.headers["authorization"] = f"Bearer {answer.json()['session']}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.http.close()

    def _opened(self) -> httpx.Response | None:
        answer = self.http.post("sessions", json={"language": "zh"})
        return answer if answer.status_code == 201 else None

    def say(self, text: str, message_id: str = "") -> httpx.Response:
        """Send a message once; every answer is replies or a sentence."""
        message_id = message_id or str(uuid.uuid4())
        answer = self.http.post("messages", json={"text": text, "message_id": message_id})
        if answer.status_code == 200:
            assert answer.json()["replies"][-1]["text"]
            self.acknowledged.append((text, message_id))
        else:
            self.refused.append(answer.status_code)
            assert answer.status_code in (502, 503, 504), answer.text
        return answer

    def insist(self, text: str) -> httpx.Response:
        """As the widget does: the same message id until it is answered."""
        message_id = str(uuid.uuid4())
        return until(lambda: ok(self.say(text, message_id)))

    def history(self) -> list[dict[str, Any]]:
        """The stored conversation."""
        return until(lambda: ok(self.http.get("messages"))).json()["messages"]

    def check(self) -> None:
        """Every acknowledged message is stored once, and was answered once."""
        said = [message["text"] for message in self.history() if message["from"] == "user"]
        for text, _ in self.acknowledged:
            assert said.count(text) == 1, text


def ok(answer: httpx.Response) -> httpx.Response | None:
    return answer if answer.status_code == 200 else None


def until(attempt: Callable[[], Any], patience: float = RECOVERY) -> Any:
    """What the attempt gives once it gives something; fails when that takes longer than a recovery may."""
    end = time.monotonic() + patience
    while True:
        try:
            if result := attempt():
                return result
        except httpx.TransportError:
            pass
        assert time.monotonic() < end, f"no recovery within {patience:.0f} s"
        time.sleep(0.3)


def kill(cluster: Cluster, name: str) -> None:
    """As a machine that loses its power."""
    os.killpg(cluster.servers[name].popen.pid, signal.SIGKILL)
    cluster.servers[name].popen.wait(10)


@pytest.fixture(scope="session")
def project() -> Iterator[Project]:
    here = Project.here()
    folder = Path(mkdtemp(prefix="banshi-faults-"))
    folder.chmod(0o755)  # PostgreSQL runs as another user
    yield with_index(here, replace(here, var=folder))
    rmtree(folder)


@pytest.fixture(scope="session")
def wire() -> Iterator[Wire]:
    """Between the Rasa servers and nginx, behind which the action servers are."""
    with Wire() as one:
        yield one


@pytest.fixture(scope="session")
def cluster(project: Project, wire: Wire) -> Iterator[Cluster]:
    settings = {
        "BANSHI_RATE_SESSION": "0",
        "BANSHI_RATE_ADDRESS": "0",
        "BANSHI_ACTIONS_URL": f"http://{LOOPBACK}:{wire.port}/webhook",
        "BANSHI_KNOWLEDGE": str(_first_release(project)),
        "PYTHONPATH": str(Path(__file__).parent / "clock"),
        "CLOCK_AHEAD_FILE": str(clock_file(project)),
    }
    with running(project, settings=settings) as together:
        wire.leads_to(together.ports["inner"])
        yield together


def _first_release(project: Project) -> Path:
    """The folder of the knowledge that is served, reached by a link that a release moves."""
    releases = project.var / "releases"
    copytree(project.root / "knowledge", releases / "0-first" / "knowledge")
    (releases / "current").symlink_to("0-first")
    return releases / "current" / "knowledge"


def clock_file(project: Project) -> Path:
    """By how many seconds the clocks of the servers are ahead."""
    return project.var / "clock"


def with_index(here: Project, there: Project) -> Project:
    """``there`` with a search index of its own, which may be damaged."""
    copytree(index.folder(here), index.folder(there))
    return there


@pytest.fixture
def person(cluster: Cluster) -> Iterator[Person]:
    with Person(cluster.website) as one:
        yield one


@pytest.fixture
def people(cluster: Cluster) -> Iterator[list[Person]]:
    """Three who talk at the same time."""
    with ExitStack() as staying:
        yield [staying.enter_context(Person(cluster.website)) for _ in range(3)]


@pytest.fixture(autouse=True)
def whole(cluster: Cluster) -> None:
    """One fault at a time: a server started again has come up before the next part is killed."""
    cluster.wait(lambda: None)
