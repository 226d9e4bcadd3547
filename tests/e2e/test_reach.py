"""What of the running servers can be reached from outside, what cannot; and that case codes cannot be tried out."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable
from urllib.parse import urlsplit

import httpx
import pytest

from bot.setup.servers import Running
from tests.e2e.conftest import Citizen

Open = Callable[..., Citizen]
PRIVATE = (
    *("/conversations", "/conversations/x/tracker", "/conversations/x/messages", "/conversations/x/trigger_intent"),
    *("/model", "/model/parse", "/model/train", "/model/test/intents", "/model/predict", "/domain", "/status"),
    *("/webhooks/rest/webhook", "/webhooks/rasa/webhook", "/webhooks/callback/webhook", "/webhooks/slack/webhook"),
    *("/webhooks/telegram/webhook", "/webhooks/twilio/webhook", "/webhooks/facebook/webhook", "/webhooks/webexteams/x"),
    *("/webhooks/hangouts/webhook", "/webhooks/botframework/webhook", "/webhooks/twilio_voice/webhook"),
    *("/socket.io/", "/socket.io/?EIO=4&transport=polling", "/auth", "/debug", "/.env", "/.git/config"),
)


def call(address: str, method: str = "GET") -> httpx.Response:
    return httpx.request(method, address, json=None if method == "GET" else {}, trust_env=False, timeout=10)


@pytest.mark.parametrize("path", PRIVATE)
def test_rasas_own_doors_are_closed(servers: Running, path: str) -> None:
    for method in ("GET", "POST"):
        response = call(servers.website + path, method)
        assert response.status_code in (404, 405), (method, path, response.status_code)
        assert "access-control-allow-origin" not in response.headers


def test_both_listen_on_loopback_only(servers: Running) -> None:
    """Another address of this machine reaches neither."""
    for server in (servers.website, servers.actions):
        parts = urlsplit(server)
        assert parts.hostname == "127.0.0.1"
        with pytest.raises(OSError, match="refused"):
            socket.create_connection(("127.0.0.2", parts.port or 0), timeout=2)


@pytest.mark.parametrize(
    "path", ["/webhook", "/actions", "/", "/webhook/", "//webhook", "/%77ebhook", "/health/../webhook"]
)
def test_the_action_server_answers_rasa_only(servers: Running, path: str) -> None:
    for headers in ({}, {"X-Banshi-Key": "0" * 64}, {"X-Banshi-Key": ""}, {"Authorization": "Bearer x"}):
        for method in ("GET", "POST"):
            response = httpx.request(method, servers.actions + path, headers=headers, json={}, trust_env=False)
            assert response.status_code in (401, 404, 405), (method, path, headers)
            assert "procedure" not in response.text
    assert call(f"{servers.actions}/webhook", "POST").status_code == 401


def test_health_and_metrics_need_no_key_and_tell_nothing_of_anybody(servers: Running, citizen: Open) -> None:
    citizen().says("我叫张三，身份证号110101199003071234丢了")
    for path in ("/health", "/health/live", "/health/ready"):
        assert call(servers.actions + path).json() == {"status": "ok"}
    for server in (servers.website, servers.actions):
        told = call(f"{server}/metrics").text
        assert "banshi_" in told
        for needle in ("张三", "110101", "web:", "127.0.0.1"):
            assert needle not in told


def test_one_negative_length_does_not_stop_the_server(servers: Running, citizen: Open) -> None:
    parts = urlsplit(servers.website)
    with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=5) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\nxxxxx")
        assert connection.recv(1000).startswith(b"HTTP/1.1 400")
    assert citizen().says("你好")


def test_a_case_code_is_only_a_number_here(citizen: Open) -> None:
    """One person's code, typed by another, with a hundred more: nothing of the case comes back, nothing differs."""
    owner = citizen()
    owner.finishes(owner.says("我的社保卡过期了，让我妈去办，大连的，成年人"), {})
    [told] = re.findall(r"\b\d{6}\b", " ".join(reply["text"] for reply in owner.says("转人工")))
    other = citizen()
    answers = set()
    for code in (told, *(f"{int(told) * 7919 % 1_000_000 + number:06d}"[-6:] for number in range(8))):
        for typed in (code, f"办事码 {code}"):
            replies = other.says(typed)
            answers |= {(reply["status"], "procedure" in reply) for reply in replies}
            assert "大连" not in "".join(reply["text"] for reply in replies)
    assert not any(procedure for _, procedure in answers)
    for field in ({"case_code": told}, {"code": told}, {"choice": told}, {"outcome": told}):
        response = other.post({"message_id": "8c5f0a52-6c43-4b6b-9a0e-6d1f3f0f7f11", **field})
        assert response.status_code == 400
    for path in (f"/codes/{told}", f"/cases/{told}", f"/codes?code={told}"):
        assert other.http.get(path).status_code in (404, 405)
