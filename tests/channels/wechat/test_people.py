"""T24–T25 and privacy: nobody types commands, nobody hears another's answers, nobody's OpenID is kept."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from bot.channels.wechat.identity import Identities
from bot.channels.wechat.simulator.account import PERSON, push
from tests.channels.conftest import SECRET
from tests.channels.wechat.conftest import PLAIN, SlowBot, Wechat, sender, wechat_for

COMMANDS = [
    "/restart",
    " /restart",
    "\u200b/restart",
    "／restart",
    "//open",
    "\u3000/open",
    "/\u200b/back",
    "\ufeff/inform",
]


@pytest.mark.parametrize("typed", [*COMMANDS, '/choose{"choice": "fact:applicant=agent"}', "/session_start"])
def test_t24_typed_commands_are_words(plain: Wechat, bot: SlowBot, typed: str) -> None:
    plain.say(typed)
    plain.show(push("voice", Recognition=typed))
    assert len(bot.texts) == 2
    assert not any(text.strip().startswith("/") for text in bot.texts)
    for xml in (push("event", Event="CLICK", EventKey=typed), push("event", Event="SCAN", EventKey=typed)):
        plain.show(xml)
    assert not any(text.startswith("/") for text in bot.texts if text != "/open")


def test_t25_two_people_at_once(plain: Wechat, bot: SlowBot) -> None:
    people = {"oFirst": "甲", "oSecond": "乙"}

    def converse(person: str) -> list[str | None]:
        return [plain.say(f"问题{people[person]}{word}", person) for word in "一二三四五"]

    with ThreadPoolExecutor(2) as pool:
        answers = dict(zip(people, pool.map(converse, people)))
    for person, name in people.items():
        assert answers[person] == [f"收到：问题{name}{word}" for word in "一二三四五"]
    senders = {message.sender_id: message.text[2] for message in bot.seen}
    assert senders == {sender("oFirst"): "甲", sender("oSecond"): "乙"}


def test_senders_are_keyed_digests() -> None:
    here, there = Identities(SECRET), Identities(b"another secret of thirty-two bytes")
    assert here.sender(PERSON) == here.sender(PERSON)
    assert here.sender(PERSON) != there.sender(PERSON)
    assert here.sender(PERSON) != here.sender(PERSON.lower())
    assert here.sender(PERSON).startswith("wechat:")
    assert len(here.sender(PERSON)) == len("wechat:") + 32


def test_an_open_id_is_nowhere(plain: Wechat, bot: SlowBot, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    plain.event("subscribe")
    plain.say("谁去")
    plain.say("1")
    plain.show(push("image", MediaId="m"))

    def fail(text: str) -> list[dict[str, str]]:
        raise ValueError(PERSON)

    bot.answer = fail
    plain.say("再问")
    plain.event("unsubscribe")
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"wechat" in kept
    assert PERSON.encode() not in kept
    ours = [record for record in caplog.records if record.name.startswith(("bot.", "rasa."))]
    assert ours
    assert not any(PERSON in record.getMessage() for record in ours)


def test_personal_numbers_are_masked(plain: Wechat, bot: SlowBot) -> None:
    answer = str(plain.say("我的身份证号是110105199001011234"))
    assert "身份证号码已隐去" in answer
    assert bot.texts == ["我的身份证号是[身份证号码]"]


def test_too_fast(bot: SlowBot) -> None:
    with wechat_for(bot, replace(PLAIN, rate=2)) as wechat:
        answers = [wechat.say(f"问题{word}") for word in "甲乙丙"]
        assert answers == ["收到：问题甲", "收到：问题乙", "发送得太快了，请稍等片刻再试。"]
        assert wechat.say("你好", "oSomebodyElse") == "收到：你好"
