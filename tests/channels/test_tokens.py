"""Session and choice tokens by themselves."""

from __future__ import annotations

import pytest

from bot.channels.keys import Digests
from bot.channels.website.tokens import ChoiceTokens, OpenedChoice, SessionTokens, TokenError

SECRET = b"x" * 32


class Clock:
    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


def test_a_session_lasts_as_long_as_said() -> None:
    clock = Clock()
    tokens = SessionTokens(SECRET, 60, clock)
    token, session = tokens.issue("en")
    assert tokens.check(token) == session
    assert session.expires == 1_700_000_060
    assert session.language == "en"
    clock.now += 59
    assert tokens.check(token) == session
    clock.now += 1
    with pytest.raises(TokenError):
        tokens.check(token)


def test_sessions_are_told_apart() -> None:
    tokens = SessionTokens(SECRET, 60)
    issued = [tokens.issue(None) for _ in range(200)]
    assert len({session.sender_id for _, session in issued}) == 200
    assert all(len(token) == 88 for token, _ in issued)


def test_every_changed_bit_is_noticed() -> None:
    tokens = SessionTokens(SECRET, 60)
    token, _ = tokens.issue("zh")
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    for place, sign in enumerate(token):
        other = alphabet[(alphabet.index(sign) + 1) % 64]
        with pytest.raises(TokenError):
            tokens.check(token[:place] + other + token[place + 1 :])


def test_another_secret_opens_nothing() -> None:
    token, session = SessionTokens(SECRET, 60).issue("zh")
    with pytest.raises(TokenError):
        SessionTokens(b"y" * 32, 60).check(token)
    sealed = ChoiceTokens(SECRET).seal(session.sender_id, OpenedChoice("topic:lost-card", "挂失", "zh"))
    with pytest.raises(TokenError):
        ChoiceTokens(b"y" * 32).open(session.sender_id, sealed)


def test_a_choice_belongs_to_its_session() -> None:
    tokens = ChoiceTokens(SECRET)
    choice = OpenedChoice("fact:region=?", "不清楚", "zh")
    sealed = tokens.seal("web:1", choice)
    assert tokens.open("web:1", sealed) == choice
    assert sealed == tokens.seal("web:1", choice)
    assert sealed != tokens.seal("web:2", choice)
    for sender in ("web:2", "web:", ""):
        with pytest.raises(TokenError):
            tokens.open(sender, sealed)


def test_a_session_token_is_no_choice_and_a_choice_no_session() -> None:
    token, session = SessionTokens(SECRET, 60).issue("zh")
    with pytest.raises(TokenError):
        ChoiceTokens(SECRET).open(session.sender_id, token)
    sealed = ChoiceTokens(SECRET).seal(session.sender_id, OpenedChoice("x", "x", "zh"))
    with pytest.raises(TokenError):
        SessionTokens(SECRET, 60).check(sealed)


def test_digests_differ_by_sender_kind_and_content() -> None:
    digests = Digests(SECRET)
    made = {
        digests.of("web:1", "text", "a"),
        digests.of("web:2", "text", "a"),
        digests.of("web:1", "choice", "a"),
        digests.of("web:1", "text", "b"),
        digests.of("web:1", "text", "\ud800"),
        Digests(b"y" * 32).of("web:1", "text", "a"),
    }
    assert len(made) == 6
    assert all(len(digest) == 32 for digest in made)
