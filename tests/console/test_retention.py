"""What the console keeps ends: questions that are done, codes, sessions, counts; and nothing of them stays behind."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import sqlalchemy as sa

from bot.answers.conversation import Conversation
from bot.console.case_codes import CaseCodes
from bot.console.database import connect, migrate, now
from bot.console.queue import Queue, Report
from bot.console.retention import main, sweep, sweep_while_serving
from bot.console.settings import ConsoleSettings
from bot.console.tables import METADATA, cases, failures, matters, reports, sessions, turns
from bot.errors import SettingError
from tests.console.clock import eventually


def report(queue: Queue, question: str) -> int:
    return queue.add(Report("wrong", question, "li", "v1", "lost-card"))


def done(queue: Queue, question: str, days: float) -> int:
    """A matter that was done so many days ago."""
    matter = report(queue, question)
    queue.move(matter, "in_work", "wang")
    queue.move(matter, "done", "wang", f"{question} changed")
    set_(queue.engine, matter, moved=now() - timedelta(days=days))
    return matter


def set_(engine: Any, matter: int, **values: Any) -> None:
    with engine.begin() as database:
        database.execute(matters.update().where(matters.c.id == matter).values(**values))


def questions(engine: Any) -> set[str]:
    """Every question of both tables."""
    with engine.connect() as database:
        found = [*database.execute(sa.select(matters.c.question)), *database.execute(sa.select(reports.c.question))]
    return {row.question for row in found}


def test_what_is_done_is_deleted_after_its_time(engine: Any) -> None:
    queue = Queue(engine)
    done(queue, "zebra crossing", 90.1)
    done(queue, "elephant parade", 89.9)
    report(queue, "giraffe house")
    assert sweep(engine, 90) == 1
    assert questions(engine) == {"elephant parade", "giraffe house"}
    assert sweep(engine, 90) == 0
    assert sweep(engine, 0) == 0, "0 days keep what is done"
    assert sweep(engine, 89) == 1
    assert questions(engine) == {"giraffe house"}


def test_a_matter_opened_again_is_kept(engine: Any) -> None:
    queue = Queue(engine)
    matter = done(queue, "zebra crossing", 200)
    queue.move(matter, "open", "wang")
    assert sweep(engine, 90) == 0
    assert questions(engine) == {"zebra crossing"}


def test_a_matter_nobody_takes_up_ends_too(engine: Any) -> None:
    queue = Queue(engine)
    set_(engine, report(queue, "zebra crossing"), last=now() - timedelta(days=401))
    set_(engine, report(queue, "elephant parade"), last=now() - timedelta(days=399))
    assert sweep(engine, 0) == 1
    assert questions(engine) == {"elephant parade"}


def test_thousands_at_once(engine: Any) -> None:
    long_ago = now() - timedelta(days=500)
    row = {"kind": "wrong", "question": "zebra", "state": "open", "reports": 1, "first": long_ago, "last": long_ago}
    with engine.begin() as database:
        database.execute(matters.insert(), [row] * 1_205)
    assert sweep(engine, 90) == 1_205
    assert questions(engine) == set()


def test_codes_sessions_failures_and_counts_end(engine: Any) -> None:
    CaseCodes(engine, lambda: now() - timedelta(hours=73)).create(Conversation("zh", "lost-card", {"holder": "adult"}))
    CaseCodes(engine, lambda: now() - timedelta(hours=71)).create(Conversation("zh", "lost-card", {}))
    with engine.begin() as database:
        database.execute(failures.insert().values(key="name:li", at=now() - timedelta(hours=25)))
        old = {"channel": "website", "status": "answered", "milliseconds": 1}
        database.execute(turns.insert().values(day=date.today() - timedelta(days=401), **old))
        database.execute(turns.insert().values(day=date.today() - timedelta(days=399), **old))
    sweep(engine, 90)
    with engine.connect() as database:
        left = {
            table.name: database.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for table in (cases, failures, sessions, turns)
        }
    assert left == {"console_cases": 1, "console_failures": 0, "console_sessions": 0, "console_turns": 1}


def test_no_trace_stays_in_any_file(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'console.db'}")
    queue = Queue(engine)
    done(queue, "zebra crossing " + "with padding " * 30, 100)
    done(queue, "elephant parade", 1)

    def everything() -> bytes:
        return b"".join(path.read_bytes() for path in tmp_path.iterdir())

    assert b"zebra" in everything()
    assert sweep(engine, 90) == 1
    assert b"zebra" not in everything()
    assert b"elephant" in everything()
    engine.dispose()


def test_it_runs_while_serving_and_by_a_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BANSHI_VAR", str(tmp_path))
    monkeypatch.delenv("BANSHI_DB", raising=False)
    engine = connect()
    queue = Queue(engine)
    done(queue, "zebra crossing", 100)
    end = Event()
    sweeping = sweep_while_serving(engine, 90, pause=0.05, end=end)
    eventually(lambda: questions(engine) == set())
    done(queue, "elephant parade", 100)
    eventually(lambda: questions(engine) == set())
    end.set()
    sweeping.join(60)
    assert not sweeping.is_alive()
    set_(engine, report(queue, "giraffe house"), last=now())
    assert main() == 0
    assert capsys.readouterr().out == "0 questions of the queue were deleted.\n"
    monkeypatch.setenv("BANSHI_CONSOLE_QUEUE_DAYS", "soon")
    assert main() == 1
    assert "BANSHI_CONSOLE_QUEUE_DAYS is 'soon'" in capsys.readouterr().err


def test_the_setting() -> None:
    assert ConsoleSettings.from_environment({}).queue_days == 90
    assert ConsoleSettings.from_environment({"BANSHI_CONSOLE_QUEUE_DAYS": "14"}).queue_days == 14
    assert ConsoleSettings.from_environment({"BANSHI_CONSOLE_QUEUE_DAYS": "0"}).queue_days == 0
    with pytest.raises(SettingError, match="kept for ever"):
        ConsoleSettings.from_environment({"BANSHI_CONSOLE_QUEUE_DAYS": "0", "BANSHI_MODE": "production"})


def test_older_databases_are_brought_up_to_date(tmp_path: Path) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'console.db'}")
    migrate(engine, "0001")
    at = now() - timedelta(days=91)
    row = {"kind": "wrong", "question": "zebra", "reports": 1, "first": at, "last": at}
    old = [column for column in METADATA.tables["console_matters"].columns if column.name != "moved"]
    before = sa.table("console_matters", *(sa.column(column.name, column.type) for column in old))
    with engine.begin() as database:
        database.execute(before.insert().values(state="done", **row))
        database.execute(before.insert().values(state="open", **row))
    migrate(engine)
    with engine.connect() as database:
        moved = database.execute(sa.select(matters.c.state, matters.c.moved).order_by(matters.c.state)).all()
    assert [tuple(one) for one in moved] == [("done", at), ("open", None)]
    assert sweep(engine, 90) == 1
    engine.dispose()
