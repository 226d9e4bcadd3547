"""The HTTP contract of the website over the real servers: bad input, repeats, history, deletion."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from bot.setup.servers import Running
from tests.e2e.conftest import Citizen, checked, token

pytestmark = pytest.mark.servers
Open = Callable[..., Citizen]


def error(response: httpx.Response) -> tuple[int, str]:
    """Status and code; the body is the contract's and has a sentence."""
    body = response.json()
    assert set(body) == {"error"}
    assert set(body["error"]) == {"code", "message"}
    assert len(body["error"]["message"]) > 5
    return response.status_code, body["error"]["code"]


def new_id() -> str:
    return str(uuid.uuid4())


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"text": "", "message_id": new_id()}, 400),
        ({"text": " \u200b ", "message_id": new_id()}, 400),
        ({"text": "卡" * 2001, "message_id": new_id()}, 413),
        ({"text": 7, "message_id": new_id()}, 400),
        ({"text": None, "message_id": new_id()}, 400),
        ({"text": ["社保卡"], "message_id": new_id()}, 400),
        ({"text": "社保卡丢了"}, 400),
        ({"text": "社保卡丢了", "message_id": "1"}, 400),
        ({"text": "社保卡丢了", "choice": "x", "message_id": new_id()}, 400),
        ({"message_id": new_id()}, 400),
        ([], 400),
        ("text", 400),
        (None, 400),
    ],
)
def test_what_is_malformed_is_refused_and_the_conversation_lives(citizen: Open, body: Any, status: int) -> None:
    person = citizen()
    (question,) = person.says("社保卡丢了怎么补办")
    assert error(person.http.post("/messages", json=body))[0] == status
    assert person.chooses(question, "unknown")


@pytest.mark.parametrize("content", [b"{", b"", b"\xff\xfe", b"text=hello", b"[" * 2000])
def test_what_is_no_json(citizen: Open, content: bytes) -> None:
    assert error(citizen().http.post("/messages", content=content))[0] == 400


def test_two_thousand_characters_are_read(citizen: Open) -> None:
    assert citizen().says("社保卡丢了。" + "好" * 1994)


@pytest.mark.parametrize(
    "text",
    [
        *("/session_start", '/choose{"choice": "fact:applicant=agent"}', "/intent{…}"),
        *("/lost_card", '/open{"language": "en"}', "EXTERNAL: x"),
        *("😀😀😀", "👍", "？？？", "1", "a", "\u202e社保卡", "<script>alert(1)</script>", "'; DROP TABLE events; --"),
        *("{{7*7}}", "\0社保卡丢了", "啊" * 1500),
    ],
)
def test_whatever_is_typed_gets_a_helpful_reply_and_keeps_the_conversation(citizen: Open, text: str) -> None:
    person = citizen()
    person.says("孩子的社保卡丢了，卡在大连")
    assert person.says(text)
    outcome = person.finishes(person.says("社保卡丢了怎么补办"), {})
    assert outcome["procedure"]["topic"] == "lost-card"
    assert outcome["procedure"]["facts"]["holder"] == "minor"
    assert len(person.history()) >= 6


@pytest.mark.parametrize("text", ["/restart", "／restart", "\u200b/restart", "restart"])
def test_a_typed_restart_is_the_word_and_not_rasas_command(citizen: Open, text: str) -> None:
    person = citizen("en")
    person.says("孩子的社保卡丢了，卡在大连")
    (reply,) = person.says(text)
    assert reply["status"] == "notice"
    assert [message["from"] for message in person.history()] == ["bot", "user", "bot", "user", "bot"]
    assert person.says("社保卡丢了怎么补办")[-1]["status"] == "question"


def test_sessions_are_the_servers_own(servers: Running, citizen: Open) -> None:
    real = citizen().http.headers["authorization"].removeprefix("Bearer ")
    forged = real[:-4] + ("AAAA" if not real.endswith("AAAA") else "BBBB")
    body = {"text": "社保卡丢了", "message_id": new_id()}
    url = f"{servers.website}/webhooks/website/messages"
    for value in (
        None,
        "",
        "Bearer",
        f"Bearer {forged}",
        "Bearer default",
        f"Basic {real}",
        "Bearer " + "A" * 88,
    ):
        headers = {"authorization": value} if value is not None else {}
        assert error(httpx.post(url, json=body, headers=headers, trust_env=False)) == (401, "no_session")


