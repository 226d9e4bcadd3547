"""The console beside the action server: a case code the bot gave opens there, and only with a session."""

from __future__ import annotations

import re
from collections.abc import Callable

import httpx
import pytest

from bot.console.accounts import Accounts
from bot.console.database import address, connect
from bot.setup.servers import Running
from tests.e2e.conftest import Citizen

pytestmark = pytest.mark.servers
PASSWORD = "correct horse battery"


def test_a_case_code_of_the_bot_opens_at_the_console(servers: Running, citizen: Callable[..., Citizen]) -> None:
    person = citizen()
    person.says("我的社保卡丢了，在大连")
    code = person.says("我要找人工")[-1]["case_code"]

    engine = connect(address({}, servers.action_server.log.parents[1]))
    Accounts(engine).create("operator-of-this-test", "operator", PASSWORD)
    engine.dispose()
    with httpx.Client(base_url=f"{servers.console}/console", timeout=30, trust_env=False) as staff:
        assert staff.post("/case", json={"code": code}).status_code == 401
        key = found(r'name="form_key" value="([^"]+)"', staff.get("/sign-in").text)
        form = {"form_key": key, "name": "operator-of-this-test", "password": PASSWORD}
        assert staff.post("/sign-in", data=form).status_code == 303
        headers = {"x-form-key": found(r'name="form-key" content="([^"]+)"', staff.get("/").text)}
        opened = staff.post("/case", json={"code": code}, headers=headers).json()
        assert (opened["topic"], opened["facts"]["region"]) == ("lost-card", "dalian")
        first = staff.get("/search", params={"q": "社保卡过期了", "language": "zh"}).json()["hits"][0]
        assert (first["kind"], first["id"]) == ("topic", "card-expired")


def test_the_webhook_is_not_reached_through_the_console(servers: Running) -> None:
    assert httpx.post(f"{servers.console}/webhook", json={}, trust_env=False).status_code == 404
    assert httpx.get(f"{servers.console}/health", trust_env=False).status_code == 404


def found(pattern: str, text: str) -> str:
    """The first group of ``pattern`` in ``text``."""
    match = re.search(pattern, text)
    assert match is not None
    return match[1]
