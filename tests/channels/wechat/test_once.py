"""T13–T17: each push is answered once, on one server and on several."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from bot.channels.store import Memory
from bot.channels.wechat.deduplication import Answer, Once
from bot.channels.wechat.simulator.account import push
from tests.channels.wechat.conftest import PLAIN, SlowBot, Wechat, wechat_for


def bodies(wechat: Wechat, xml: str, deliveries: int) -> list[bytes]:
    """The raw answers to as many deliveries at once, each with its own nonce and signature."""
    with ThreadPoolExecutor(deliveries) as pool:
        return [response.content for response in pool.map(lambda _: wechat.post(xml.encode()), range(deliveries))]


def test_t13_three_deliveries_at_once(plain: Wechat, bot: SlowBot) -> None:
    bot.delays["社保卡丢了"] = 0.3
    answers = bodies(plain, push("text", Content="社保卡丢了"), 3)
    assert len(set(answers)) == 1
    assert "收到：社保卡丢了".encode() in answers[0]
    assert bot.texts == ["社保卡丢了"]


def test_t13_in_safe_mode_the_same_text_three_times(safe: Wechat, bot: SlowBot) -> None:
    xml = push("text", Content="社保卡丢了")
    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(lambda _: safe.server.deliver(xml), range(3)))
    assert answers == ["收到：社保卡丢了"] * 3
    assert bot.texts == ["社保卡丢了"]


def test_t14_one_message_id_two_people(plain: Wechat, bot: SlowBot) -> None:
    for person in ("oFirstPerson", "oSecondPerson"):
        xml = push("text", person, Content=f"我是{person}")
        number = xml[xml.index("<MsgId>") : xml.index("</MsgId>")]
        assert plain.show(xml.replace(number, "<MsgId>7"), person) == f"收到：我是{person}"
    assert bot.texts == ["我是oFirstPerson", "我是oSecondPerson"]


def test_t14_one_message_id_at_two_times(plain: Wechat, bot: SlowBot) -> None:
    xml = push("text", Content="你好")
    created = xml[xml.index("<CreateTime>") : xml.index("</CreateTime>")]
    for time in ("1714036504", "1714036505"):
        plain.show(xml.replace(created, f"<CreateTime>{time}"))
    assert bot.texts == ["你好", "你好"]


def test_t15_two_events_of_one_second(plain: Wechat, bot: SlowBot) -> None:
    first = push("event", Event="CLICK", EventKey="补卡")
    for xml in (first, first.replace("补卡", "换卡"), first.replace("CLICK", "SCAN"), first):
        plain.show(xml)
    assert bot.texts == ["补卡", "换卡", "/open"]


def test_t16_a_delivery_after_the_answer(plain: Wechat, bot: SlowBot) -> None:
    xml = push("text", Content="谁去")
    first = plain.post(xml.encode())
    assert "本人办理".encode() in first.content
    plain.say("1")
    assert plain.post(xml.encode()).content == first.content
    assert len(bot.texts) == 2


def test_t16_the_next_page_is_not_skipped_by_a_repetition(plain: Wechat, bot: SlowBot) -> None:
    bot.answer = lambda text: [{"text": "。".join(f"第{n}句" + "话" * 600 for n in range(3))}]
    plain.say("很长")
    xml = push("text", Content="9")
    assert plain.post(xml.encode()).content == plain.post(xml.encode()).content
    assert "第2句" in str(plain.say("9"))


def test_t16_another_server_knows_the_message_from_the_conversation(bot: SlowBot) -> None:
    """Even with nothing shared but the database, the bot does not run twice."""
    xml = push("text", Content="谁去")
    with wechat_for(bot, PLAIN) as one, wechat_for(bot, PLAIN) as other:
        first = one.show(xml)
        assert first is not None
        assert str(other.show(xml)).split("\n")[0] == first.split("\n")[0]
    assert bot.texts == ["谁去"]


def test_t17_the_cache_forgets_in_time_and_stays_small() -> None:
    now = [0.0]
    memory = Memory(most=100, clock=lambda: now[0])
    runs: list[str] = []

    async def answer(once: Once, key: str) -> Answer:
        async def work() -> str:
            runs.append(key)
            return f"answer to {key}"

        return await once.answer(key, work)

    async def scenario() -> None:
        once = Once(memory, 1.0, "trouble")
        assert (await answer(once, "a")).text == "answer to a"
        now[0] = 119.0
        await answer(once, "a")
        assert runs == ["a"]
        now[0] = 121.0
        await answer(once, "a")
        assert runs == ["a", "a"]
        for number in range(1_000):
            await answer(once, str(number))
        assert len(memory) == 100
        await answer(once, "999")
        assert runs[-1] == "999"
        assert len(runs) == 1_002
        now[0] = 1_000.0
        for number in range(60):
            await answer(once, f"later {number}")
        assert len(memory) == 60

    asyncio.run(scenario())


def test_an_error_is_an_answer_too(caplog: pytest.LogCaptureFixture) -> None:
    async def scenario() -> None:
        once, runs, animal = Once(Memory(), 1.0, "抱歉"), [], "giraffes"

        async def work() -> str:
            runs.append(1)
            raise RuntimeError(f"about {animal}")

        assert [(await once.answer("a", work)).text for _ in range(2)] == ["抱歉", "抱歉"]
        assert runs == [1]

    asyncio.run(scenario())
    assert "RuntimeError" in caplog.text
    assert "about giraffes" not in caplog.text


def test_twenty_people_each_push_delivered_three_times(bot: SlowBot) -> None:
    """The functional side of `python -m bot.evaluation.wechat`."""
    people = [f"oPerson{number:021d}" for number in range(20)]
    texts = dict(zip(people, "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"))
    with wechat_for(bot, replace(PLAIN, rate=30)) as wechat, ThreadPoolExecutor(60) as pool:
        pushes = [(person, push("text", person, Content=f"问题{texts[person]}")) for person in people]
        answers = list(pool.map(lambda one: (one[0], wechat.server.deliver(one[1], one[0])), pushes * 3))
    assert sorted(bot.texts) == sorted(f"问题{text}" for text in texts.values())
    assert sorted(answers) == sorted((person, f"收到：问题{texts[person]}") for person in people * 3)
