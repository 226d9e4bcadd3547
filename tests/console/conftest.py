"""The console over the real knowledge, with a database of its own for each test."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from bot.answers.assistant import Assistant
from bot.answers.official import official_text
from bot.catalogue import Catalogue
from bot.console.app import application
from bot.console.case_codes import CaseCodes
from bot.console.database import address, connect
from bot.console.desk import Desk, desk, instant
from bot.console.search.instant import Instant
from bot.console.settings import ConsoleSettings
from bot.console.tables import METADATA
from tests.console.finder import WordFinder
from tests.postgresql import postgresql

DAY = date(2026, 11, 22)
PASSWORD = "correct horse battery"
STAFF = {"operator": "li", "editor": "wang", "admin": "zhao"}


BOTH = ("test_access", "test_accounts", "test_case_codes", "test_database", "test_loop_back", "test_retention")
"""Modules whose tests run on SQLite and on PostgreSQL: everything that reads or writes the tables."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Ask for the engine of both databases."""
    if "engine" in metafunc.fixturenames:
        both = metafunc.module.__name__.rpartition(".")[2] in BOTH
        metafunc.parametrize("engine", ("sqlite", "postgresql") if both else ("sqlite",), indirect=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of an empty database of a PostgreSQL of the tests' own."""
    with postgresql() as server:
        yield server.fresh()


@pytest.fixture
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    """A database with empty, up-to-date tables."""
    named = request.getfixturevalue("postgres") if request.param == "postgresql" else ""
    made = connect(address({"BANSHI_DB": named}, tmp_path))
    with made.begin() as database:
        for table in reversed(METADATA.sorted_tables):
            database.execute(table.delete())
    yield made
    made.dispose()


@lru_cache(maxsize=1)
def searching(catalogue: Catalogue) -> Instant:
    """The search, learnt once for all tests."""
    assistant = Assistant(catalogue, WordFinder(catalogue), official_text, CaseCodes(None), today=lambda: DAY)
    return instant(assistant, assistant.finder)  # type: ignore[arg-type]


@pytest.fixture
def made(real: Catalogue, engine: Any) -> Desk:
    """The console's means with one account of each role."""
    search = searching(real)
    assistant = Assistant(real, search.finder, official_text, CaseCodes(engine), today=lambda: DAY)
    ready = desk(assistant, search, engine, ConsoleSettings())
    for role, name in STAFF.items():
        ready.accounts.create(name, role, PASSWORD if role == "operator" else None)
    return ready


@dataclass
class Staff:
    """Somebody at a browser: cookies are kept, the form key goes with everything sent."""

    client: TestClient
    desk: Desk

    def session(self, role: str) -> Staff:
        """Begin a session without the password, which is slow on purpose."""
        account = self.desk.accounts.find(STAFF[role])
        assert account is not None
        self.client.cookies.set("banshi_console", self.desk.sessions.begin(account), path="/console")
        return self

    @property
    def form_key(self) -> str:
        token = self.client.cookies.get("banshi_console")
        session = self.desk.sessions.find(token) if token else None
        return session.form_key if session else ""

    def get(self, path: str, **options: Any) -> Any:
        return self.client.get(f"/console{path}", follow_redirects=False, **options)

    def post(self, path: str, data: dict[str, str], **options: Any) -> Any:
        """Send a form as a page does."""
        form = {"form_key": self.form_key, **data}
        return self.client.post(f"/console{path}", data=form, follow_redirects=False, **options)

    def send(self, path: str, body: dict[str, Any], key: str | None = None) -> Any:
        """Send JSON as a script of ours does."""
        headers = {"x-form-key": self.form_key if key is None else key}
        return self.client.post(f"/console{path}", json=body, headers=headers, follow_redirects=False)

    def sign_in(self, name: str, password: str) -> Any:
        """Open the sign-in page and fill it in."""
        page = self.get("/sign-in").text
        key = re.search(r'name="form_key" value="([^"]+)"', page)
        assert key is not None
        form = {"form_key": key[1], "name": name, "password": password}
        return self.client.post("/console/sign-in", data=form, follow_redirects=False)


@pytest.fixture
def staff(made: Desk) -> Staff:
    """Nobody yet: ``staff.session(role)`` or ``staff.sign_in``."""
    return Staff(TestClient(application(made)), made)


@pytest.fixture
def with_settings(made: Desk) -> Callable[[ConsoleSettings], Staff]:
    """The console with other settings."""
    return lambda settings: Staff(
        TestClient(application(replace(made, settings=settings)), client=("127.0.0.1", 50_000)), made
    )
