"""Slow, endless, doubled and oversized requests: each is cut off, and nobody else waits."""

from __future__ import annotations

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest

from bot.channels.website import http
from bot.evaluation.security.fuzz import fuzz, raw
from tests.channels.conftest import Client, ScriptedBot

MESSAGES = "POST /webhooks/website/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"


def head(client: Client, *lines: str) -> bytes:
    return (MESSAGES + f"Authorization: Bearer {client.token}\r\n" + "".join(f"{line}\r\n" for line in lines)).encode()


def address(client: Client) -> tuple[str, int]:
    parts = urlsplit(client.root)
    return str(parts.hostname), int(parts.port or 0)


def test_slow_bodies_are_given_up_and_hold_nobody_up(
    client: Client, bot: ScriptedBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "BODY_SECONDS", 1.5)
    client.open()
    with ExitStack() as stack:
        slow = [stack.enter_context(socket.create_connection(address(client), timeout=10)) for _ in range(60)]
        for connection in slow:
            connection.sendall(head(client, "Content-Length: 1000") + b'\r\n{"text": "')
        started = time.monotonic()
        assert client.send("还在吗").status_code == 200
        assert time.monotonic() - started < 1.0
        for connection in slow[:5]:
            connection.sendall(b"x")  # a drop now and then gains no time
        answers = [connection.recv(65_536) for connection in slow]
        assert time.monotonic() - started < 6.0
    assert {answer.split(b"\r\n")[0] for answer in answers} == {b"HTTP/1.1 400 Bad Request"}
    assert len(bot.seen) == 2


def test_half_a_request_line_holds_nobody_up(client: Client) -> None:
    client.open()
    with ExitStack() as stack:
        for _ in range(100):
            stack.enter_context(socket.create_connection(address(client), timeout=5)).sendall(b"POST /webhooks/web")
        started = time.monotonic()
        assert client.send("还在吗").status_code == 200
        assert time.monotonic() - started < 1.0


@pytest.mark.parametrize(
    ("lines", "body"),
    [
        (("Content-Length: 5", "Transfer-Encoding: chunked"), b"0\r\n\r\nGET /x HTTP/1.1\r\nHost: x\r\n\r\n"),
        (("Transfer-Encoding: chunked",), b"zzzz\r\n{}\r\n0\r\n\r\n"),
        (("Transfer-Encoding: chunked",), b"FFFFFFFFFFFFFFFF\r\n{}"),
        (("Transfer-Encoding: chunked", "Transfer-Encoding: identity"), b"0\r\n\r\n"),
        (("Content-Length: -5",), b"{}"),
        (("Content-Length: 5, 6",), b"{}   "),
        (("Content-Length: 99999999999999999999",), b"{}"),
        (("Content-Length: ٥",), b"{}   "),
        (("Content-Length: 2", "Content-Length: 2"), b"{}"),
        (("Transfer-Encoding: gzip",), b"{}"),
        (("X-Long: " + "a" * 70_000,), b""),
        (tuple(f"X-{number}: {'a' * 100}" for number in range(400)), b""),
        (("Content-Length: 2", "Expect: 100-continue"), b"{}"),
    ],
)
def test_odd_framing(client: Client, bot: ScriptedBot, lines: tuple[str, ...], body: bytes) -> None:
    client.open()
    answer = raw(client.root, head(client, *lines) + b"\r\n" + body)
    assert not answer.startswith(b"HTTP/1.1 5"), answer[:200]
    assert b"Traceback" not in answer
    assert answer.count(b"HTTP/1.1 20") == 0
    assert len(bot.seen) == 1
    assert client.send("还在吗").status_code == 200


@pytest.mark.parametrize(
    "data",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 100,  # a TLS greeting
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET http://[::1 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"\r\n" * 5_000,
        b"GET /webhooks/website/%ff%fe%00 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /webhooks/website/messages HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \xff\xfe\r\n\r\n",
        b"GET /webhooks/website/health?" + b"a" * 20_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"GET /webhooks/website/\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n",
    ],
)
def test_bytes_that_are_no_request(client: Client, data: bytes) -> None:
    answer = raw(client.root, data)
    assert b"Traceback" not in answer
    assert not answer.startswith(b"HTTP/1.1 5"), answer[:200]
    client.open()
    assert client.send("还在吗").status_code == 200


def test_two_thousand_random_requests(client: Client) -> None:
    """The same as `python -m bot.evaluation.security` sends fifty thousand times to the real servers."""
    fuzzed = fuzz(client.root, 2_000, seed=5)
    assert fuzzed.failures == []
    assert fuzzed.broken == []
    assert fuzzed.requests == 2_000
    assert {200, 201, 400, 401, 403, 404, 405, 413} <= set(fuzzed.statuses)
    assert fuzzed.slowest < 15.0


def test_many_at_once(client: Client, bot: ScriptedBot) -> None:
    client.open()
    with ThreadPoolExecutor(16) as pool:
        statuses = list(pool.map(lambda _: client.call("GET", "/health").status_code, range(400)))
    assert set(statuses) == {200}
