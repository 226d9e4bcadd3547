"""Sessions cannot be forged, fixed, taken over or kept for ever; choices of one are of no use in another."""

from __future__ import annotations

import base64
import json
import time
import uuid
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from bot.channels.settings import ChannelSettings
from bot.channels.website.tokens import ChoiceTokens, SessionTokens, TokenError
from tests.channels.conftest import SECRET, Client, ScriptedBot, error_of, serving

DAY = 86_400


class Clock:
    """Time as a test says."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


def test_a_used_session_is_renewed_up_to_its_longest_life() -> None:
    clock = Clock()
    tokens = SessionTokens(SECRET, DAY, clock, longest=3 * DAY)
    token, session = tokens.issue("zh")
    clock.now += 3_599
    assert tokens.renewed(session) is None
    clock.now += 1
    renewed, seconds = tokens.renewed(session) or ("", 0)
    later = tokens.check(renewed)
    assert seconds == DAY
    assert later == replace(session, expires=session.expires + 3_600)
    assert tokens.check(token) == session
    clock.now = session.expires
    with pytest.raises(TokenError):
        tokens.check(token)  # the old token has its own end
    for _ in range(60):
        clock.now += 3_600
        if made := tokens.renewed(later):
            later = tokens.check(made[0])
    assert later.expires == session.begun + 3 * DAY
    clock.now = later.expires
    with pytest.raises(TokenError):
        tokens.check(tokens._token(replace(later, expires=later.expires + DAY)))


@pytest.fixture
def short(bot: ScriptedBot, settings: ChannelSettings) -> Iterator[Client]:
    """A server whose sessions last 24 seconds, so that each is renewed after one."""
    with serving(bot, replace(settings, session_seconds=24, session_longest=60)) as made:
        yield made


def test_a_server_renews_and_the_conversation_goes_on(short: Client, bot: ScriptedBot) -> None:
    short.open()
    old = short.token
    time.sleep(2.1)
    answer = short.send("你好").json()
    assert set(answer) == {"replies", "session", "expires_in"}
    assert answer["session"] != old
    assert answer["expires_in"] == 24
    short.token = answer["session"]
    assert short.send("还在").json()["replies"][0]["text"] == "收到：还在"
    assert len({message.sender_id for message in bot.seen}) == 1
    assert [message["text"] for message in short.history() if message["from"] == "user"] == ["你好", "还在"]


def test_a_client_cannot_choose_its_session(client: Client, bot: ScriptedBot) -> None:
    client.open()
    victim, sender = client.token, bot.seen[0].sender_id
    client.token = ""
    body = {"session": victim, "sender": sender, "sender_id": sender, "language": "zh"}
    headers = {"authorization": f"Bearer {victim}", "cookie": f"session={victim}; sid={sender}"}
    opened = client.call("POST", f"/sessions?session={victim}", json=body, headers=headers).json()
    assert opened["session"] != victim
    assert len({message.sender_id for message in bot.seen}) == 2


def test_a_deleted_session_is_dead_for_all_its_tokens(short: Client) -> None:
    short.open()
    old = short.token
    time.sleep(2.1)
    short.token = short.send("你好").json()["session"]
    assert short.call("DELETE", "/sessions").status_code == 204
    for token in (old, short.token):
        short.token = token
        assert error_of(short.send("还在吗")) == (401, "no_session")


def test_choices_do_not_leave_their_session(client: Client, bot: ScriptedBot) -> None:
    client.open()
    tokens = [choice["token"] for choice in client.send("谁去").json()["replies"][0]["choices"]]
    assert len(tokens) == 3
    client.open()
    before = len(bot.seen)
    for token in tokens:
        for shown in (token, f" {token}", token + "=", token.lower()):
            assert error_of(client.send(choice=shown)) == (400, "stale_choice")
        assert client.send(token).status_code == 200  # typed, it is only words
        assert not bot.seen[-1].text.startswith("/")
    assert len(bot.seen) == before + 3


def test_tokens_of_other_makers(client: Client) -> None:
    """Web tokens with no algorithm, a known key, or our own bytes in another order."""

    def part(value: object) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")

    client.open()
    claims = part({"sub": "web:" + "0" * 32, "exp": 9_999_999_999})
    good = client.token
    forged = [
        f"{part({'alg': 'none'})}.{claims}.",
        f"{part({'alg': 'HS256'})}.{claims}.{part('x')}",
        good[44:] + good[:44],
        good[:-1],
        good + good,
        base64.urlsafe_b64encode(b"\x01" + b"\0" * 65).decode(),
        "null",
        "undefined",
    ]
    for token in forged:
        client.token = token
        assert error_of(client.call("GET", "/messages")) == (401, "no_session"), token


@examples(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=120), st.text(max_size=120))
def test_no_made_up_token_opens_anything(raw: bytes, text: str) -> None:
    sessions, choices = SessionTokens(SECRET, 60), ChoiceTokens(SECRET)
    for token in (base64.urlsafe_b64encode(raw).decode().rstrip("="), text):
        with pytest.raises(TokenError):
            sessions.check(token)
        with pytest.raises(TokenError):
            choices.open("web:1", token)


@examples(max_examples=300, deadline=None)
@given(st.integers(0, 65), st.integers(1, 255))
def test_no_changed_byte_is_overlooked(place: int, change: int) -> None:
    token, _ = SessionTokens(SECRET, 60).issue("zh")
    raw = bytearray(base64.urlsafe_b64decode(token))
    raw[place] ^= change
    with pytest.raises(TokenError):
        SessionTokens(SECRET, 60).check(base64.urlsafe_b64encode(bytes(raw)).decode())


def test_a_replayed_request_runs_nothing(client: Client, bot: ScriptedBot) -> None:
    client.open()
    message_id = str(uuid.uuid4())
    first = client.send("社保卡丢了", message_id).json()
    assert [client.send("社保卡丢了", message_id).json() for _ in range(5)] == [first] * 5
    assert len(bot.seen) == 2
