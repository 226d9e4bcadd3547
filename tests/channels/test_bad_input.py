"""Every refusal of the contract, and input meant to break in or break down."""

from __future__ import annotations

import json
import socket
import time
import uuid
from dataclasses import replace
from http.client import HTTPConnection
from typing import Any

import pytest

from bot.channels.settings import ChannelSettings
from bot.channels.website.tokens import SessionTokens
from tests.channels.conftest import SECRET, Client, ScriptedBot, error_of, serving

ID = "8c5f0a52-6c43-4b6b-9a0e-6d1f3f0f7f11"
JSON = {"content-type": "application/json"}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"hello",
        b"[]",
        b'"text"',
        b"null",
        b"[" * 15_000,
        b"\xff\xfe",
        b'{"text": "hi"}',
        b'{"text": "hi", "message_id": 7}',
        b'{"text": "hi", "message_id": null}',
        b'{"text": "hi", "message_id": "1"}',
        b'{"text": "hi", "message_id": "{8c5f0a52-6c43-4b6b-9a0e-6d1f3f0f7f11}"}',
        b'{"message_id": "8c5f0a52-6c43-4b6b-9a0e-6d1f3f0f7f11"}',
        b'{"text": 5, "message_id": "8c5f0a52-6c43-4b6b-9a0e-6d1f3f0f7f11"}',
        b'{"text": null, "message_id": "8c5f0a52-6c43-4b6b-9a0e-6d1f3f0f7f11"}',
        b'{"text": ["hi"], "message_id": "8c5f0a52-6c43-4b6b-9a0e-6d1f3f0f7f11"}',
        b'{"text": {"a": 1}, "message_id": "8c5f0a52-6c43-4b6b-9a0e-6d1f3f0f7f11"}',
        b'{"choice": 5, "message_id": "8c5f0a52-6c43-4b6b-9a0e-6d1f3f0f7f11"}',
        b'{"text": "hi", "choice": "x", "message_id": "8c5f0a52-6c43-4b6b-9a0e-6d1f3f0f7f11"}',
    ],
)
def test_malformed_messages(client: Client, bot: ScriptedBot, body: bytes) -> None:
    client.open()
    assert error_of(client.call("POST", "/messages", data=body, headers=JSON)) == (400, "malformed")
    assert len(bot.seen) == 1


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "", "multipart/form-data"])
def test_only_json_is_read(client: Client, content_type: str) -> None:
    """A page of another site can send these without asking first."""
    client.open()
    body = f'{{"text": "hi", "message_id": "{ID}"}}'.encode()
    response = client.call("POST", "/messages", data=body, headers={"content-type": content_type})
    assert error_of(response) == (400, "malformed")


@pytest.mark.parametrize("body", [{"language": "fr"}, {"language": 1}, {"language": ["zh"]}, {"language": {}}, [], 5])
def test_malformed_sessions(client: Client, body: Any) -> None:
    assert error_of(client.call("POST", "/sessions", json=body)) == (400, "malformed")


@pytest.mark.parametrize("text", ["", " ", "\n\t", "\u200b\ufeff", "\u3000", "/", " / ／ ", "\x00", "\ud800", "\u2800"])
def test_nothing_to_read(client: Client, bot: ScriptedBot, text: str) -> None:
    client.open()
    assert error_of(client.send(text)) == (400, "empty")
    assert len(bot.seen) == 1


def test_the_longest_message_and_one_more(client: Client, bot: ScriptedBot) -> None:
    client.open()
    assert client.send("社" * 2000).status_code == 200
    assert bot.seen[-1].text == "社" * 2000
    assert error_of(client.send("社" * 2001)) == (413, "too_long")
    assert error_of(client.send("ﷺ" * 1000)) == (413, "too_long")  # 18,000 characters once normalised


def test_bodies_beyond_the_limit(client: Client) -> None:
    client.open()
    junk = {"text": "hi", "message_id": ID, "junk": "x" * 17_000}
    assert error_of(client.call("POST", "/messages", json=junk)) == (413, "too_long")
    assert error_of(client.call("POST", "/messages", data=iter([b"x" * 9000] * 3), headers=JSON)) == (413, "too_long")
    assert client.send("hi").status_code == 200


