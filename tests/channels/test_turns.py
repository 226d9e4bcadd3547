"""Once and in order, also when requests cross, the server restarts, or Rasa is in trouble."""

from __future__ import annotations

import sqlite3
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.channels.direct import Direct
from bot.channels.settings import ChannelSettings
from bot.channels.tracker_store import ConversationStore
from tests.channels.conftest import (
    SECRET,
    Client,
    ScriptedBot,
    assert_valid,
    error_of,
    eventually,
    reply,
    serving,
)


def copies(client: Client, count: int) -> list[Client]:
    made = [Client(client.root) for _ in range(count)]
    for one in made:
        one.token = client.token
    return made


def test_the_same_message_at_the_same_time(client: Client, bot: ScriptedBot) -> None:
    client.open()
    bot.seconds = 0.2
    once = str(uuid.uuid4())
    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(lambda one: one.send("谁去", once), copies(client, 5)))
    assert [answer.status_code for answer in answers] == [200] * 5
    assert len({answer.text for answer in answers}) == 1
    assert len(bot.seen) == 2


def test_different_messages_in_order(client: Client, bot: ScriptedBot) -> None:
    client.open()
    bot.seconds = 0.3
    texts = ["一", "二", "三"]
    with ThreadPoolExecutor(3) as pool:
        one, two, three = copies(client, 3)
        running = [pool.submit(one.send, texts[0])]
        eventually(lambda: waiting(bot) == 1)
        running.append(pool.submit(two.send, texts[1]))
        eventually(lambda: waiting(bot) == 2)
        running.append(pool.submit(three.send, texts[2]))
        answers = [future.result() for future in running]
    assert [answer.json()["replies"][0]["text"] for answer in answers] == ["收到：一", "收到：二", "收到：三"]
    assert [message.text for message in bot.seen[1:]] == texts


def waiting(bot: ScriptedBot) -> int:
    return sum(len(lock.tickets) for lock in list(bot.lock_store.conversation_locks.values()))


def test_two_people_do_not_wait_for_each_other(client: Client, bot: ScriptedBot) -> None:
    other = Client(client.root)
    client.open()
    other.open()
    bot.seconds = 0.5
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda one: one.send("你好"), [client, other]))
    assert max(answer.elapsed.total_seconds() for answer in answers) < 0.9
    assert len({message.sender_id for message in bot.seen}) == 2


def test_a_restart_in_between(client: Client, bot: ScriptedBot, settings: ChannelSettings) -> None:
    client.open()
    once = str(uuid.uuid4())
    first = client.send("谁去", once)
    client.send("我叫什么 110105199001011234")
    address = str(bot.store.engine.url)
    again = ScriptedBot(ConversationStore(host=address))
    with serving(again, settings) as later:
        later.token = client.token
        assert later.send("谁去", once).text == first.text
        assert error_of(later.send("别的", once)) == (409, "message_id_reused")
        assert again.seen == []
        assert later.history() == client.history()
        token = first.json()["replies"][0]["choices"][1]["token"]
        assert later.send(choice=token).status_code == 200
    again.store.engine.dispose()


@pytest.mark.parametrize(("text", "words"), [("你好吗", "12333"), ("hello there", "12333")])
def test_a_bot_that_says_nothing(client: Client, bot: ScriptedBot, text: str, words: str) -> None:
    client.open()
    bot.answer = lambda text: []
    once = str(uuid.uuid4())
    response = client.send(text, once)
    assert response.status_code == 200
    [apology] = response.json()["replies"]
    assert_valid([apology])
    assert apology["status"] == "notice"
    assert apology["language"] == ("zh" if text == "你好吗" else "en")
    assert words in apology["text"]
    assert client.send(text, once).json() == response.json()
    bot.answer = bot.script
    assert client.send("好了吗").json()["replies"][0]["text"] == "收到：好了吗"
    assert len(client.history()) == 5


def test_an_error_inside_a_turn(client: Client, bot: ScriptedBot) -> None:
    client.open()

    def fail(text: str) -> list[dict[str, Any]]:
        raise RuntimeError(f"cannot parse {text}")

    bot.answer = fail
    once = str(uuid.uuid4())
    response = client.send("怎么补卡", once)
    assert error_of(response) == (503, "unavailable")
    assert "12333" in response.json()["error"]["message"]
    bot.answer = bot.script
    assert client.send("怎么补卡", once).json()["replies"][0]["text"] == "收到：怎么补卡"
    assert [message["text"] for message in client.history()][1:] == ["怎么补卡", "收到：怎么补卡"]


def test_no_model(client: Client, bot: ScriptedBot) -> None:
    client.open()
    bot.ready = False
    assert error_of(client.send("你好")) == (503, "unavailable")
    assert error_of(client.call("POST", "/sessions", json={})) == (503, "unavailable")
    assert error_of(client.call("GET", "/messages")) == (503, "unavailable")
    assert error_of(client.call("DELETE", "/sessions")) == (503, "unavailable")
    health = client.call("GET", "/health")
    assert (health.status_code, health.json()) == (503, {"status": "no_model"})
    bot.ready = True
    assert client.call("GET", "/health").json() == {"status": "ok"}
    assert client.send("你好").status_code == 200


def test_no_agent_at_all(settings: ChannelSettings) -> None:
    with serving(None, settings) as client:
        assert error_of(client.call("POST", "/sessions", json={})) == (503, "unavailable")


