"""The training phrases: enough of them, written as people write, and none of them one of the judging questions."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from opencc import OpenCC

from bot.catalogue import Catalogue
from bot.nlu.features import normalise

ROOT = Path(__file__).parents[2]
QUESTIONS = Path(__file__).parent / "questions"
ENOUGH = 40
HAN = re.compile(r"[㐀-鿿]")
WORD = re.compile(r"[A-Za-z]+")


@cache
def phrases() -> dict[str, list[str]]:
    """The phrases of every intent."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted((ROOT / "data" / "nlu").glob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            lines = (line.strip() for line in block["examples"].splitlines())
            found[block["intent"]] += [line[2:].strip() for line in lines if line.startswith("- ")]
    return found


def is_english(phrase: str) -> bool:
    """English sentences may hold Chinese nouns."""
    return len(WORD.findall(phrase)) >= len(HAN.findall(phrase)) / 2


def topics() -> list[str]:
    return sorted(path.name.replace("-", "_") for path in (ROOT / "knowledge" / "procedures").iterdir())


def texts(value: Any) -> list[str]:
    """Every question in a file of questions."""
    if isinstance(value, dict):
        if "text" in value:
            return [value["text"]]
        return [text for language in ("zh", "en", "cases") for text in texts(value.get(language, []))]
    return [text for one in value for text in ([one] if isinstance(one, str) else texts(one))]


def held_apart() -> list[str]:
    return [text for path in QUESTIONS.glob("*.yml") for text in texts(yaml.safe_load(path.read_text("utf-8")))]


def pieces(text: str) -> frozenset[str]:
    plain = re.sub(r"\W+", "", normalise(text))
    return frozenset(plain[place : place + 3] for place in range(max(1, len(plain) - 2)))


@pytest.mark.parametrize("intent", topics())
def test_forty_phrasings_a_topic_and_language(intent: str) -> None:
    different = {normalise(phrase): phrase for phrase in phrases()[intent]}.values()
    english = [phrase for phrase in different if is_english(phrase)]
    assert len(english) >= ENOUGH
    assert len(different) - len(english) >= ENOUGH


@pytest.mark.parametrize("intent", topics())
def test_they_are_written_as_people_write(intent: str) -> None:
    simplify = OpenCC("t2s").convert
    chinese = [phrase for phrase in phrases()[intent] if not is_english(phrase)]
    english = [phrase for phrase in phrases()[intent] if is_english(phrase)]
    assert any(len(phrase) <= 10 for phrase in chinese), "short"
    assert any(len(phrase) >= 25 for phrase in chinese), "a long story"
    assert any(len(phrase) >= 16 and not re.search(r"[，。？！,?!]", phrase) for phrase in chinese), "spoken"
    assert any(simplify(phrase) != phrase for phrase in chinese), "traditional characters"
    assert any(len(phrase.split()) >= 12 for phrase in english), "a long story in English"
    assert any(HAN.search(phrase) for phrase in english), "Chinese words inside English"


def test_near_misses_have_phrases_and_say_where_to_go(real: Catalogue) -> None:
    assert len(real.referrals) >= 10
    for intent, referral in real.referrals.items():
        assert len(set(phrases()[intent])) >= 2 * ENOUGH, intent
        assert len(referral.text.zh) >= 20, intent
        assert len(referral.text.en) >= 40, intent
        assert set(referral.topics) <= set(real.topics), intent


def test_no_judging_question_nor_a_near_copy_is_trained_on() -> None:
    trained = [(phrase, pieces(phrase)) for group in phrases().values() for phrase in group]
    by_piece: dict[str, set[int]] = defaultdict(set)
    for place, (_, cut) in enumerate(trained):
        for piece in cut:
            by_piece[piece].add(place)
    questions = [question for question in held_apart() if len(pieces(question)) >= 6]
    assert len(questions) >= 800
    copies = []
    for question in questions:
        cut = pieces(question)
        for place in set().union(*(by_piece.get(piece, set()) for piece in cut)):
            phrase, other = trained[place]
            if len(cut & other) / len(cut | other) >= 0.9:
                copies.append((question, phrase))
    assert copies == []
