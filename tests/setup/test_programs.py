"""What the tests start is asked for before anything is built."""

from __future__ import annotations

import pytest

from bot.setup import suite
from bot.setup.problem import Problem


def test_a_missing_program_is_named_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Problem, match="apt-get install redis-server"):
        suite.require_programs(["data", "rasa-units"])
    with pytest.raises(Problem, match="apt-get install chromium"):
        suite.require_programs(["browser"])


def test_parts_that_start_nothing_need_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    suite.require_programs(["data", "conversations", "servers"])
