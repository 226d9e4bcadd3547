"""The HTTP contract, line by line."""

from __future__ import annotations

import uuid

from tests.channels.conftest import Client, ScriptedBot, assert_valid


def test_a_session_begins_with_a_token_and_a_greeting(client: Client, bot: ScriptedBot) -> None:
    response = client.open("zh")
    body = response.json()
    assert set(body) == {"session", "expires_in", "replies"}
    assert body["expires_in"] == 86_400
    assert [reply["text"] for reply in body["replies"]] == ["您好，我是办事助手。"]
    assert_valid(body["replies"])
    assert bot.seen[0].text == '/open{"language": "zh"}'
    assert bot.seen[0].input_channel == "website"
    assert bot.seen[0].sender_id.startswith("web:")
    assert len(bot.seen[0].sender_id) == 4 + 32
    assert bot.seen[0].sender_id not in body["session"]


def test_a_message_is_answered(client: Client, bot: ScriptedBot) -> None:
    client.open()
    response = client.send("社保卡丢了")
    assert response.status_code == 200
    assert [reply["text"] for reply in response.json()["replies"]] == ["收到：社保卡丢了"]
    assert response.headers["content-type"] == "application/json; charset=utf-8"
    assert response.headers["cache-control"] == "no-store"
    assert_valid(response.json()["replies"])
    assert bot.seen[1].text == "社保卡丢了"


def test_choices_are_opaque_and_work(client: Client, bot: ScriptedBot) -> None:
    client.open()
    [question] = client.send("谁去").json()["replies"]
    assert_valid([question])
    assert [choice["title"] for choice in question["choices"]] == ["本人办理", "他人代办", "不清楚"]
    token = question["choices"][1]["token"]
    assert "fact" not in token
    assert "agent" not in token
    answer = client.send(choice=token)
    assert answer.status_code == 200
    assert bot.seen[-1].text == '/choose{"choice": "fact:applicant=agent"}'
    assert [message["text"] for message in client.history() if message["from"] == "user"] == ["谁去", "他人代办"]


def test_the_same_message_id_runs_once(client: Client, bot: ScriptedBot) -> None:
    client.open()
    once = str(uuid.uuid4())
    first, second = client.send("谁去", once), client.send("谁去", once)
    assert first.json() == second.json()
    assert len(bot.seen) == 2


def test_history_and_deletion(client: Client, bot: ScriptedBot) -> None:
    client.open()
    client.send("你好")
    messages = client.history()
    assert [(message["from"], message["text"]) for message in messages] == [
        ("bot", "您好，我是办事助手。"),
        ("user", "你好"),
        ("bot", "收到：你好"),
    ]
    assert all(set(message) == {"from", "text", "reply", "at"} for message in messages)
    deleted = client.call("DELETE", "/sessions")
    assert (deleted.status_code, deleted.content) == (204, b"")
    assert client.call("GET", "/messages").status_code == 401
    assert client.send("你好").status_code == 401
    assert client.call("DELETE", "/sessions").status_code == 401
