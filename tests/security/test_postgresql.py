"""On a real PostgreSQL: after "forget me" and after the retention no table, and once cleared no file, holds a trace."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from dataclasses import replace

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.channels.retention import DAY, main, sweep
from bot.channels.settings import ChannelSettings
from bot.channels.tracker_store import ConversationStore
from tests.channels.conftest import Client, ScriptedBot, error_of, eventually, serving
from tests.postgresql import Postgresql, postgresql

MONTH = 30


@pytest.fixture(scope="module")
def server() -> Iterator[Postgresql]:
    with postgresql() as running:
        yield running


@pytest.fixture
def kept(server: Postgresql) -> Iterator[ConversationStore]:
    """Conversations in a database of this test's own."""
    made = ConversationStore(Domain.empty(), host=server.fresh())
    yield made
    made.engine.dispose()


def database(store: ConversationStore) -> str:
    return str(store.engine.url.database)


def in_tables(server: Postgresql, name: str, needle: str) -> list[str]:
    """The tables of every schema of one database that have a row with the needle in any column."""
    listed = "SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables"
    found = []
    for table in server.run(listed, name).splitlines():
        if table != "pg_catalog.pg_statistic" and table != "pg_catalog.pg_authid":
            count = server.run(f"SELECT count(*) FROM {table} AS row WHERE row::text LIKE '%{needle}%'", name)
            found += [table] if count != "0" else []
    samples = f"(most_common_vals::text LIKE '%{needle}%' OR histogram_bounds::text LIKE '%{needle}%')"
    return found + (["pg_stats"] if server.run(f"SELECT count(*) FROM pg_stats WHERE {samples}", name) != "0" else [])


def in_files(server: Postgresql, needle: str) -> list[str]:
    """The files of the server's folder that hold the needle, once everything is written out."""
    server.run("CHECKPOINT")
    found = []
    for path in server.data.rglob("*"):
        try:
            if path.is_file() and needle.encode() in path.read_bytes():
                found.append(path.relative_to(server.data).as_posix())
        except FileNotFoundError:
            continue
    return found


def turn_the_log(server: Postgresql) -> None:
    """What a busy server does by itself: begin another log file and let go of the older ones."""
    for _ in range(3):
        server.run("SELECT pg_switch_wal()")
        server.run("CHECKPOINT")


def speak(client: Client, bot: ScriptedBot, word: str, turns: int = 30) -> str:
    client.open()
    for number in range(turns):
        assert client.send(f"about {word} {number} " + "padding " * 40).status_code == 200
    return str(bot.seen[-1].sender_id)


def age(store: ConversationStore, sender_id: str, days: float) -> None:
    with store.engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE events SET timestamp = timestamp - %s WHERE sender_id = %s", (days * DAY, sender_id)
        )


def test_forget_me_and_the_retention_leave_no_trace(
    server: Postgresql, kept: ConversationStore, settings: ChannelSettings
) -> None:
    bot = ScriptedBot(kept)
    with serving(bot, replace(settings, turn_seconds=10.0)) as client:
        stays = speak(client, bot, "elephant")
        old = speak(client, bot, "zebra")
        age(kept, old, MONTH + 1)
        asked = speak(client, bot, "giraffe")
        server.run("ANALYZE", database(kept))
        assert in_tables(server, database(kept), "giraffe") == ["public.events"], "nor samples for the planner"
        assert client.send("请删除我的对话记录").status_code == 200
        assert error_of(client.send("还在吗")) == (401, "no_session")
        assert in_tables(server, database(kept), "giraffe") == []
        assert sweep(kept, MONTH) == 1
        server.run("ANALYZE", database(kept))
        for trace in ("zebra", "giraffe", old, asked, old.removeprefix("web:")):
            assert in_tables(server, database(kept), trace) == []
        server.run("CREATE EXTENSION pgstattuple", database(kept))  # counts; the statistics come in when they like
        assert server.run("SELECT dead_tuple_count FROM pgstattuple('events')", database(kept)) == "0"
        assert in_tables(server, database(kept), "elephant")[0] == "public.events"
        left = server.run("SELECT DISTINCT sender_id FROM events", database(kept)).splitlines()
        assert left == [stays]


