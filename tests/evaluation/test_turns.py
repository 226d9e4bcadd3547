import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from bot.evaluation.turns.client import Session
from bot.evaluation.turns.kinds import KINDS
from bot.evaluation.turns.memory import resident


def process(proc: Path, number: int, kilobytes: int, children: str = "") -> None:
    folder = proc / str(number)
    (folder / "task" / str(number)).mkdir(parents=True)
    (folder / "status").write_text(f"Name:\tx\nVmRSS:\t{kilobytes} kB\n", encoding="utf-8")
    (folder / "task" / str(number) / "children").write_text(children, encoding="utf-8")


def test_memory_of_a_process_and_all_it_started(tmp_path: Path) -> None:
    process(tmp_path, 1, 100, "2 3 ")
    process(tmp_path, 2, 20)
    process(tmp_path, 3, 3, "4")
    process(tmp_path, 4, 1)
    assert resident(1, tmp_path) == 124 * 1024
    assert resident(2, tmp_path) == 20 * 1024
    with pytest.raises(FileNotFoundError):
        resident(9, tmp_path)


QUESTION = {"status": "question", "choices": [{"value": "unknown", "token": "sealed"}, {"topic": "lost", "token": "t"}]}


@pytest.fixture
def website() -> Iterator[tuple[str, list[tuple[str, str, Any]]]]:
    """A server that answers every message with a question, and what it was sent."""
    seen: list[tuple[str, str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            seen.append((self.path, self.headers["authorization"], body))
            refused = body.get("text") == "no"
            answer = json.dumps({"session": "token", "replies": [QUESTION]}).encode()
            self.send_response(503 if refused else 200)
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", seen
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_timed_session(website: tuple[str, list[tuple[str, str, Any]]]) -> None:
    address, seen = website
    session = Session(address, "en")
    (reply,) = session.say("I lost it")
    assert 0 < session.seconds < 5
    session.choose(reply, "lost")
    session.close()
    assert [(path, header) for path, header, _ in seen] == [
        ("/webhooks/website/sessions", "Bearer "),
        ("/webhooks/website/messages", "Bearer token"),
        ("/webhooks/website/messages", "Bearer token"),
    ]
    assert [body.get("choice", body.get("text", body.get("language"))) for *_, body in seen] == ["en", "I lost it", "t"]
    assert seen[1][2]["message_id"] != seen[2][2]["message_id"]


def test_a_refusal_ends_the_measurement(website: tuple[str, list[tuple[str, str, Any]]]) -> None:
    session = Session(website[0], "zh")
    with pytest.raises(RuntimeError, match="messages was answered 503"):
        session.say("no")
    session.close()


@pytest.mark.parametrize("name", [name for name in KINDS if name != "the outcome"])
def test_every_kind_of_turn_can_be_taken(website: tuple[str, list[tuple[str, str, Any]]], name: str) -> None:
    kind, _ = KINDS[name]
    for language in ("zh", "en"):
        session = Session(website[0], language)
        assert kind(session, language) == [QUESTION]
        session.close()
