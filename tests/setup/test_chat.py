from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator

import pytest

from bot.setup.chat import converse
from bot.setup.problem import Problem
from bot.setup.website import Session

CHOICES = [{"title": "自己去办", "token": "t-self"}, {"title": "请人代办", "token": "t-agent"}]


class Website(http.server.BaseHTTPRequestHandler):
    """The website channel, so far as a conversation needs it; says back what it was sent."""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path == "/webhooks/website/sessions":
            self._answer(
                201, {"session": "signed", "expires_in": 60, "replies": [{"text": "您好", "choices": CHOICES}]}
            )
        elif self.headers["Authorization"] != "Bearer signed":
            self._answer(401, {"error": {"code": "session", "message": "no session"}})
        elif len(body.get("text", "")) > 10:
            self._answer(413, {"error": {"code": "too_long", "message": "太长了"}})
        else:
            self._answer(
                200, {"replies": [{"text": f"{body.get('text')} {body.get('choice')} {len(body['message_id'])}"}]}
            )

    def _answer(self, status: int, answer: object) -> None:
        content = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *arguments: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture
def address() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Website) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def talk(address: str, *lines: str) -> list[str]:
    """What the terminal shows for these lines typed."""
    typed, shown = iter(lines), []

    def read(prompt: str) -> str:
        try:
            return next(typed)
        except StopIteration:
            raise EOFError from None

    converse(address, read, shown.append)
    return shown


def test_the_greeting_comes_with_numbered_choices(address: str) -> None:
    assert talk(address)[1:] == ["\n您好", "  1. 自己去办", "  2. 请人代办", ""]


def test_a_number_chooses_and_anything_else_is_said(address: str) -> None:
    assert talk(address, "2")[-2] == "\nNone t-agent 36"
    assert talk(address, "3")[-2] == "\n3 None 36"
    assert talk(address, "  补卡  ")[-2] == "\n补卡 None 36"


def test_an_error_is_shown_and_the_choices_stay(address: str) -> None:
    shown = talk(address, "a" * 11, "", "1")
    assert shown[5] == "太长了"
    assert shown[-2] == "\nNone t-self 36"


def test_a_bot_that_is_not_there_is_one_sentence() -> None:
    with pytest.raises(Problem, match=r"^The bot at http://127\.0\.0\.1:9/webhooks/website cannot be reached: "):
        Session("http://127.0.0.1:9")