def test_the_planner_keeps_no_samples_and_a_second_server_starts_as_well(
    server: Postgresql, kept: ConversationStore
) -> None:
    again = ConversationStore(Domain.empty(), host=kept.engine.url.render_as_string(hide_password=False))
    again.engine.dispose()
    row = {"sender_id": "web:zebra", "type_name": "user", "timestamp": 1.0, "data": '{"text": "lion"}'}
    with kept.engine.begin() as connection:
        connection.execute(kept.SQLEvent.__table__.insert(), [row] * 500)
    server.run("ANALYZE", database(kept))
    sampled = "SELECT attname FROM pg_stats WHERE tablename = 'events' ORDER BY attname"
    assert server.run(sampled, database(kept)).splitlines() == [
        "action_name",
        "id",
        "intent_name",
        "timestamp",
        "type_name",
    ]
    assert in_tables(server, database(kept), "zebra") == ["public.events"]


def test_written_anew_not_even_a_file_holds_it(
    server: Postgresql, kept: ConversationStore, settings: ChannelSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    bot = ScriptedBot(kept)
    with serving(bot, replace(settings, turn_seconds=10.0)) as client:
        speak(client, bot, "elephant")
        age(kept, speak(client, bot, "walrus"), MONTH + 1)
        speak(client, bot, "elephant")
    assert [path for path in in_files(server, "walrus") if path.startswith("base/")]
    monkeypatch.setenv("BANSHI_DB", kept.engine.url.render_as_string(hide_password=False))
    monkeypatch.setenv("BANSHI_RETENTION_DAYS", str(MONTH))
    assert main(["--thorough"]) == 0
    assert [path for path in in_files(server, "walrus") if path.startswith("base/")] == []
    turn_the_log(server)
    assert in_files(server, "walrus") == []
    assert in_files(server, "elephant")


def test_the_server_sweeps_by_itself(server: Postgresql, kept: ConversationStore, settings: ChannelSettings) -> None:
    bot = ScriptedBot(kept)
    with serving(bot, replace(settings, turn_seconds=10.0)) as client:
        age(kept, speak(client, bot, "zebra", 2), MONTH + 1)
    with serving(bot, replace(settings, retention_days=MONTH)):
        eventually(lambda: server.run("SELECT count(*) FROM events", database(kept)) == "0")


def test_the_password_is_in_no_log_and_no_message(
    kept: ConversationStore,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    password = str(kept.engine.url.password)
    assert len(password) == 32
    monkeypatch.setenv("BANSHI_DB", kept.engine.url.render_as_string(hide_password=False))
    assert main() == 0
    wrong = kept.engine.url.set(port=1).render_as_string(hide_password=False)
    ConversationStore(Domain.empty(), host=wrong).engine.dispose()
    assert "Connection refused" in caplog.text
    told = capsys.readouterr()
    for shown in (repr(kept.engine), told.out, told.err, caplog.text):
        assert password not in shown


def test_a_turn_that_waits_for_the_database_stops_no_other(server: Postgresql, kept: ConversationStore) -> None:
    server.run(f"ALTER DATABASE {database(kept)} SET lock_timeout = '5s'")  # ends the test when it does
    kept.engine.dispose()
    tracker = DialogueStateTracker.from_events("web:1", [UserUttered("丢了")])
    tracker.events_stored = 0

    async def scenario() -> None:
        with kept.engine.connect() as other:
            other.exec_driver_sql("LOCK TABLE events IN ACCESS EXCLUSIVE MODE")
            saving = asyncio.ensure_future(kept.save(tracker))
            await asyncio.sleep(0.3)
            assert not saving.done()
        await asyncio.wait_for(saving, 10)
        assert [event["text"] for event in await kept.spoken("web:1")] == ["丢了"]

    asyncio.run(scenario())