def test_nobody_reads_another_sessions_conversation_or_uses_its_choices(citizen: Open) -> None:
    first, second = citizen(), citizen()
    (question,) = first.says("社保卡丢了怎么补办")
    assert all(message["text"] != "社保卡丢了怎么补办" for message in second.history())
    refused = second.post({"choice": token(question, "unknown"), "message_id": new_id()})
    assert error(refused)[0] == 400


@pytest.mark.parametrize("field", ["sender", "sender_id", "metadata", "input_channel", "parse_data"])
def test_what_a_client_claims_about_itself_counts_for_nothing(citizen: Open, field: str) -> None:
    person = citizen()
    response = person.post({"text": "社保卡丢了怎么补办", "message_id": new_id(), field: "somebody else"})
    assert response.status_code in (200, 400)
    assert person.says("谢谢你")


def test_a_stale_choice_helps_on(citizen: Open) -> None:
    person = citizen()
    (first,) = person.says("社保卡丢了怎么补办")
    person.chooses(first, "unknown")
    person.says("重新开始")
    replies = person.chooses(first, "unknown")
    assert replies[-1]["status"] in ("clarify", "question")


def test_a_forged_choice_is_refused(citizen: Open) -> None:
    person = citizen()
    for choice in ("fact:applicant=agent", "A" * 60, "", 7, None):
        assert error(person.post({"choice": choice, "message_id": new_id()}))[0] == 400
    assert person.says("谢谢你")


def test_the_same_message_id_runs_once(citizen: Open) -> None:
    person = citizen()
    once = new_id()
    first = person.says("社保卡丢了怎么补办", once)
    length = len(person.history())
    assert person.says("社保卡丢了怎么补办", once) == first
    assert len(person.history()) == length
    assert error(person.post({"text": "社保卡过期了", "message_id": once}))[0] == 409


def test_the_conversation_can_be_restored(citizen: Open) -> None:
    person = citizen()
    (question,) = person.says("社保卡丢了怎么补办")
    outcome = person.finishes(person.chooses(question, "unknown"), {})
    messages = person.history()
    assert [message["from"] for message in messages[:3]] == ["bot", "user", "bot"]
    assert messages[0]["reply"] == person.greeting[0]
    assert messages[1]["text"] == "社保卡丢了怎么补办"
    assert messages[2]["reply"] == question
    assert messages[3]["text"] == next(one["title"] for one in question["choices"] if one["value"] == "unknown")
    assert messages[-1]["reply"] == outcome
    checked([message["reply"] for message in messages if message["from"] == "bot"])
    assert all(set(message) == {"from", "text", "reply", "at"} for message in messages)


def test_numbers_of_persons_are_masked_before_anything_keeps_them(citizen: Open) -> None:
    person = citizen()
    replies = person.says("我的身份证号是11010119900101123X，电话13800138000，社保卡丢了怎么补办")
    assert "notice" in {reply["status"] for reply in replies}
    kept = str(person.history())
    assert "11010119900101123" not in kept
    assert "13800138000" not in kept


def test_deletion_leaves_nothing(citizen: Open) -> None:
    person = citizen()
    person.says("社保卡丢了怎么补办")
    assert person.http.delete("/sessions").status_code == 204
    assert error(person.http.get("/messages")) == (401, "no_session")
    assert error(person.post({"text": "社保卡丢了", "message_id": new_id()})) == (401, "no_session")


@pytest.mark.parametrize(("method", "path"), [("GET", "/sessions"), ("PUT", "/messages"), ("DELETE", "/messages")])
def test_other_methods(citizen: Open, method: str, path: str) -> None:
    assert error(citizen().http.request(method, path))[0] == 405


@pytest.mark.parametrize(
    "path", ["/webhooks/rest/webhook", "/webhooks/callback/webhook", "/model", "/conversations/x/tracker"]
)
def test_rasas_own_doors_are_closed(servers: Running, path: str) -> None:
    for method in ("GET", "POST"):
        response = httpx.request(method, servers.website + path, json={"sender": "x", "message": "hi"}, trust_env=False)
        assert response.status_code in (401, 403, 404, 405), (method, path)
