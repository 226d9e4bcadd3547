"""Every situation has one complete answer: steps, documents, a legal basis."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from math import prod

from bot.catalogue import Catalogue, Problem
from bot.catalogue.records import LegalReference, Topic
from bot.procedures.space import Part
from bot.workshop.findings import at
from bot.workshop.situations import Situation, days_of, described, situations, space_of

NEEDED = {
    "steps": ("步骤", "step"),
    "documents": ("材料", "document"),
    "legal_basis": ("法律依据", "legal basis"),
}
"""Sections no answer may lack; one that only informs (``quoted``) needs no documents."""


def count_situations(catalogue: Catalogue, day: date) -> int:
    """How many combinations of facts there are over all topics."""
    spaces = (space_of(catalogue, topic, day) for topic in catalogue.topics)
    return sum(prod(len(values) for values in space.values.values()) for space in spaces)


def coverage_problems(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """Situations without a complete answer, today or after a change already known; statements never told."""
    for topic in catalogue.topics.values():
        told: set[Part | object] = set()
        for day in days_of(catalogue, topic, today):
            found = list(situations(space_of(catalogue, topic.id, day)))
            told.update(part.record.at for situation in found for part in situation.parts)
            yield from _incomplete(catalogue, topic, day, today, found)
        yield from _never_told(topic, told, today)


def _incomplete(
    catalogue: Catalogue, topic: Topic, day: date, today: date, found: list[Situation]
) -> Iterator[Problem]:
    for section, (zh, en) in NEEDED.items():
        if section == "documents" and topic.quoted:
            continue
        lacking = [situation for situation in found if section not in set(map(_section, situation.parts))]
        if lacking:
            count = sum(situation.count for situation in lacking)
            example = described(catalogue, lacking[0].facts)
            when = (f"从 {day} 起，", f"From {day} on, ") if day > today else ("", "")
            yield at(
                topic.at,
                f"{when[0]}“{topic.id}”有 {count} 种情况没有{zh}，例如：{example.zh}；请补一条，或放宽 when。",
                f'{when[1]}"{topic.id}" has no {en} in {count} situation(s), for example: {example.en}; '
                'add one, or widen a "when".',
            )


def _section(part: Part) -> str:
    return "legal_basis" if isinstance(part.record, LegalReference) else part.record.section


def _never_told(topic: Topic, told: set[Part | object], today: date) -> Iterator[Problem]:
    for statement in topic.statements:
        if statement.at not in told and not (statement.valid.end and statement.valid.end < today):
            yield at(
                statement.at,
                f"“{statement.id}”的条件无人符合（或总被替代），永远不会告诉任何人；请改 when，或删去这条。",
                f'Nobody fits the conditions of "{statement.id}" (or it is always replaced), so it is never told; '
                'change its "when" or remove it.',
            )