def test_an_answer_that_takes_too_long_is_not_lost(bot: ScriptedBot, settings: ChannelSettings) -> None:
    with serving(bot, replace(settings, turn_seconds=1.0)) as client:
        client.open()
        bot.seconds = 1.6
        once = str(uuid.uuid4())
        assert error_of(client.send("你好", once)) == (503, "unavailable")
        eventually(lambda: len(bot.seen) == 2)
        bot.seconds = 0.0
        assert client.send("你好", once).json()["replies"][0]["text"] == "收到：你好"
        assert len(bot.seen) == 2


def test_a_client_that_hangs_up_still_gets_its_answer_later(client: Client, bot: ScriptedBot) -> None:
    client.open()
    bot.seconds = 0.5
    once = str(uuid.uuid4())
    with pytest.raises(OSError, match="timed out"):
        client.http.post(
            f"{client.url}/messages",
            json={"text": "你好", "message_id": once},
            headers={"authorization": f"Bearer {client.token}"},
            timeout=0.1,
        )
    eventually(lambda: len(bot.seen) == 2)
    assert client.send("你好", once).json()["replies"][0]["text"] == "收到：你好"
    assert len(bot.seen) == 2


def test_deletion_waits_for_the_turn_that_is_running(client: Client, bot: ScriptedBot) -> None:
    client.open()
    bot.seconds = 0.4
    first, second = copies(client, 2)
    with ThreadPoolExecutor(2) as pool:
        sent = pool.submit(first.send, "你好")
        eventually(lambda: waiting(bot) == 1)
        deleted = pool.submit(second.call, "DELETE", "/sessions")
        assert sent.result().status_code == 200
        assert deleted.result().status_code == 204
    with bot.store.engine.connect() as connection:
        assert connection.execute(sa.text("select count(*) from events")).scalar() == 0
    assert bot.lock_store.conversation_locks == {}


def test_a_database_in_trouble(client: Client, bot: ScriptedBot, monkeypatch: pytest.MonkeyPatch) -> None:
    client.open()

    async def broken(sender_id: str, message_id: str) -> None:
        raise sa.exc.OperationalError("select", {}, Exception("disk I/O error"))

    monkeypatch.setattr(bot.store, "turn", broken)
    assert error_of(client.send("你好")) == (503, "unavailable")
    monkeypatch.undo()
    assert client.send("你好").status_code == 200


@pytest.mark.parametrize("statement", ["SELECT data", "INSERT INTO events"], ids=["reading", "storing"])
def test_a_database_that_goes_away_within_a_turn(
    client: Client, monkeypatch: pytest.MonkeyPatch, statement: str
) -> None:
    """Rasa goes on from an empty conversation then, and keeps the turn in memory: nobody may be told it is stored."""
    client.open()
    assert client.send("之前").status_code == 200

    execute = Direct.execute

    def away(direct: Direct, asked: Any, given: Any) -> list[tuple[Any, ...]]:
        if str(asked).startswith(statement):
            raise sqlite3.OperationalError("disk I/O error")
        return execute(direct, asked, given)

    once = str(uuid.uuid4())
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(Direct, "execute", away)
        assert error_of(client.send("你好", once)) == (503, "unavailable")
    assert client.send("你好", once).status_code == 200
    said = [message["text"] for message in client.history() if message["from"] == "user"]
    assert said[-2:] == ["之前", "你好"]
    assert said.count("你好") == 1


def test_several_replies_and_other_kinds_of_message(client: Client, bot: ScriptedBot) -> None:
    client.open()
    bot.answer = lambda text: [
        reply("一"),
        {"text": "二\n\n三"},
        {"text": "四", "buttons": [{"title": "补卡", "payload": "topic:lost-card"}]},
        {"text": None, "image": "https://example.gov.cn/a.png"},
        {"text": None, "custom": {"no": "reply"}},
    ]
    once = str(uuid.uuid4())
    response = client.send("全部", once)
    replies = response.json()["replies"]
    assert_valid(replies)
    assert [one["text"] for one in replies] == ["一", "二\n\n三", "四", "https://example.gov.cn/a.png"]
    assert client.send("全部", once).json() == response.json()
    assert client.send(choice=replies[2]["choices"][0]["token"]).status_code == 200
    assert bot.seen[-1].text == '/choose{"choice": "topic:lost-card"}'


def test_switched_off_everybody_gets_the_notice_and_nothing_runs(
    bot: ScriptedBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    off = tmp_path / "off.json"
    monkeypatch.setenv("BANSHI_OFF_FILE", str(off))
    with serving(bot, ChannelSettings(SECRET)) as client:
        client.open()
        ran = len(bot.seen)
        off.write_text('{"zh": "今天停机，请拨打 12333。", "en": "Closed today."}', encoding="utf-8")
        answer = client.send("丢了").json()["replies"]
        assert [(one["status"], one["text"]) for one in answer] == [("notice", "今天停机，请拨打 12333。")]
        assert client.send("I lost it").json()["replies"][0]["text"] == "Closed today."
        off.write_text("{broken", encoding="utf-8")
        assert "12333" in client.send("丢了").json()["replies"][0]["text"]
        assert len(bot.seen) == ran
        off.unlink()
        assert client.send("丢了").json()["replies"][0]["text"] == "收到：丢了"
