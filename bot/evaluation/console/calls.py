"""From a caller's sentence to the right tailored outcome: how many actions it takes.

An action is one thing the operator does: type the sentence, open a result, answer one question. A fact the sentence
says costs nothing when it is taken up, and one answer when it is not; one taken up wrongly costs an answer too.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.catalogue.text import LANGUAGES, Language
from bot.console.search.instant import Instant
from bot.procedures import decide, questions_of

_FILE = Path(__file__).with_name("calls.yml")


@dataclass(frozen=True)
class Call:
    """One call: its topic, the place of that topic among the results (None: not there), actions, facts to correct."""

    topic: str
    language: Language
    place: int | None
    actions: int
    corrected: tuple[str, ...]


def calls(instant: Instant) -> list[Call]:
    """Every call in both languages."""
    written = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return [_call(instant, call, language) for call in written for language in LANGUAGES]


def _call(instant: Instant, call: dict[str, object], language: Language) -> Call:
    topic, facts = str(call["topic"]), dict(call["facts"])  # type: ignore[call-overload]
    found = instant.find(str(call[language]), language)
    topics = [hit["id"] for hit in found["hits"] if hit["kind"] == "topic"]
    used = questions_of(instant.catalogue, topic, instant.today()).space.facts
    wanted = {fact: value for fact, value in facts.items() if fact in used}
    heard = {fact: value for fact, value in found["said"].items() if fact in used}
    wrong = [fact for fact in {**wanted, **heard} if wanted.get(fact) != heard.get(fact)]
    matters = decide(instant.catalogue, topic, wanted, instant.today()).facts
    corrected = tuple(fact for fact in wrong if fact in matters or fact in heard)
    place = topics.index(topic) if topic in topics else None
    return Call(topic, language, place, 2 + len(corrected) if place is not None else 99, corrected)