def test_a_huge_body_is_not_read(client: Client) -> None:
    client.open()
    address = client.root.removeprefix("http://").split(":")
    with socket.create_connection((address[0], int(address[1])), timeout=10) as connection:
        head = f"POST /webhooks/website/messages HTTP/1.1\r\nHost: {':'.join(address)}\r\n"
        head += (
            f"Authorization: Bearer {client.token}\r\nContent-Type: application/json\r\nContent-Length: 99999999\r\n"
        )
        connection.sendall(head.encode() + b"\r\n" + b"x" * 200_000)
        assert b" 413 " in connection.recv(1000).split(b"\r\n")[0]
        connection.settimeout(5)
        with pytest.raises((ConnectionError, BrokenPipeError)):
            connection.sendall(b"x" * 50_000_000)


def test_a_body_where_none_belongs(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    client.open()
    assert client.call("GET", "/messages", data=b"x" * 100).status_code == 200
    assert error_of(client.call("GET", "/messages", data=b"x" * 17_000)) == (413, "too_long")
    assert error_of(client.call("GET", "/messages", data=b"x" * 70_000)) == (413, "too_long")
    assert client.call("DELETE", "/sessions").status_code == 204
    assert "not consumed" not in caplog.text


@pytest.mark.parametrize("text", ["👍", "🪪🏦", "?", "123", "😀" * 2000])
def test_emoji_and_signs_are_answered(client: Client, text: str) -> None:
    client.open()
    assert client.call("POST", "/messages", json={"text": text[:1300], "message_id": ID}).status_code == 200


@pytest.mark.parametrize(
    "typed",
    [
        "/restart",
        " /restart",
        "／restart",
        "\u200b/restart",
        "\ufeff\u2060/restart",
        "//restart",
        "/ /restart",
        "\u3000／\u200d／restart",
        "\x00/restart",
        "\u202e/restart",
        "\ufe0f/restart",
        "\n/restart",
        '/choose{"choice": "topic:lost-card"}',
        '/open{"language": "en"}',
        "/session_start",
        '／inform{"region": "dalian"}',
    ],
)
def test_typed_payloads_are_ordinary_text(client: Client, bot: ScriptedBot, typed: str) -> None:
    client.open()
    assert client.send(typed).status_code == 200
    seen = bot.seen[-1].text
    assert seen[0].isalpha()
    assert seen == seen.strip()


def test_what_a_client_claims_is_ignored(client: Client, bot: ScriptedBot) -> None:
    client.open()
    claims = {
        "sender": "victim",
        "sender_id": "victim",
        "input_channel": "wechat",
        "metadata": {"role": "staff", "display": "x"},
        "parse_data": {"intent": {"name": "restart"}},
    }
    assert client.send("你好", **claims).status_code == 200
    message = bot.seen[-1]
    assert message.sender_id == bot.seen[0].sender_id
    assert message.input_channel == "website"
    assert set(message.metadata) == {"language", "masked", "verdicts", "digest"}
    assert message.parse_data["intent"]["name"] != "restart"  # the server reads the text itself


def test_no_or_wrong_sessions(client: Client, settings: ChannelSettings) -> None:
    client.open()
    good = client.token
    never_opened, _ = SessionTokens(SECRET, 60).issue("zh")
    expired, _ = SessionTokens(SECRET, 60, clock=lambda: time.time() - 61).issue("zh")
    other_secret, _ = SessionTokens(SECRET[::-1], 60).issue("zh")
    flipped = good[:30] + ("A" if good[30] != "A" else "B") + good[31:]
    wrong = ["x", good[:-1], good + "A", flipped, f"{good}.", never_opened, expired, other_secret, "é", "A" * 4000]
    for token in ["", *wrong]:
        client.token = ""
        headers = {"authorization": f"Bearer {token}".encode()} if token else {}
        for method, path in (("POST", "/messages"), ("GET", "/messages"), ("DELETE", "/sessions")):
            body = {"text": "hi", "message_id": ID} if method == "POST" else None
            response = client.call(method, path, json=body, headers=headers)
            assert error_of(response) == (401, "no_session"), (token, method)
            assert response.headers["www-authenticate"] == "Bearer"
    response = client.call("GET", "/messages", headers={"authorization": f"Basic {good}"})
    assert error_of(response) == (401, "no_session")
    client.token = good
    assert client.send("hi").status_code == 200


def test_stale_and_foreign_choices(client: Client, bot: ScriptedBot) -> None:
    client.open()
    [first] = client.send("谁去").json()["replies"]
    token = first["choices"][0]["token"]
    flipped = token[:-2] + ("A" if token[-2] != "A" else "B") + token[-1]
    for wrong in ("", "x", "fact:applicant=agent", '/choose{"choice": "x"}', flipped, token + "=", "A" * 9000, "é"):
        response = client.send(choice=wrong)
        assert error_of(response) == (400, "stale_choice"), wrong
        assert "选项" in response.json()["error"]["message"]
    client.send("另一个问题")
    assert client.send(choice=token).status_code == 200  # an earlier question may still be answered
    assert bot.seen[-1].text == '/choose{"choice": "fact:applicant=self"}'
    client.open()
    assert error_of(client.send(choice=token)) == (400, "stale_choice")  # another session


def test_a_message_id_stands_for_one_content(client: Client, bot: ScriptedBot) -> None:
    client.open()
    [question] = client.send("谁去", ID).json()["replies"]
    assert error_of(client.send("别的", ID)) == (409, "message_id_reused")
    token = question["choices"][0]["token"]
    assert error_of(client.send(choice=token, message_id=ID)) == (409, "message_id_reused")
    assert client.send("谁去", ID.upper()).json()["replies"] == [question]
    assert len(bot.seen) == 2
    client.open()
    assert client.send("别的", ID).status_code == 200  # another session may use the same id


@pytest.mark.parametrize(
    "path", ["", "/", "/nothing", "/sessions/1", "/demo.html", "/..%2fsettings.py", "/%2e%2e/x", "/a//b"]
)
def test_unknown_paths(client: Client, path: str) -> None:
    connection = HTTPConnection(client.root.removeprefix("http://"), timeout=5)
    connection.request("GET", f"/webhooks/website{path}")
    response = connection.getresponse()
    assert response.status == 404
    assert json.loads(response.read())["error"]["code"] == "not_found"
    connection.close()


def test_wrong_methods(client: Client) -> None:
    response = client.call("PUT", "/messages", json={})
    assert error_of(response) == (405, "method_not_allowed")
    assert response.headers["allow"] == "POST, GET, OPTIONS"
    assert error_of(client.call("GET", "/sessions")) == (405, "method_not_allowed")


def test_rate_of_a_session(bot: ScriptedBot, settings: ChannelSettings) -> None:
    with serving(bot, replace(settings, rate_session=3)) as client:
        client.open()
        assert [client.send("hi").status_code for _ in range(4)] == [200, 200, 200, 429]
        response = client.send("hi")
        assert error_of(response) == (429, "too_fast")
        assert 1 <= int(response.headers["retry-after"]) <= 20
        client.open()
        assert client.send("hi").status_code == 200


def test_rate_of_an_address(bot: ScriptedBot, settings: ChannelSettings) -> None:
    with serving(bot, replace(settings, rate_address=2)) as client:
        client.open()
        client.open()
        response = client.call("POST", "/sessions", json={"language": "en"})
        assert error_of(response) == (429, "too_fast")
        spoofed = client.call("POST", "/sessions", json={}, headers={"x-forwarded-for": "203.0.113.9"})
        assert spoofed.status_code == 429
        assert client.call("GET", "/health").status_code == 200
    with serving(bot, replace(settings, rate_address=2, proxies=1)) as client:
        for last in range(5):
            forwarded = {"x-forwarded-for": f"198.51.100.7, 203.0.113.{last}"}
            assert client.call("POST", "/sessions", json={}, headers=forwarded).status_code == 201


def test_refusals_speak_the_persons_language(client: Client) -> None:
    english = {"accept-language": "en-US,en;q=0.9,zh;q=0.5"}
    chinese = {"accept-language": "fr,zh-CN;q=0.9,en;q=0.8"}
    assert client.call("GET", "/messages", headers=english).json()["error"]["message"].startswith("This conversation")
    assert client.call("GET", "/messages", headers=chinese).json()["error"]["message"].startswith("会话不存在")
    client.open("en")
    assert client.send("/", str(uuid.uuid4())).json()["error"]["message"].startswith("There is nothing")


@pytest.mark.parametrize("language", ["zh", "en", None])
def test_languages_of_a_session(client: Client, bot: ScriptedBot, language: str | None) -> None:
    client.open(language)
    assert bot.seen[-1].text == (f'/open{{"language": "{language}"}}' if language else "/open")
    assert bot.seen[-1].metadata["display"] is None
