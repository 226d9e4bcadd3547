"""The three question sets over the real knowledge: apart from each other, and about passages that exist."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.catalogue import load
from bot.evaluation.retrieval.own import HELD_APART
from bot.retrieval.calibrate import QUESTIONS, read_questions
from bot.retrieval.corpus import passages
from bot.retrieval.lessons import PAIRS
from bot.retrieval.words import normalise
from bot.settings import knowledge_folder


@pytest.fixture(scope="module")
def ids() -> list[str]:
    return [passage.id for passage in passages(load(knowledge_folder()))]


def training() -> dict[str, dict[str, list[str]]]:
    found: Any = yaml.safe_load(PAIRS.read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def test_training_pairs_name_passages_that_exist(ids: list[str]) -> None:
    assert [id for id in training() if id not in ids] == []


@pytest.mark.parametrize("path", [QUESTIONS, HELD_APART], ids=["calibration", "held apart"])
def test_every_answer_exists(ids: list[str], path: Path) -> None:
    asked = [q for q in read_questions(path) if q.gold]
    assert [q.text for q in asked if not any(q.answered_by(id) for id in ids)] == []


def test_there_are_enough_in_both_languages() -> None:
    asked = read_questions(HELD_APART)
    for language in ("zh", "en"):
        assert sum(bool(q.gold) for q in asked if q.language == language) >= 60
        assert sum(not q.gold for q in asked if q.language == language) >= 50


def test_no_question_is_in_two_sets() -> None:
    trained = {normalise(q) for questions in training().values() for asked in questions.values() for q in asked}
    calibrating = {normalise(q.text) for q in read_questions(QUESTIONS)}
    judging = {normalise(q.text) for q in read_questions(HELD_APART)}
    assert (trained & judging, calibrating & judging, trained & calibrating) == (set(), set(), set())
