from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.console.accounts import AccountError, Accounts
from bot.console.failures import Failures, Limit
from bot.console.sessions import Sessions
from bot.console.tables import accounts as table
from bot.console.tables import sessions as sessions_table
from tests.console.clock import Clock

PASSWORD = "correct horse battery"


def test_a_password_is_kept_as_argon2_and_checked(engine: Any) -> None:
    accounts = Accounts(engine)
    made = accounts.create("li.na", "editor", PASSWORD)
    with engine.connect() as database:
        assert database.execute(sa.select(table.c.password)).scalar_one().startswith("$argon2id$")
    assert accounts.verified("li.na", PASSWORD) == made
    assert accounts.verified("li.na", PASSWORD + "!") is None
    assert accounts.verified("nobody", PASSWORD) is None
    accounts.change("li.na", password="another long password")
    assert accounts.verified("li.na", PASSWORD) is None


@pytest.mark.parametrize(
    ("name", "role", "password", "why"),
    [
        ("x", "operator", PASSWORD, "2 to 64"),
        ("李娜", "operator", PASSWORD, "2 to 64"),
        ("li", "boss", PASSWORD, "no role 'boss'"),
        ("li", "operator", "short", "at least 12"),
    ],
)
def test_what_will_not_do_is_said(engine: Any, name: str, role: str, password: str, why: str) -> None:
    with pytest.raises(AccountError, match=why):
        Accounts(engine).create(name, role, password)
    assert Accounts(engine).all() == []


def test_a_name_is_taken_once(engine: Any) -> None:
    Accounts(engine).create("li", "operator", None)
    with pytest.raises(AccountError, match="an account li already"):
        Accounts(engine).create("li", "admin", None)


def test_an_account_for_single_sign_on_has_no_password(engine: Any) -> None:
    Accounts(engine).create("li", "operator", None)
    assert Accounts(engine).verified("li", "") is None
    assert Accounts(engine).find("li") is not None


def test_roles_contain_one_another(engine: Any) -> None:
    made = {role: Accounts(engine).create(role, role, None) for role in ("operator", "editor", "admin")}
    assert [made["editor"].may(role) for role in ("operator", "editor", "admin")] == [True, True, False]


def test_a_disabled_account_has_no_sessions(engine: Any) -> None:
    accounts, sessions = Accounts(engine), Sessions(engine)
    token = sessions.begin(accounts.create("li", "operator", PASSWORD))
    assert sessions.find(token) is not None
    accounts.change("li", disabled=True)
    assert (sessions.find(token), accounts.find("li"), accounts.verified("li", PASSWORD)) == (None, None, None)


def test_a_session_ends_when_idle_and_in_any_case(engine: Any) -> None:
    clock = Clock()
    sessions = Sessions(engine, lasts=timedelta(hours=10), idle=timedelta(minutes=60), now=clock)
    account = Accounts(engine).create("li", "operator", None)
    token = sessions.begin(account)
    for _ in range(9):
        clock.now += timedelta(minutes=59)
        assert sessions.find(token) is not None
    clock.now += timedelta(minutes=61)
    assert sessions.find(token) is None
    token = sessions.begin(account)
    for _ in range(10):
        clock.now += timedelta(minutes=59)
        assert sessions.find(token) is not None
    clock.now += timedelta(minutes=10)
    assert sessions.find(token) is None


def test_the_cookie_itself_is_kept_nowhere(engine: Any) -> None:
    token = Sessions(engine).begin(Accounts(engine).create("li", "operator", None))
    with engine.connect() as database:
        row = database.execute(sa.select(sessions_table)).one()
    assert token not in [str(value) for value in row]


def test_failures_are_counted_by_key_and_forgotten_in_time(engine: Any) -> None:
    clock = Clock()
    failures, limit = Failures(engine, clock), Limit(3, 15)
    failures.add("name:li", "address:127.0.0.1")
    failures.add("name:li")
    assert not failures.too_many("name:li", limit)
    failures.add("name:li")
    assert failures.too_many("name:li", limit)
    assert not failures.too_many("address:127.0.0.1", limit)
    clock.now += timedelta(minutes=15)
    assert not failures.too_many("name:li", limit)
    failures.add("name:li")
    failures.forget("name:li")
    assert not failures.too_many("name:li", Limit(1, 60))
