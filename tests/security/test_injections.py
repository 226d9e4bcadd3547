"""Every attack of the corpus through every field of both channels: nothing runs, breaks, leaks or takes long."""

from __future__ import annotations

import json
import logging
import time

import pytest
import sqlalchemy as sa

from bot.channels.tracker_store import ConversationStore
from bot.evaluation.security.attacks import injections
from tests.channels.conftest import Client, ScriptedBot, assert_valid, error_of
from tests.channels.wechat.conftest import SlowBot, Wechat

CORPUS = list(injections())
LONGEST = 2.0  # seconds
RESULT = str(7 * 191)  # of the templates


def test_the_corpus_is_whole() -> None:
    kinds = {kind for kind, _ in CORPUS}
    assert kinds == {"sql", "xss", "template", "log", "header", "path", "xml", "shell", "object", "patterns"}
    assert len(CORPUS) >= 50


def test_as_a_message(
    client: Client, bot: ScriptedBot, store: ConversationStore, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    client.open()
    other = Client(client.root)
    other.open()
    other.send("别人说的话")
    kept, unseen = other.history(), []
    for _, attack in CORPUS:
        started = time.monotonic()
        response = client.send(attack)
        assert time.monotonic() - started < LONGEST, attack[:40]
        if response.status_code != 200:
            assert error_of(response) == (400, "empty"), attack[:40]
            unseen.append(attack)
            continue
        assert_valid(response.json()["replies"])
        assert RESULT not in response.text
        assert "forged" not in " ".join(response.headers.values())
        assert response.headers["content-type"] == "application/json; charset=utf-8"
        assert bot.seen[-1].text.isprintable()
    assert unseen == ["\x00\x08\x7f", "\u202e" * 1900]
    assert other.history() == kept
    with store.engine.connect() as connection:
        tables = {
            name for (name,) in connection.execute(sa.text("SELECT name FROM sqlite_master WHERE type = 'table'"))
        }
    assert tables == {"events"}
    assert "forged" not in caplog.text


@pytest.mark.parametrize("field", ["message_id", "choice", "outcome", "language", "region", "link"])
def test_as_any_other_field(client: Client, bot: ScriptedBot, field: str) -> None:
    client.open()
    path = {"language": "/sessions", "region": "/sessions", "link": "/codes"}.get(field, "/messages")
    for _, attack in CORPUS:
        body = {"message_id": "8c5f0a52-6c43-4b6b-9a0e-6d1f3f0f7f11", field: attack}
        started = time.monotonic()
        response = client.call("POST", path, json=body if field != "message_id" else {**body, "text": "hi"})
        assert time.monotonic() - started < LONGEST
        assert error_of(response)[0] == 400, (field, attack[:40])
        assert attack not in response.text
    assert len(bot.seen) == 1


@pytest.mark.parametrize("header", ["authorization", "origin", "accept-language", "x-forwarded-for", "cookie"])
def test_as_a_header(client: Client, header: str) -> None:
    client.open()
    answered = 0
    for _, attack in CORPUS:
        value = "".join(sign for sign in attack if " " <= sign <= "~")[:300].strip()
        response = client.call("GET", "/messages", headers={header: value})
        answered += 1
        assert response.status_code in (200, 401, 403), (header, value)
        assert "forged" not in response.text
        assert "set-cookie" not in response.headers
    assert answered == len(CORPUS)


def test_in_wechat(wechat: Wechat, slow_bot: SlowBot) -> None:
    for number, (_, attack) in enumerate(CORPUS):
        xml_safe = "".join(sign for sign in attack if sign.isprintable() or sign in "\r\n").replace("]]>", "]] >")
        if not xml_safe.strip():
            continue
        started = time.monotonic()
        said = wechat.say(xml_safe, f"oAttacker{number}")
        assert time.monotonic() - started < LONGEST, attack[:40]
        assert said
        assert RESULT not in said
    assert len(slow_bot.texts) > 50
    assert not any(text.startswith("/") for text in slow_bot.texts)


def test_wechats_answer_is_one_text_whatever_the_bot_says(wechat: Wechat, slow_bot: SlowBot) -> None:
    slow_bot.answer = lambda text: [{"text": "]]></Content><MsgType>news</MsgType><Content>" + text}]
    assert str(wechat.say("你好")).startswith("]]></Content><MsgType>news")


def test_a_key_given_twice_and_deep_bodies(client: Client, bot: ScriptedBot) -> None:
    client.open()
    good = "8c5f0a52-6c43-4b6b-9a0e-6d1f3f0f7f12"
    twice = f'{{"message_id": "{good}", "text": "/restart", "text": "你好"}}'
    response = client.call("POST", "/messages", data=twice.encode(), headers={"content-type": "application/json"})
    assert response.status_code == 200
    assert bot.seen[-1].text == "你好"
    deep = json.dumps({"message_id": good, "text": None}).replace("null", "[" * 7000 + "]" * 7000)
    response = client.call("POST", "/messages", data=deep.encode(), headers={"content-type": "application/json"})
    assert error_of(response) == (400, "malformed")
