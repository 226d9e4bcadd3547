import json
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.answers.conversation import Conversation
from bot.console.case_codes import VALID_FOR, CaseCodes
from bot.console.tables import cases
from bot.errors import UnknownId
from tests.console.clock import Clock

CASE = Conversation("en", "renewal", {"holder": "minor", "region": "north"}, ("applicant",), "applicant", 2, "fee")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def codes(engine: Any, clock: Clock) -> CaseCodes:
    return CaseCodes(engine, clock)


def rows(codes: CaseCodes) -> list[tuple[str, str]]:
    with codes.engine.connect() as database:
        return [(row.code, row.body) for row in database.execute(sa.select(cases))]


def test_a_code_opens_what_was_established_and_nothing_more(codes: CaseCodes) -> None:
    code = codes.create(CASE)
    assert len(code) == 6
    assert code.isdecimal()
    assert codes.open(code) == Conversation("en", "renewal", CASE.facts, ("applicant",))
    kept = json.loads(rows(codes)[0][1])
    assert set(kept) == {"topic", "facts", "declined", "language"}


def test_every_case_has_a_code_of_its_own(codes: CaseCodes) -> None:
    made = [codes.create(CASE) for _ in range(20)]
    assert len(set(made)) == len(rows(codes)) == 20


@pytest.mark.parametrize("code", ["000000", "", "12345", "abcdef", "' OR 1=1"])
def test_an_unknown_code(codes: CaseCodes, code: str) -> None:
    with pytest.raises(UnknownId, match="no case with this code"):
        codes.open(code)


def test_a_code_expires_and_is_deleted(codes: CaseCodes, clock: Clock) -> None:
    code = codes.create(CASE)
    assert timedelta(hours=72) == VALID_FOR
    clock.now += VALID_FOR - timedelta(seconds=1)
    assert codes.open(code).topic == "renewal"
    clock.now += timedelta(seconds=1)
    with pytest.raises(UnknownId):
        codes.open(code)
    other = codes.create(CASE)
    assert [found for found, _ in rows(codes)] == [other]


def test_no_free_code_is_said_aloud(codes: CaseCodes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.console.case_codes.secrets.randbelow", lambda limit: 7)
    assert codes.create(CASE) == "000007"
    with pytest.raises(RuntimeError, match="no free case code"):
        codes.create(CASE)
