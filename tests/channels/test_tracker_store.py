"""A turn is read by one query and stored whole or not at all."""

from __future__ import annotations

import asyncio
import sqlite3
import uuid
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.channels import recent
from bot.channels.direct import Direct
from bot.channels.tracker_store import ConversationStore


def test_a_turn_is_stored_whole_or_not_at_all(tmp_path: Path) -> None:
    store = ConversationStore(domain=Domain.empty(), host=f"sqlite:///{tmp_path}/tracker.db")
    with store.engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER full BEFORE INSERT ON events WHEN NEW.type_name = 'bot' "
            "BEGIN SELECT RAISE(ABORT, 'disk full'); END"
        )
    tracker = DialogueStateTracker.from_events("web:1", [UserUttered("丢了"), BotUttered("好的")])
    with pytest.raises(sqlite3.IntegrityError):
        asyncio.run(store.save(tracker))
    with store.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM events").scalar() == 0
        connection.exec_driver_sql("DROP TRIGGER full")
    store.failed.clear()  # as the next turn does
    asyncio.run(store.save(tracker))
    tracker.update(UserUttered("谢谢"))
    asyncio.run(store.save(tracker))
    assert [event["text"] for event in asyncio.run(store.spoken("web:1"))] == ["丢了", "好的", "谢谢"]


def test_the_query_that_looks_for_a_message_reads_what_the_turn_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = ConversationStore(domain=Domain.empty(), host=f"sqlite:///{tmp_path}/tracker.db")
    asked: list[Any] = []
    execute = Direct.execute
    monkeypatch.setattr(Direct, "execute", lambda *given: asked.append(given[1]) or execute(*given))

    async def turn(sender: str, text: str) -> list[str]:
        """What the conversation holds when Rasa goes on with it."""
        before = len(asked)
        assert not await store.turn(sender, str(uuid.uuid4()))
        tracker = await store.retrieve(sender)
        assert len(asked) == before + 1, "one query for both"
        said = [event.text for event in tracker.events] if tracker else []
        tracker = tracker or DialogueStateTracker.from_events(sender, [])
        tracker.update(UserUttered(text))
        await store.save(tracker)
        return said

    async def talk() -> None:
        assert await store.turn("web:2", str(uuid.uuid4())) is None
        assert await turn("web:1", "丢了") == []
        assert await turn("web:1", "好的") == ["丢了"], "not what was read for another, nor before it was stored"
        assert await store.turn("web:1", str(uuid.uuid4())) == []
        await store.delete("web:1")
        assert await store.retrieve("web:1") is None

    asyncio.run(talk())


def test_nothing_is_stored_of_a_turn_whose_conversation_could_not_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = ConversationStore(domain=Domain.empty(), host=f"sqlite:///{tmp_path}/tracker.db")

    def away(*_: Any) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(Direct, "execute", away)
        with pytest.raises(sqlite3.OperationalError):
            asyncio.run(store.retrieve("web:1"))
    assert store.failed == {"web:1"}
    asyncio.run(store.save(DialogueStateTracker.from_events("web:1", [UserUttered("丢了")])))
    assert asyncio.run(store.spoken("web:1")) == []


def test_a_long_conversation_is_read_by_its_indexes(tmp_path: Path) -> None:
    store = ConversationStore(domain=Domain.empty(), host=f"sqlite:///{tmp_path}/tracker.db")
    given = {"sender": "web:1", "turns": recent.TURNS, "pattern": "%"}
    with store.engine.connect() as connection:
        plan = [row[3] for row in connection.execute(sa.text(f"EXPLAIN QUERY PLAN {recent._READ_AND_FIND}"), given)]
    store.engine.dispose()
    assert sum("events_latest (sender_id=? AND type_name=?)" in step for step in plan) == 3
    assert not [step for step in plan if step.startswith("SCAN")]
