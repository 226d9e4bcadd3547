"""A citizen's client: speaks the website's HTTP contract and checks every reply."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import httpx
import pytest

from bot.answers.reply import Reply, validator
from bot.setup.servers import Running

SECONDS = 30


class Citizen:
    """One session on the website."""

    def __init__(self, website: str, language: str | None = "zh") -> None:
        self.http = httpx.Client(base_url=f"{website}/webhooks/website", timeout=SECONDS, trust_env=False)
        opened = self.http.post("/sessions", json={"language": language})
        assert opened.status_code == 201, opened.text
        body = opened.json()
        assert set(body) == {"session", "expires_in", "replies"}
        assert body["expires_in"] > 0
        self.http.headers["authorization"] = f"Bearer {body['session']}"
        self.greeting = checked(body["replies"])
        self.asked: list[str] = []

    def post(self, body: dict[str, Any]) -> httpx.Response:
        """POST /messages as it is."""
        return self.http.post("/messages", json=body)

    def says(self, text: str, message_id: str | None = None) -> list[Reply]:
        """The replies to a text."""
        return self._replies(self.post({"text": text, "message_id": message_id or str(uuid.uuid4())}))

    def chooses(self, reply: Reply, value: str) -> list[Reply]:
        """The replies to choosing the value (or topic) ``value`` of ``reply``."""
        return self._replies(self.post({"choice": token(reply, value), "message_id": str(uuid.uuid4())}))

    def finishes(self, replies: list[Reply], answers: dict[str, str]) -> Reply:
        """Answer questions by their choices until the outcome; a fact not in ``answers`` is not known."""
        while replies[-1]["status"] == "question":
            fact = replies[-1]["question"]["fact"]
            replies = self.chooses(replies[-1], answers.get(fact, "unknown"))
        return replies[-1]

    def history(self) -> list[dict[str, Any]]:
        """GET /messages."""
        response = self.http.get("/messages")
        assert response.status_code == 200, response.text
        return list(response.json()["messages"])

    def _replies(self, response: httpx.Response) -> list[Reply]:
        assert response.status_code == 200, response.text
        replies = checked(response.json()["replies"])
        self.asked += [reply["question"]["fact"] for reply in replies if "question" in reply]
        return replies


def token(reply: Reply, value: str) -> str:
    """The opaque token of one choice."""
    (found,) = [choice["token"] for choice in reply["choices"] if value in (choice.get("value"), choice.get("topic"))]
    return str(found)


def checked(replies: list[Reply]) -> list[Reply]:
    """The replies, each valid, in words, and with tokens that tell nothing."""
    assert replies
    for reply in replies:
        validator().validate(reply)
        assert reply["text"].strip()
        for choice in reply.get("choices", ()):
            assert ":" not in choice["token"]
            assert "=" not in choice["token"]
    return replies


@contextmanager
def citizens(website: str) -> Iterator[Callable[..., Citizen]]:
    """Opens sessions, ``open_("en")``, and closes their connections at the end."""
    with ExitStack() as opened:

        def open_(language: str | None = "zh") -> Citizen:
            one = Citizen(website, language)
            opened.callback(one.http.close)
            return one

        yield open_


@pytest.fixture
def citizen(servers: Running) -> Iterator[Callable[..., Citizen]]:
    """Opens sessions: ``citizen("en")``."""
    with citizens(servers.website) as open_:
        yield open_
