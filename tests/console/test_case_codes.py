import json
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot.answers.conversation import Conversation
from bot.console.case_codes import VALID_FOR, SqliteCaseCodes
from bot.errors import UnknownId

NOON = datetime(2026, 6, 1, 12, tzinfo=timezone.utc)
CASE = Conversation("en", "renewal", {"holder": "minor", "region": "north"}, ("applicant",), "applicant", 2, "fee")


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def codes(tmp_path: Path, clock: Clock) -> SqliteCaseCodes:
    return SqliteCaseCodes(tmp_path / "cases.db", clock)


def rows(codes: SqliteCaseCodes) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(codes.file)) as database:
        return database.execute("SELECT code, body FROM cases").fetchall()


def test_a_code_opens_what_was_established_and_nothing_more(codes: SqliteCaseCodes) -> None:
    code = codes.create(CASE)
    assert len(code) == 6
    assert code.isdecimal()
    assert codes.open(code) == Conversation("en", "renewal", CASE.facts, ("applicant",))
    ((_, body),) = rows(codes)
    assert set(json.loads(body)) == {"topic", "facts", "declined", "language"}


def test_every_case_has_a_code_of_its_own(codes: SqliteCaseCodes) -> None:
    made = [codes.create(CASE) for _ in range(50)]
    assert len(set(made)) == 50
    assert len(rows(codes)) == 50


@pytest.mark.parametrize("code", ["999999", "", "abc", "'; DROP TABLE cases; --"])
def test_an_unknown_code(codes: SqliteCaseCodes, code: str) -> None:
    with pytest.raises(UnknownId, match="there is no case with this code"):
        codes.open(code)


def test_a_code_expires_and_is_deleted(codes: SqliteCaseCodes, clock: Clock) -> None:
    code = codes.create(CASE)
    clock.now = NOON + VALID_FOR - timedelta(seconds=1)
    assert codes.open(code).topic == "renewal"
    clock.now = NOON + VALID_FOR
    with pytest.raises(UnknownId):
        codes.open(code)
    newer = codes.create(CASE)
    assert [code for code, _ in rows(codes)] == [newer]


def test_another_process_opens_the_same_file(codes: SqliteCaseCodes, clock: Clock) -> None:
    code = codes.create(CASE)
    assert SqliteCaseCodes(codes.file, clock).open(code).facts == CASE.facts


def test_no_free_code_is_said_aloud(codes: SqliteCaseCodes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.console.case_codes.secrets.randbelow", lambda limit: 7)
    assert codes.create(CASE) == "000007"
    with pytest.raises(RuntimeError, match="no free case code"):
        codes.create(CASE)
