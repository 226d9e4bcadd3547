"""A client of the website channel: one session over HTTP, as the widget holds it."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
import uuid
from typing import Any

from bot.setup.problem import Problem

_WITHOUT_PROXY = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Session:
    """A conversation with the bot at ``address`` ("http://127.0.0.1:5005"); ``greeting`` holds its first replies."""

    def __init__(self, address: str, language: str | None = None) -> None:
        """Open the session. Raises Problem with the server's sentence when it refuses."""
        self._base = f"{address}/webhooks/website"
        self._token = ""
        opened = self._call("POST", "sessions", {"language": language})
        self._token = opened["session"]
        self.greeting: list[dict[str, Any]] = opened["replies"]

    def say(self, text: str) -> list[dict[str, Any]]:
        """Send a text; the replies. Raises Problem."""
        return self._send({"text": text})

    def choose(self, token: str) -> list[dict[str, Any]]:
        """Choose one of a reply's choices by its token; the replies. Raises Problem."""
        return self._send({"choice": token})

    def _send(self, message: dict[str, str]) -> list[dict[str, Any]]:
        answer = self._call("POST", "messages", {**message, "message_id": str(uuid.uuid4())})
        replies: list[dict[str, Any]] = answer["replies"]
        return replies

    def _call(self, method: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
        headers = {"Content-Type": "application/json"}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        request = urllib.request.Request(f"{self._base}/{path}", json.dumps(body).encode(), headers, method=method)
        try:
            with _WITHOUT_PROXY.open(request, timeout=30) as response:
                answer: dict[str, Any] = json.load(response)
                return answer
        except urllib.error.HTTPError as error:
            with error:
                raise Problem(_sentence(error)) from error
        except urllib.error.URLError as error:
            raise Problem(f"The bot at {self._base} cannot be reached: {error.reason}.") from error


def _sentence(error: urllib.error.HTTPError) -> str:
    try:
        return str(json.load(error)["error"]["message"])
    except (ValueError, KeyError, TypeError):
        return f"The bot answered with HTTP status {error.code}."
