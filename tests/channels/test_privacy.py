"""What a person types is masked before anything keeps it, and deletion leaves nothing behind."""

from __future__ import annotations

import logging
import stat
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.channels.logs import keep_people_out_of_logs
from bot.channels.tracker_store import ConversationStore
from tests.channels.conftest import Client, ScriptedBot, assert_valid

NUMBER = "110105199001011234"


def everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_a_number_never_reaches_rasa_the_database_or_a_log(
    client: Client, bot: ScriptedBot, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    client.open("zh")
    replies = client.send(f"我的身份证号是{NUMBER}，手机13800138000").json()["replies"]
    assert_valid(replies)
    assert [reply["status"] for reply in replies] == ["notice", "smalltalk"]
    assert "身份证号码、手机号码" in replies[0]["text"]
    assert bot.seen[-1].text == "我的身份证号是[身份证号码],手机[手机号码]"
    assert bot.seen[-1].metadata["masked"] == ["id_number", "mobile"]
    english = client.send(f"my id is {NUMBER[:17]}X").json()["replies"]
    assert english[0]["language"] == "en"
    assert "ID number" in english[0]["text"]
    kept = everything_in(tmp_path)
    assert b"website" in kept
    for secret in (NUMBER, NUMBER[:17], "13800138000", client.token):
        assert secret.encode() not in kept
        assert secret not in caplog.text
    texts = [message["text"] for message in client.history()]
    assert texts[1] == replies[0]["text"] or texts[2] == replies[0]["text"]
    assert not any(NUMBER[:10] in text for text in texts)


def test_deletion_leaves_no_trace_in_the_files(client: Client, bot: ScriptedBot, tmp_path: Path) -> None:
    other = Client(client.root)
    client.open()
    other.open()
    for word in ("zebra-one", "zebra-two", "zebra-three"):
        client.send(f"about {word} " + "padding " * 200)
        other.send("keep-this-elephant")
    sender = bot.seen[0].sender_id.encode()
    assert b"zebra-two" in everything_in(tmp_path)
    assert client.call("DELETE", "/sessions").status_code == 204
    left = everything_in(tmp_path)
    for trace in (b"zebra", sender):
        assert trace not in left
    assert b"keep-this-elephant" in left
    assert other.send("still here").status_code == 200


def test_deletion_also_clears_what_could_not_be_stored(client: Client, bot: ScriptedBot) -> None:
    client.open()
    sender = bot.seen[0].sender_id
    fallback = bot.tracker_store.fallback_tracker_store
    fallback.store[sender] = "a turn"
    client.call("DELETE", "/sessions")
    assert fallback.store == {}


def test_the_database_file_is_private(bot: ScriptedBot, tmp_path: Path, client: Client) -> None:
    client.open()
    files = list(tmp_path.glob("tracker.db*"))
    assert {path.name for path in files} == {"tracker.db", "tracker.db-wal", "tracker.db-shm"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


def test_a_database_error_does_not_repeat_the_text(store: ConversationStore) -> None:
    with store.session_scope() as session, pytest.raises(sa.exc.OperationalError) as caught:
        session.execute(sa.text("insert into nowhere values (:text)"), {"text": "what a person wrote"})
    assert "what a person wrote" not in str(caught.value)


def test_an_error_in_a_turn_is_logged_without_the_text(
    client: Client, bot: ScriptedBot, caplog: pytest.LogCaptureFixture
) -> None:
    client.open()

    def fail(text: str) -> list[dict[str, object]]:
        raise ValueError(f"cannot read {text}")

    bot.answer = fail
    client.send("giraffe")
    assert "ValueError" in caplog.text
    assert "test_privacy.py" in caplog.text
    assert "giraffe" not in caplog.text


def test_sender_ids_are_cut_in_rasas_warnings(caplog: pytest.LogCaptureFixture) -> None:
    keep_people_out_of_logs()
    logging.getLogger("rasa.core.processor").warning("Circuit breaker tripped for sender 'web:%s'.", "0123456789abcdef")
    assert "web:…" in caplog.text
    assert "0123456789" not in caplog.text
