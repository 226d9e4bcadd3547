"""A small server that keeps the website contract with canned replies: fast, the same each time, able to misbehave.

A message whose text is the name of a canned reply gets that reply; a choice or an outcome gets the procedure.
"""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from bot.answers.reply import Reply
from bot.catalogue.text import Language
from bot.evaluation.widget import canned
from bot.widget.files import read_files

BASE = "/webhooks/website/"
UNAVAILABLE = {"zh": "抱歉，系统暂时无法回答，请稍后再试，或拨打 12333 咨询。",
               "en": "Sorry, the service cannot answer right now. Please try again later or call 12333."}  # fmt: skip


@dataclass
class FakeServer:
    """``pages`` are further pages by path; ``failures`` are statuses answered before anything works again (0: the
    answer breaks off and nothing ran, -1: it breaks off after the message ran); ``delay`` is in seconds."""

    address: str = ""
    pages: dict[str, tuple[str, dict[str, str]]] = field(default_factory=dict)
    replies: dict[str, Reply] = field(default_factory=dict)
    failures: list[int] = field(default_factory=list)
    delay: float = 0.0
    language: Language = "zh"
    opened: list[dict[str, Any]] = field(default_factory=list)
    sent: list[dict[str, Any]] = field(default_factory=list)
    ran: dict[str, list[Reply]] = field(default_factory=dict)
    messages: list[dict[str, Any]] = field(default_factory=list)
    sessions: set[str] = field(default_factory=set)
    calls: list[tuple[str, str]] = field(default_factory=list)

    def answer(self, body: dict[str, Any]) -> list[Reply]:
        """The replies to a message; the same id again runs nothing."""
        message_id = body["message_id"]
        if message_id not in self.ran:
            asked = {question: name for name, question in canned.QUESTIONS[self.language].items()}
            name = body.get("text", "procedure")
            name = asked.get(name, name)
            known = {**canned.replies(self.language), **self.replies}
            self.ran[message_id] = [known.get(name, known["smalltalk"])]
            shown = body.get("text") or body.get("choice") or body.get("outcome")
            self._remember("user", str(shown), None)
            for reply in self.ran[message_id]:
                self._remember("bot", reply["text"], reply)
        return self.ran[message_id]

    def greet(self, language: Language | None) -> list[Reply]:
        """A new conversation."""
        self.language = language or "zh"
        reply = canned.replies(self.language)["greeting"]
        self.messages.clear()
        self._remember("bot", reply["text"], reply)
        return [reply]

    def _remember(self, who: str, text: str, reply: Reply | None) -> None:
        self.messages.append({"from": who, "text": text, "reply": reply, "at": "2026-11-22T08:00:00.000+00:00"})


@contextmanager
def fake_server(port: int = 0) -> Iterator[FakeServer]:
    """The server on a free loopback port for the length of the block."""
    fake = FakeServer()
    server = ThreadingHTTPServer(("127.0.0.1", port), _handler(fake))
    server.daemon_threads = True
    fake.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(fake: FakeServer) -> type[BaseHTTPRequestHandler]:
    files = read_files()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *arguments: Any) -> None:
            """Nothing."""

        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            name = path.removeprefix(BASE)
            if path in fake.pages:
                text, headers = fake.pages[path]
                self._send(200, text.encode(), {"content-type": "text/html; charset=utf-8", **headers})
            elif name in files:
                self._send(200, files[name].packed, {**files[name].headers, "content-encoding": "gzip"})
            elif name == "messages" and self._allowed():
                self._json(200, {"messages": fake.messages})
            else:
                self._send(404, b"", {})

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            name = self.path.removeprefix(BASE)
            if name != "codes" and self._misbehaves(body):
                return
            if name == "sessions":
                fake.opened.append(body)
                fake.sessions.add(token := f"token-{len(fake.opened)}")
                self._json(201, {"session": token, "expires_in": 60, "replies": fake.greet(body.get("language"))})
            elif self._allowed():
                self._answer(name, body)

        def do_DELETE(self) -> None:
            if self._allowed():
                fake.sessions.clear()
                fake.messages.clear()
                self._send(204, b"", {})

        def _answer(self, name: str, body: dict[str, Any]) -> None:
            if name == "codes":
                self._json(200, {"size": 25, "path": "M0 0h7v1H0z"})
                return
            fake.sent.append(body)
            replies = fake.answer(body)
            time.sleep(fake.delay)
            self._json(200, {"replies": replies})

        def _misbehaves(self, body: dict[str, Any]) -> bool:
            if not fake.failures:
                return False
            status = fake.failures.pop(0)
            if "message_id" in body and status <= 0:
                fake.sent.append(body)
            if status == -1:
                fake.answer(body)
            if status <= 0:
                self._break_off()
            else:
                self._refuse(status)
            return True

        def _break_off(self) -> None:
            """An answer that ends in the middle. (A connection merely closed is used again by browsers themselves.)"""
            self.send_response(200)
            self.send_header("content-length", "1000")
            self.end_headers()
            self.wfile.write(b'{"replies": [')
            self.wfile.flush()
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)

        def _allowed(self) -> bool:
            fake.calls.append((self.command, self.path))
            if self.headers.get("authorization", "").removeprefix("Bearer ") in fake.sessions:
                return True
            self._refuse(401)
            return False

        def _refuse(self, status: int) -> None:
            sentence = UNAVAILABLE[fake.language] if status == 503 else f"Refused: {status}."
            headers = {"retry-after": "1"} if status == 429 else {}
            self._json(status, {"error": {"code": "refused", "message": sentence}}, headers)

        def _json(self, status: int, body: Any, headers: dict[str, str] | None = None) -> None:
            text = json.dumps(body, ensure_ascii=False).encode()
            self._send(status, text, {"content-type": "application/json; charset=utf-8", **(headers or {})})

        def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if status != 204:
                self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    return Handler
