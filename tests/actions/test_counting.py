"""A turn is counted, and an answer comes even when counting fails."""

from __future__ import annotations

from pathlib import Path

import pytest

import actions.counting
from actions.find import Find
from actions.procedure_form import ValidateProcedureForm
from bot.answers.assistant import Assistant
from bot.console.database import connect
from bot.console.overview import Overview
from bot.console.queue import Queue
from bot.console.turns import Turns
from tests.actions.conftest import run, tracker


def test_a_turn_is_counted(assistant: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'console.db'}")
    counted = Turns(engine, Queue(engine))
    monkeypatch.setattr(actions.counting, "turns", lambda: counted)
    replies, _, _ = run(ValidateProcedureForm(), tracker("renew", "renewal"))
    assert [reply["status"] for reply in replies] == ["question"]
    run(Find(), tracker("something else entirely", "nlu_fallback"))
    assert dict(Overview(engine).by("status")) == {"asked": 1, "abstained": 1}
    assert [matter.question for matter in Queue(engine).matters("open")] == ["something else entirely"]
    engine.dispose()


def test_an_answer_comes_even_when_counting_fails(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def lost() -> Turns:
        raise OSError("the disk is full")

    monkeypatch.setattr(actions.counting, "turns", lost)
    replies, _, _ = run(Find(), tracker("something else entirely", "nlu_fallback"))
    assert replies
    assert "A turn was not counted." in caplog.text
