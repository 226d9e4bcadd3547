"""The console's server, its accounts by command, and what an action leaves behind."""

from __future__ import annotations

import io
import socket
from typing import Any

import pytest

from bot.console import __main__ as command
from bot.console.accounts import Accounts
from bot.console.audit import Audit
from bot.console.serve import HOST, listen
from bot.errors import SettingError


@pytest.fixture
def commanded(engine: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The command over this test's database, a password on standard input."""
    monkeypatch.setattr(command, "connect", lambda: engine)
    monkeypatch.setattr("sys.stdin", io.StringIO("correct horse battery\n"))
    return engine


def test_an_account_by_command(commanded: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["user", "li", "editor"]) == 0
    assert capsys.readouterr().out == "The account li may sign in as editor.\n"
    assert Accounts(commanded).verified("li", "correct horse battery") is not None
    assert [(entry.who, entry.about) for entry in Audit(commanded).latest()] == [("make", "li:editor")]


def test_a_new_password_by_command(commanded: Any, capsys: pytest.CaptureFixture[str]) -> None:
    Accounts(commanded).create("li", "editor", "the password before")
    assert command.main(["user", "li", "editor"]) == 0
    assert "new password" in capsys.readouterr().out
    assert Accounts(commanded).verified("li", "the password before") is None


def test_an_account_without_a_password(commanded: Any) -> None:
    assert command.main(["user", "li", "operator", "sso"]) == 0
    assert Accounts(commanded).verified("li", "") is None


@pytest.mark.parametrize("arguments", [["user"], ["user", "li"], ["user", "li", "editor", "x"], ["delete", "li", "x"]])
def test_a_wrong_command_says_how_to_write_it(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(arguments) == 2
    assert "make console-user NAME=" in capsys.readouterr().err


def test_what_will_not_do_is_said(commanded: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["user", "li", "boss"]) == 1
    assert "no role 'boss'" in capsys.readouterr().err


def test_it_listens_on_loopback_only_and_a_taken_port_is_said() -> None:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        with pytest.raises(SettingError, match="BANSHI_CONSOLE_PORT is"):
            listen(taken.getsockname()[1])
    free = listen(0)
    assert free.getsockname()[0] == "127.0.0.1"
    free.close()
