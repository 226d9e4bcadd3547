"""One session of the website's HTTP contract, over one kept connection, timed."""

from __future__ import annotations

import json
import time
import uuid
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

Reply = dict[str, Any]


class Session:
    """Opens a session at ``website``; ``seconds`` holds how long the last turn took."""

    def __init__(self, website: str, language: str) -> None:
        self._connection = HTTPConnection(urlsplit(website).netloc, timeout=30)
        self.token = ""
        self.seconds = 0.0
        self.token = self._post("sessions", {"language": language})["session"]

    def say(self, text: str) -> list[Reply]:
        """The replies to a text."""
        return self._turn({"text": text})

    def choose(self, reply: Reply, value: str) -> list[Reply]:
        """The replies to one of a reply's choices."""
        tokens = [one["token"] for one in reply["choices"] if value in (one.get("value"), one.get("topic"))]
        return self._turn({"choice": tokens[0]})

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _turn(self, body: dict[str, str]) -> list[Reply]:
        replies: list[Reply] = self._post("messages", {**body, "message_id": str(uuid.uuid4())})["replies"]
        return replies

    def _post(self, path: str, body: dict[str, Any]) -> Any:
        headers = {"content-type": "application/json", "authorization": f"Bearer {self.token}"}
        started = time.perf_counter()
        self._connection.request("POST", f"/webhooks/website/{path}", json.dumps(body), headers)
        response = self._connection.getresponse()
        content = response.read()
        self.seconds = time.perf_counter() - started
        if response.status >= 400:
            raise RuntimeError(f"{path} was answered {response.status}: {content.decode()}")
        return json.loads(content)
