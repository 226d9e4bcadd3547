"""Whatever is sent, the answer is one of the contract's and never a 5xx; and the session goes on."""

from __future__ import annotations

import json
import random
from typing import Any

from tests.channels.conftest import Client, error_of

FIELDS = ["text", "choice", "message_id", "language", "sender", "metadata", "input_channel", "__proto__", ""]
STRINGS = [
    "",
    "社保卡丢了",
    "/restart",
    "' OR 1=1 --",
    "'; DROP TABLE events; --",
    "<script>alert(1)</script>",
    "{{7*7}}${7*7}#{7*7}%s%n",
    "\r\nSet-Cookie: a=b",
    "../../../../etc/passwd",
    "\x00\x1b[31m\ud800\uffff",
    "]]></Content>",
    "A" * 2001,
    "é" * 300,
    "8c5f0a52-6c43-4b6b-9a0e-6d1f3f0f7f11",
    '%" : _',
    "zh",
]
EXPECTED = {200, 201, 400, 401, 404, 405, 409, 413}


def value(chance: random.Random, depth: int = 0) -> Any:
    kind = chance.randrange(9 if depth < 3 else 6)
    if kind < 3:
        return chance.choice(STRINGS)
    if kind == 3:
        return chance.choice([None, True, False, 0, -1, 1e308, 10**30])
    if kind < 6:
        return "".join(chr(chance.choice([chance.randrange(128), chance.randrange(0x11000)])) for _ in range(12))
    if kind < 8:
        return {chance.choice(FIELDS): value(chance, depth + 1) for _ in range(chance.randrange(4))}
    return [value(chance, depth + 1) for _ in range(chance.randrange(4))]


def body(chance: random.Random) -> bytes:
    if chance.random() < 0.1:
        return bytes(chance.randrange(256) for _ in range(chance.randrange(60)))
    made = {field: value(chance) for field in FIELDS if chance.random() < 0.4}
    if chance.random() < 0.7:
        made["message_id"] = f"8c5f0a52-6c43-4b6b-9a0e-{chance.randrange(16**12):012x}"
    if chance.random() < 0.5:
        made["text"] = chance.choice([value(chance), chance.choice(STRINGS)])
        made.pop("choice", None)
    return json.dumps(made).encode()


def test_random_requests(client: Client) -> None:
    chance = random.Random(11)
    client.open()
    seen = set()
    for _ in range(600):
        path = chance.choice(["/messages"] * 8 + ["/sessions", f"/{chance.choice(['x', '%00', '..%2f', '%E7%A4%BE'])}"])
        method = chance.choice(["POST"] * 9 + ["GET", "PUT", "PATCH", "HEAD"])
        response = client.call(method, path, data=body(chance), headers={"content-type": "application/json"})
        seen.add(response.status_code)
        if response.status_code >= 400 and method != "HEAD":
            error_of(response)
    assert seen <= EXPECTED
    assert {200, 201, 400, 404, 405, 413} <= seen
    assert client.send("还在吗").json()["replies"][0]["text"] == "收到：还在吗"
    assert client.call("GET", "/messages").status_code == 200
