"""Records, facts and a day → what this person is told, and what to ask first. Pure: no clock, no files."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from types import MappingProxyType
from typing import Literal

from bot.catalogue import Catalogue
from bot.catalogue.records import (
    CONFIDENCES,
    ELSEWHERE,
    Confidence,
    LegalReference,
    Section,
    Statement,
    Topic,
)
from bot.catalogue.text import Text
from bot.procedures.describe import only_if
from bot.procedures.questions import DECLINED, Questions
from bot.procedures.space import REGION, Facts, Part, Space

_REMEMBERED = 32
"""Decisions of one topic on one day, some 4 kB each: most people are in one of a few situations."""


@dataclass(frozen=True)
class Told:
    """A statement the person is told; ``only_if`` when a fact that decides about it is open."""

    statement: Statement
    only_if: Text | None = None


@dataclass(frozen=True)
class Basis:
    """An article the outcome rests on, and the source its text or our summary of it was read in."""

    reference: LegalReference
    only_if: Text | None = None
    source: str = ""
    confidence: Confidence = "official"


@dataclass(frozen=True)
class Decision:
    """The outcome for one person on one day.

    ``facts`` are the known facts that the topic uses; ``unknown`` the declined ones that still matter;
    ``missing`` the facts worth asking, the best first. ``differs_in`` lists the regions with rules of their own.
    """

    topic: Topic
    day: date
    facts: Mapping[str, str]
    unknown: tuple[str, ...]
    missing: tuple[str, ...]
    told: tuple[Told, ...]
    legal_basis: tuple[Basis, ...]
    because: tuple[Text, ...]
    differs_in: tuple[str, ...] = ()

    def section(self, section: Section) -> tuple[Told, ...]:
        """What is told in one section, in the editors' order."""
        return tuple(told for told in self.told if told.statement.section == section)

    @property
    def next_fact(self) -> str | None:
        """The fact to ask next."""
        return self.missing[0] if self.missing else None

    @property
    def region(self) -> str | None:
        """The person's region, if it is one the knowledge has a file for."""
        region = self.facts.get(REGION)
        return None if region == ELSEWHERE else region

    @property
    def coverage(self) -> Literal["regional", "general"]:
        """Whether anything told is a rule of the person's own region."""
        return "regional" if any(told.statement.region for told in self.told) else "general"

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources of all that is told and of the articles it rests on, each once."""
        told = (told.statement.source for told in self.told)
        return tuple(dict.fromkeys((*told, *(basis.source for basis in self.legal_basis if basis.source))))

    @property
    def confidence(self) -> Confidence:
        """The weakest confidence among all that is told and its legal basis, as the records state it."""
        everything: list[Statement | Basis] = [*(told.statement for told in self.told), *self.legal_basis]
        return max((one.confidence for one in everything), key=CONFIDENCES.index, default="official")


def decide(catalogue: Catalogue, topic_id: str, facts: Facts, day: date, declined: Collection[str] = ()) -> Decision:
    """Decide ``topic_id`` for a person with ``facts`` who could not answer the facts in ``declined``.

    Raises:
        UnknownId: no such topic, or a fact's value is unknown.
    """
    for fact, value in facts.items():
        catalogue.fact(fact).value(value)
    used = questions_of(catalogue, topic_id, day).space.facts
    known = tuple((fact, facts[fact]) for fact in used if fact in facts)
    refused = tuple(fact for fact in used if fact in declined and fact not in facts)
    return _deciding(catalogue, topic_id, day)(known, refused)


@lru_cache(maxsize=64)  # as many as there are of questions, and gone with them
def _deciding(
    catalogue: Catalogue, topic_id: str, day: date
) -> Callable[[tuple[tuple[str, str], ...], tuple[str, ...]], Decision]:
    """Decides a topic on a day: by the known facts with their values, and the refused ones."""
    return lru_cache(maxsize=_REMEMBERED)(partial(_decided, questions_of(catalogue, topic_id, day)))


def _decided(questions: Questions, answered: tuple[tuple[str, str], ...], declined: tuple[str, ...]) -> Decision:
    space, known, refused = questions.space, dict(answered), dict.fromkeys(declined, DECLINED)
    settled = space.settle(known)
    visible = [part for part in space.parts if any(part.visible(c) for c in space.completions(settled, part.facts))]
    return Decision(
        topic=space.topic,
        day=space.day,
        facts=MappingProxyType(known),  # several people are given the same decision
        unknown=tuple(fact for fact in questions.relevant(known) if fact in refused),
        missing=_missing(questions, _answers(known, refused)),
        told=tuple(Told(p.record, only_if(space, p, settled)) for p in visible if isinstance(p.record, Statement)),
        legal_basis=_basis(space, visible, settled),
        because=tuple(space.catalogue.fact(fact).value(value).condition for fact, value in known.items()),
        differs_in=tuple(_regions(space)),
    )


@lru_cache(maxsize=64)  # some 0.2 MB each; more would only keep days that are over
def questions_of(catalogue: Catalogue, topic_id: str, day: date) -> Questions:
    """The (cached) questions of a topic on a day.

    Raises:
        UnknownId: no such topic.
    """
    return Questions(Space(catalogue, catalogue.topic(topic_id), day))


def _answers(known: Facts, refused: Facts) -> Facts:
    """What counts as answered; without a region the general rules are what the other questions are about."""
    return {**known, **refused, **({REGION: ELSEWHERE} if REGION in refused else {})}


def _missing(questions: Questions, answers: Facts) -> tuple[str, ...]:
    first = questions.next(answers)
    if first is None:
        return ()
    return (first, *(fact for fact in questions.relevant(answers) if fact != first))


def _basis(space: Space, visible: list[Part], facts: Facts) -> tuple[Basis, ...]:
    found = (_based(space, part.record, part, facts) for part in visible if isinstance(part.record, LegalReference))
    return tuple(sorted(found, key=lambda basis: basis.reference.background))


def _based(space: Space, reference: LegalReference, part: Part, facts: Facts) -> Basis:
    source = space.catalogue.laws[reference.law].source
    confidence = space.catalogue.sources[source].confidence
    return Basis(reference, only_if(space, part, facts), source, confidence)


def _regions(space: Space) -> Iterator[str]:
    regions = {part.record.region for part in space.parts if isinstance(part.record, Statement)}
    return (region for region in space.catalogue.regions if region in regions)
