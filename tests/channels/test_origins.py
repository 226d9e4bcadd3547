"""Which pages may call: the server's own, those on the list, and no other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
import requests

from bot.channels.settings import ChannelSettings
from tests.channels.conftest import Client, ScriptedBot, error_of, serving

ALLOWED = "https://www.example.gov.cn"
CORS = "access-control-allow-origin"


def granted(response: requests.Response) -> dict[str, str]:
    """The headers by which a browser lets a page of another site read the response."""
    return {
        name.lower(): value for name, value in response.headers.items() if name.lower().startswith("access-control-")
    }


@pytest.fixture
def client(bot: ScriptedBot, settings: ChannelSettings) -> Iterator[Client]:
    with serving(bot, replace(settings, origins=frozenset({ALLOWED}))) as made:
        yield made


def test_own_pages_need_no_permission(client: Client) -> None:
    response = client.call("POST", "/sessions", json={}, headers={"origin": client.root})
    assert response.status_code == 201
    assert granted(response) == {}
    assert granted(client.call("GET", "/health")) == {}


def test_an_allowed_site(client: Client) -> None:
    response = client.call("POST", "/sessions", json={}, headers={"origin": ALLOWED})
    assert response.status_code == 201
    assert granted(response) == {CORS: ALLOWED}
    assert response.headers["vary"] == "Origin"
    refused = client.call("GET", "/messages", headers={"origin": ALLOWED})
    assert error_of(refused) == (401, "no_session")
    assert granted(refused) == {CORS: ALLOWED}  # or the page could not read the refusal


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "https://www.example.gov.cn.evil.example",
        "https://www.example.gov.cn:8443",
        "http://www.example.gov.cn",
        "null",
        "",
        "*",
    ],
)
def test_a_foreign_site(client: Client, bot: ScriptedBot, origin: str) -> None:
    response = client.call("POST", "/sessions", json={}, headers={"origin": origin})
    assert error_of(response) == (403, "foreign_origin")
    assert granted(response) == {}
    assert bot.seen == []
    asked = client.call("OPTIONS", "/messages", headers={"origin": origin, "access-control-request-method": "POST"})
    assert error_of(asked) == (403, "foreign_origin")
    assert granted(asked) == {}


def test_a_page_of_an_allowed_site_asks_first(client: Client) -> None:
    asked = client.call("OPTIONS", "/messages", headers={"origin": ALLOWED, "access-control-request-method": "POST"})
    assert asked.status_code == 204
    assert asked.headers[CORS] == ALLOWED
    assert asked.headers["access-control-allow-methods"] == "POST, GET, OPTIONS"
    assert asked.headers["access-control-allow-headers"] == "authorization, content-type"
    assert asked.headers["vary"] == "Origin"
    plain = client.call("OPTIONS", "/messages")
    assert (plain.status_code, plain.headers["allow"]) == (204, "POST, GET, OPTIONS")


def test_security_headers(client: Client) -> None:
    client.open()
    for response in (client.send("hi"), client.call("GET", "/health"), client.call("GET", "/nothing")):
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["referrer-policy"] == "no-referrer"
        assert response.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
        assert response.headers["cache-control"] == "no-store"
