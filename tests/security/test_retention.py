"""Conversations end when they are old, when a person asks, and when a person leaves: no trace in any file."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sanic import Blueprint

from bot.channels.forgetting import FORGOTTEN, asks_to_forget
from bot.channels.retention import DAY, main, sweep, sweep_while_serving
from bot.channels.settings import ChannelSettings
from bot.channels.text import normalise
from bot.channels.tracker_store import ConversationStore
from tests.channels.conftest import Client, ScriptedBot, assert_valid, error_of, eventually, serving
from tests.channels.wechat.conftest import SlowBot, Wechat

MONTH = 30


def everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def rows_of(store: ConversationStore) -> int:
    with store.engine.connect() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM events").scalar_one())


def age(store: ConversationStore, sender_id: str, days: float) -> None:
    """Let everything stored about a sender have happened so many days earlier."""
    with store.engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE events SET timestamp = timestamp - ? WHERE sender_id = ?", (days * DAY, sender_id)
        )


def speak(client: Client, bot: ScriptedBot, word: str) -> str:
    """A new conversation about a word; its sender id."""
    client.open()
    for _ in range(3):
        client.send(f"about {word} " + "padding " * 150)
    return str(bot.seen[-1].sender_id)


def test_old_conversations_are_gone_from_every_file(
    client: Client, bot: ScriptedBot, store: ConversationStore, tmp_path: Path
) -> None:
    old, other = speak(client, bot, "zebra"), speak(client, bot, "elephant")
    age(store, old, MONTH + 0.1)
    age(store, other, MONTH - 0.1)
    assert b"zebra" in everything_in(tmp_path)
    assert sweep(store, MONTH) == 1
    left = everything_in(tmp_path)
    for trace in (b"zebra", old.encode(), old.removeprefix("web:").encode()):
        assert trace not in left
    assert b"elephant" in left
    assert sweep(store, MONTH) == 0


def test_a_conversation_in_use_is_kept_whole(client: Client, bot: ScriptedBot, store: ConversationStore) -> None:
    sender_id = speak(client, bot, "zebra")
    age(store, sender_id, 2 * MONTH)
    client.send("wieder da")
    before = rows_of(store)
    assert sweep(store, MONTH) == 0
    assert rows_of(store) == before > 10


def test_hundreds_at_once(store: ConversationStore) -> None:
    with store.engine.begin() as connection:
        for number in range(330):
            connection.exec_driver_sql(
                "INSERT INTO events (sender_id, type_name, timestamp, data) VALUES (?, 'user', ?, '{}')",
                (f"web:{number}", float(number)),
            )
    assert sweep(store, 1, now=DAY + 300.0) == 300
    assert rows_of(store) == 30


def test_the_server_sweeps_by_itself(bot: ScriptedBot, settings: ChannelSettings, store: ConversationStore) -> None:
    with serving(bot, settings) as client:
        sender_id = speak(client, bot, "zebra")
    age(store, sender_id, MONTH + 1)
    assert rows_of(store) > 0
    with serving(bot, replace(settings, retention_days=MONTH)):
        eventually(lambda: rows_of(store) == 0)


def test_no_days_means_never() -> None:
    blueprint = Blueprint("x")
    sweep_while_serving(blueprint, 0)
    assert list(blueprint._future_listeners) == []
    sweep_while_serving(blueprint, 1)
    assert len(blueprint._future_listeners) == 2


def test_trouble_is_logged_and_tried_again(caplog: pytest.LogCaptureFixture, bot: ScriptedBot) -> None:
    listeners: dict[str, Callable[..., object]] = {}

    class App:
        class ctx:
            agent = bot

    class Recorder:
        def listener(self, event: str) -> Callable[[Callable[..., object]], None]:
            return lambda function: listeners.update({event: function})

    async def scenario() -> None:
        sweep_while_serving(Recorder(), MONTH, pause=0.01)  # type: ignore[arg-type]
        bot.store.delete_older = lambda before: 1 / 0  # type: ignore[method-assign]
        await listeners["after_server_start"](App, None)  # type: ignore[misc]
        await asyncio.sleep(0.2)
        await listeners["before_server_stop"](App, None)  # type: ignore[misc]

    asyncio.run(scenario())
    assert caplog.text.count("Old conversations could not be deleted: ZeroDivisionError") > 1


def test_the_command(
    client: Client,
    bot: ScriptedBot,
    store: ConversationStore,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    age(store, speak(client, bot, "zebra"), 8)
    monkeypatch.setenv("BANSHI_DB", f"sqlite:///{tmp_path / 'tracker.db'}")

    def run(days: str) -> str:
        monkeypatch.setenv("BANSHI_RETENTION_DAYS", days)
        code = main()
        said = capsys.readouterr()
        assert (code, bool(said.err)) in ((0, False), (1, True))
        return said.out + said.err

    assert "0 conversations" in run("")
    assert "Nothing is deleted." in run("0")
    assert "1 conversations without a message for 7 days" in run("7")
    assert b"zebra" not in everything_in(tmp_path)
    assert "BANSHI_RETENTION_DAYS is 'a week'" in run("a week")


@pytest.mark.parametrize(
    "typed",
    [
        "忘记我",
        "请忘记我",
        "忘了我吧",
        "請刪除我的聊天記錄",
        "删除我的对话",
        "把我的对话记录全部删掉",
        "清空聊天记录。",
        "删除我的数据",
        "forget me",
        "Please delete my data.",
        "delete this conversation",
    ],
)
def test_asking_to_be_forgotten(client: Client, bot: ScriptedBot, tmp_path: Path, typed: str) -> None:
    sender_id = speak(client, bot, "zebra")
    seen = len(bot.seen)
    response = client.send(typed)
    assert response.status_code == 200
    [reply] = response.json()["replies"]
    assert_valid([reply])
    assert reply["text"] in FORGOTTEN.values()
    assert len(bot.seen) == seen
    left = everything_in(tmp_path)
    assert b"zebra" not in left
    assert sender_id.encode() not in left
    assert error_of(client.send("还在吗")) == (401, "no_session")


@pytest.mark.parametrize(
    "text",
    [
        "我忘记了密码",
        "忘记密码怎么办",
        "怎么删除社保卡信息",
        "卡里的数据会删除吗",
        "个人信息错了怎么改",
        "注销社保卡",
        "我想删除我的社保卡绑定",
        "forget my password",
        "I forgot my PIN",
        "删除",
        "对话",
        "会话",
        "记录",
    ],
)
def test_other_wishes_are_questions(text: str) -> None:
    assert not asks_to_forget(normalise(text))


def test_in_wechat(wechat: Wechat, slow_bot: SlowBot, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    for words in ("忘记我", "unsubscribe"):
        wechat.say("谁去")
        wechat.say("about zebra")
        person = slow_bot.seen[-1].sender_id
        assert b"zebra" in everything_in(tmp_path)
        if words == "unsubscribe":
            assert wechat.event(words) is None
        else:
            assert wechat.say(words) == FORGOTTEN["zh"]
        eventually(lambda: b"zebra" not in everything_in(tmp_path))
        assert person.encode() not in everything_in(tmp_path)
        assert "失效" in str(wechat.say("1"))  # nor are its choices remembered
        assert person not in caplog.text


def test_what_stays_after_deletion_is_an_empty_database(client: Client, bot: ScriptedBot, tmp_path: Path) -> None:
    speak(client, bot, "zebra")
    client.call("DELETE", "/sessions")
    with closing(sqlite3.connect(tmp_path / "tracker.db")) as database:
        assert database.execute("SELECT count(*) FROM events").fetchone() == (0,)
        assert database.execute("PRAGMA secure_delete").fetchone() is not None
    assert b"padding" not in everything_in(tmp_path)
