"""The knowledge as frozen records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from bot.catalogue.conditions import ALWAYS, Condition
from bot.catalogue.text import Text, Words
from bot.errors import UnknownId

Section = Literal["documents", "steps", "fee", "time_limit", "places"]
SECTIONS: tuple[Section, ...] = ("documents", "steps", "fee", "time_limit", "places")
Confidence = Literal["official", "secondary", "unconfirmed"]
CONFIDENCES: tuple[Confidence, ...] = ("official", "secondary", "unconfirmed")
"""From surest to least sure; the order is used to find the weakest of several."""

LAST = 1000
"""The place of a topic that names none."""


def less_sure(confidence: Confidence) -> Confidence:
    """One grade lower; the lowest stays."""
    return CONFIDENCES[min(CONFIDENCES.index(confidence) + 1, len(CONFIDENCES) - 1)]


ELSEWHERE = "elsewhere"
"""The value of the fact ``region`` for a place the knowledge has no file for."""


@dataclass(frozen=True)
class Place:
    """Where a record is written: the file, relative to the folder around the knowledge, and the line from 1."""

    file: str = ""
    line: int = 1


NOWHERE = Place()


@dataclass(frozen=True)
class Period:
    """Both days belong to the period; ``end`` None means until further notice."""

    start: date
    end: date | None = None

    def contains(self, day: date) -> bool:
        """Whether ``day`` lies in the period."""
        return self.start <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True)
class Source:
    """Where a statement comes from and how sure it is."""

    id: str
    title: Text
    checked_on: date
    check_again_by: date
    confidence: Confidence
    issuer: Text | None = None
    number: str | None = None
    url: str | None = None
    at: Place = field(default=NOWHERE, compare=False)

    def overdue(self, day: date) -> bool:
        """Whether the source should have been checked again before ``day``."""
        return self.check_again_by < day

    def confidence_on(self, day: date) -> Confidence:
        """How sure the source is on ``day``: one grade less when it is overdue."""
        return less_sure(self.confidence) if self.overdue(day) else self.confidence


@dataclass(frozen=True)
class Article:
    """One article of a law in our own words; ``number`` in Arabic digits, ``280-1`` for 第二百八十条之一."""

    number: str
    summary: Text


@dataclass(frozen=True)
class Law:
    """A law or regulation; ``package`` is its name in the statute package whose official words are quoted."""

    id: str
    title: Text
    short: Text
    in_force: Period
    source: str
    articles: Mapping[str, Article]
    aliases: tuple[str, ...] = ()
    number: str | None = None
    package: str | None = None
    all_articles: bool = False
    amended_on: date | None = None
    url: str | None = None
    at: Place = field(default=NOWHERE, compare=False)

    @property
    def in_force_from(self) -> date | None:
        """The first day the law is in force; None where no source states it."""
        return None if self.in_force.start == date.min else self.in_force.start

    def status(self, day: date) -> Literal["in_force", "not_yet_in_force", "repealed"]:
        """The law's standing on ``day``."""
        if day < self.in_force.start:
            return "not_yet_in_force"
        return "in_force" if self.in_force.contains(day) else "repealed"


@dataclass(frozen=True)
class FactValue:
    """One answer to a fact's question; ``condition`` completes "if …" and "because …".

    ``said`` means the value anywhere, ``answers`` only as the whole answer to the question ("me", "yes");
    ``answers_for_another`` come before them when the card is another person's.
    """

    id: str
    label: Text
    condition: Text
    said: Words = field(default_factory=Words)
    not_said: Words = field(default_factory=Words)
    answers: Words = field(default_factory=Words)
    answers_for_another: Words = field(default_factory=Words)


@dataclass(frozen=True)
class Fact:
    """Something about the person's situation that may be asked.

    A fact of scope ``matter`` is forgotten when the person turns to another topic; one of scope
    ``person`` stays.
    """

    id: str
    title: Text
    question: Text
    why: Text
    values: Mapping[str, FactValue]
    scope: Literal["person", "matter"] = "person"
    at: Place = field(default=NOWHERE, compare=False)

    def value(self, value_id: str) -> FactValue:
        """The value of that id.

        Raises:
            UnknownId: the fact has no such value.
        """
        if value_id not in self.values:
            raise UnknownId(f"fact {self.id} has no value {value_id}")
        return self.values[value_id]


@dataclass(frozen=True)
class Region:
    """A place with rules of its own; ``part_of`` is the region around it."""

    id: str
    name: Text
    part_of: str | None = None
    aliases: Words = field(default_factory=Words)
    districts: Words = field(default_factory=Words)
    at: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class Statement:
    """One sentence that may be told: a document, a step, a fee, a time limit or a place.

    ``about`` names what a fee or time limit is for, where a topic has several.
    """

    id: str
    section: Section
    text: Text
    source: str
    valid: Period
    confidence: Confidence
    when: Condition = ALWAYS
    region: str | None = None
    replaces: tuple[str, ...] = ()
    original: bool | None = None
    copies: int | None = None
    place: Text | None = None
    address: Text | None = None
    phone: str | None = None
    url: str | None = None
    about: str | None = None
    at: Place = field(default=NOWHERE, compare=False)

    @property
    def key(self) -> str:
        """Unique among a topic's statements."""
        return f"{self.section}/{self.id}" + (f"@{self.region}" if self.region else "")


@dataclass(frozen=True)
class LegalReference:
    """An article an outcome rests on; ``background`` ones do not govern the matter and come last."""

    law: str
    article: str
    when: Condition = ALWAYS
    background: bool = False
    at: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class Topic:
    """A matter a person may have. ``asks`` breaks ties between questions that are equally useful.

    A ``quoted`` topic only informs: its steps are quoted as passages. ``order`` is the topic's place where
    topics are offered, the most frequent first.
    """

    id: str
    title: Text
    choice: Text
    asks: tuple[str, ...]
    statements: tuple[Statement, ...]
    legal_basis: tuple[LegalReference, ...]
    quoted: bool = False
    order: int = LAST
    at: Place = field(default=NOWHERE, compare=False)

    @property
    def intent(self) -> str:
        """The Rasa intent of the same name."""
        return self.id.replace("-", "_")


@dataclass(frozen=True)
class Aspect:
    """A part of an outcome that a question may be about."""

    id: str
    title: Text
    said: Words
    not_said: Words = field(default_factory=Words)


@dataclass(frozen=True)
class Ambiguity:
    """Words that fit several topics; the person is asked which one is meant."""

    id: str
    question: Text
    topics: tuple[str, ...]

    @property
    def intent(self) -> str:
        """The Rasa intent of the same name."""
        return self.id.replace("-", "_")


@dataclass(frozen=True)
class Referral:
    """A question that belongs elsewhere, and where to go with it."""

    id: str
    intent: str
    text: Text
    topics: tuple[str, ...]
    source: str
    valid: Period


@dataclass(frozen=True)
class Case:
    """A worked example: these facts on that day must give this outcome."""

    topic: str
    name: Text
    date: date
    facts: Mapping[str, str]
    declined: frozenset[str]
    includes: Mapping[str, tuple[str, ...]]
    excludes: Mapping[str, tuple[str, ...]]
    asks_next: str | None = None
    checks_question: bool = False
    file: str = ""
    line: int = 1
