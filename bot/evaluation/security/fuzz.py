"""Random requests to the website and WeChat routes: each must be answered, and none with a 5xx."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from random import Random
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import UUID

from bot.evaluation.security.attacks import disguises, injections

_FIELDS = (
    "text",
    "choice",
    "outcome",
    "message_id",
    "language",
    "region",
    "link",
    "sender",
    "metadata",
    "__proto__",
    "",
)
_PATHS = ("messages",) * 6 + ("sessions",) * 2 + ("codes", "health", "demo", "widget.js", "")
_METHODS = ("POST",) * 12 + ("GET", "GET", "DELETE", "PUT", "PATCH", "HEAD", "OPTIONS", "TRACE", "X")
_TYPES = ("application/json",) * 8 + ("text/plain", "application/xml", "", "application/json; charset=utf-7")
_ATTACKS = tuple(text for _, text in injections())
_WECHAT = "/webhooks/wechat"


@dataclass
class Fuzzed:
    """How requests were answered: by status; ``broken`` are those without an answer although they were well-formed."""

    statuses: Counter[int] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    slowest: float = 0.0
    slowest_request: str = ""
    seconds: float = 0.0

    @property
    def requests(self) -> int:
        return sum(self.statuses.values()) + len(self.broken)


@dataclass(frozen=True)
class Request:
    """One request as it is sent."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


def fuzz(address: str, count: int, seed: int, threads: int = 4) -> Fuzzed:
    """Send ``count`` random requests to the server at ``address`` from several threads."""
    result, lock, started = Fuzzed(), threading.Lock(), time.monotonic()
    parts = [count // threads + (number < count % threads) for number in range(threads)]
    workers = [
        threading.Thread(target=_work, args=(address, part, Random(f"{seed} {number}"), result, lock))
        for number, part in enumerate(parts)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    result.seconds = time.monotonic() - started
    return result


def requests(chance: Random, token: str) -> Iterator[Request]:
    """Random requests without end; some carry the token of a session."""
    while True:
        if chance.random() < 0.2:
            message = {"message_id": str(UUID(int=chance.getrandbits(128))), "text": _text(chance)}
            headers = {"content-type": "application/json", "authorization": f"Bearer {token}"}
            yield Request("POST", "/webhooks/website/messages", headers, json.dumps(message).encode())
            continue
        if chance.random() < 0.1:
            query = "&".join(
                f"{name}={quote(_text(chance)[:60], errors='replace')}" for name in ("signature", "echostr")
            )
            yield Request(
                chance.choice(("GET", "POST")), f"{_WECHAT}?{query}", {}, _text(chance).encode(errors="replace")
            )
            continue
        path = "/webhooks/website/" + chance.choice(_PATHS)
        if chance.random() < 0.1:
            path += _quoted(chance, 80)
        headers = {"content-type": chance.choice(_TYPES)}
        if chance.random() < 0.8:
            headers["authorization"] = f"Bearer {token if chance.random() < 0.9 else _header(chance)}"
        for name in ("origin", "accept-language", "x-forwarded-for", "host-x", "cookie", "if-none-match", "range"):
            if chance.random() < 0.05:
                headers[name] = _header(chance)
        yield Request(chance.choice(_METHODS), path, headers, _body(chance))


def _work(address: str, count: int, chance: Random, result: Fuzzed, lock: threading.Lock) -> None:
    connection = HTTPConnection(urlsplit(address).netloc, timeout=30)
    made = requests(chance, _session(connection, result))
    for number in range(count):
        if number % 100 == 99:  # the one before may have been deleted by a request
            made = requests(chance, _session(connection, result))
        request, began = next(made), time.monotonic()
        status = _send(connection, request) or _send(connection, request)  # a kept connection may have been closed
        taken = time.monotonic() - began
        with lock:
            if taken > result.slowest:
                result.slowest, result.slowest_request = taken, f"{request}"[:2_000]
            if not status:
                result.broken.append(f"{request.method} {request.path}"[:200])
                continue
            result.statuses[status] += 1
            if status >= 500:
                result.failures.append(f"{status} {request}"[:2_000])
    connection.close()


def _send(connection: HTTPConnection, request: Request) -> int:
    """The status; 0 when the server hung up instead."""
    try:
        connection.request(request.method, request.path, request.body, request.headers)
        response = connection.getresponse()
        response.read()
    except (HTTPException, OSError):
        connection.close()
        return 0
    return response.status


def _session(connection: HTTPConnection, result: Fuzzed) -> str:
    """The token of a new session; a refusal is a failure, and the requests go on without a session."""
    connection.request("POST", "/webhooks/website/sessions", "{}", {"content-type": "application/json"})
    response = connection.getresponse()
    body = response.read()
    if response.status != 201:
        result.failures.append(f"{response.status} a new session: {body[:500]!r}")
        return ""
    return str(json.loads(body)["session"])


def _body(chance: Random) -> bytes:
    roll = chance.random()
    if roll < 0.06:
        return chance.randbytes(chance.randrange(300))
    if roll < 0.08:
        return b'{"text": "' + b"x" * chance.choice((15_000, 17_000, 40_000)) + b'"}'
    if roll < 0.10:
        return b"[" * chance.randrange(12_000)
    made = {name: _value(chance) for name in _FIELDS if chance.random() < 0.25}
    if chance.random() < 0.7:
        made["message_id"] = f"8c5f0a52-6c43-4b6b-9a0e-{chance.randrange(16**12):012x}"
    if chance.random() < 0.15:
        made = {"message_id": made.get("message_id"), "text": _text(chance)}
    return json.dumps(made).encode()


def _value(chance: Random, depth: int = 0) -> Any:
    kind = chance.randrange(9 if depth < 3 else 6)
    if kind < 4:
        return _text(chance)
    if kind < 6:
        return chance.choice((None, True, False, 0, -1, 1e308, 10**30, float("nan")))
    if kind < 8:
        return {chance.choice(_FIELDS): _value(chance, depth + 1) for _ in range(chance.randrange(4))}
    return [_value(chance, depth + 1) for _ in range(chance.randrange(4))]


def _text(chance: Random) -> str:
    roll = chance.random()
    if roll < 0.4:
        return chance.choice(_ATTACKS)
    if roll < 0.6:
        return next(disguises(chance, 1))
    if roll < 0.7:
        return chance.choice(("社保卡丢了", "lost my card", "zh", "en", "dalian", "lost-card", "删除我的对话记录"))
    signs = (chance.randrange(128), chance.randrange(0x3000), chance.randrange(0x11_0000))
    return "".join(chr(chance.choice(signs)) for _ in range(chance.randrange(40)))


def _quoted(chance: Random, longest: int) -> str:
    return quote(_text(chance)[:longest], safe="/.%", errors="replace")


def _header(chance: Random) -> str:
    text = _text(chance).encode("latin-1", "replace").decode("latin-1")
    return "".join(sign for sign in text if sign >= " " and sign != "\x7f")[:200].strip() or "x"


def raw(address: str, data: bytes, seconds: float = 5.0) -> bytes:
    """What a server says to bytes that need not be a request; empty when it says nothing or hangs up."""
    parts = urlsplit(address)
    with socket.create_connection((parts.hostname or "", parts.port or 80), timeout=seconds) as connection:
        try:
            connection.sendall(data)
            return connection.recv(65_536)
        except OSError:
            return b""
