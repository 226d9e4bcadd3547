"""A turn is counted, and an answer comes even when counting fails."""

from __future__ import annotations

from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from prometheus_client import REGISTRY

import actions.counting
from actions.find import Find
from actions.procedure_form import ValidateProcedureForm
from actions.small_talk import SmallTalk
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


def test_a_matter_spread_over_two_action_servers(
    assistant: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each turn goes to the other server; only the slots and the database are shared."""
    engines = [connect(f"sqlite:///{tmp_path / 'console.db'}") for _ in range(2)]
    servers = cycle([Turns(engine, Queue(engine)) for engine in engines])
    monkeypatch.setattr(actions.counting, "turns", lambda: next(servers))
    before = REGISTRY.get_sample_value("banshi_outcome_questions_count") or 0.0
    slots: dict[str, Any] = {}
    replies, said, intent = [], {}, "renewal"
    for _ in range(9):
        replies, changed, _ = run(ValidateProcedureForm(), tracker("…", intent, slots, said))
        slots |= changed
        if replies[-1]["status"] == "procedure":
            break
        fact = assistant.catalogue.fact(slots["requested_slot"])
        said, intent = {fact.id: next(iter(fact.values))}, "inform"
    figures = Overview(engines[0]).figures(1)
    assert (figures.outcomes, figures.questions) == (1, float(figures.turns - 1))
    assert figures.turns > 2, "one question at each server at least"
    assert (slots["course"]["questions"], slots["course"]["told"]) == (0, True)
    told = REGISTRY.get_sample_value("banshi_outcome_questions_count")
    run(ValidateProcedureForm(), tracker("…", "renewal", slots))  # told again, which is no further outcome
    assert REGISTRY.get_sample_value("banshi_outcome_questions_count") == told == before + 1
    for engine in engines:
        engine.dispose()


def test_small_talk_has_no_course(assistant: Assistant) -> None:
    _, slots, _ = run(SmallTalk(), tracker("hello", "greet"))
    assert "course" not in slots


def test_an_answer_comes_even_when_counting_fails(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def lost() -> Turns:
        raise OSError("the disk is full")

    monkeypatch.setattr(actions.counting, "turns", lost)
    replies, _, _ = run(Find(), tracker("something else entirely", "nlu_fallback"))
    assert replies
    assert "A turn was not counted." in caplog.text
