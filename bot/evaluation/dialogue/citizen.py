"""A scripted citizen: one fact sheet, one matter, one way of talking."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from bot.catalogue import Catalogue
from bot.catalogue.text import LANGUAGES, Language
from bot.evaluation.turns.client import Reply, Session
from bot.procedures import decide

SHEETS = Path(__file__).with_name("sheets.yml")
MANNERS = ("plain", "asks in between", "tells all at once", "changes a fact")
MOST_TURNS = 15


@dataclass(frozen=True)
class Sheet:
    """What one citizen wants and knows. ``answers`` holds how each value is said in words."""

    topic: str
    language: Language
    manner: str
    opening: str
    known: Mapping[str, str]
    facts: Mapping[str, str]
    answers: Mapping[str, Any]
    aside: str

    def says(self, fact: str) -> str:
        """The citizen's words for a fact."""
        return str(self.answers[fact][self.facts[fact]][self.language][0])


@dataclass
class Talk:
    """How a conversation went: the facts asked, in order, and the last outcome."""

    asked: list[str] = field(default_factory=list)
    outcome: Reply | None = None
    problem: str = ""


def sheets() -> Iterator[Sheet]:
    """Every matter with every person, language and manner."""
    data = yaml.safe_load(SHEETS.read_text(encoding="utf-8"))
    for topic, opening in data["openings"].items():
        for person in data["people"]:
            for language in LANGUAGES:
                for manner in MANNERS:
                    known = opening.get("known", {})
                    facts = {**person, **known}
                    aside = data["aside"][language]
                    yield Sheet(topic, language, manner, opening[language], known, facts, data["answers"], aside)


def optimum(catalogue: Catalogue, sheet: Sheet, day: date) -> tuple[list[str], dict[str, str]]:
    """The facts that have to be asked when every word is understood, and the facts of the outcome."""
    known, asked = dict(sheet.known), []
    if sheet.manner == "tells all at once":
        known.update(sheet.facts)
    while (fact := decide(catalogue, sheet.topic, known, day).next_fact) is not None:
        asked.append(fact)
        known[fact] = sheet.facts[fact]
    return asked, dict(decide(catalogue, sheet.topic, known, day).facts)


def talk(sheet: Sheet, session: Session, wanted: Mapping[str, str]) -> Talk:
    """Hold the conversation; ``wanted`` are the facts of the right outcome."""
    went = Talk()
    opening = sheet.opening
    if sheet.manner == "tells all at once":
        mark = "，" if sheet.language == "zh" else ", "
        opening = mark.join([opening, *(sheet.says(fact) for fact in wanted if fact not in sheet.known)])
    replies = session.say(opening)
    to_ask = sheet.manner == "asks in between"
    for _ in range(MOST_TURNS):
        last = replies[-1]
        if last["status"] != "question":
            break
        fact = last["question"]["fact"]
        went.asked.append(fact)
        if to_ask:
            to_ask = False
            replies = session.say(sheet.aside)
            if [reply["status"] for reply in replies] != ["procedure", "question"]:
                went.problem = f"the question in between was not answered: {replies[-1]['text'][:60]}"
            replies = replies if replies[-1]["status"] == "question" else [last]
        replies = session.say(sheet.says(fact))
    _take_outcome(went, replies)
    return went


def _take_outcome(went: Talk, replies: list[Reply]) -> None:
    outcomes = [reply for reply in replies if reply["status"] == "procedure"]
    if outcomes:
        went.outcome = outcomes[-1]
    else:
        went.problem = f"ended in {replies[-1]['status']}: {replies[-1]['text'][:60]}"
