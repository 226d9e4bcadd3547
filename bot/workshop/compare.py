"""What an edit changes for people: every situation before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from math import prod

from bot.catalogue import Catalogue
from bot.catalogue.records import LegalReference, Statement
from bot.catalogue.text import Text
from bot.procedures import questions_of
from bot.procedures.space import Facts, Part, Space

Key = str
Entry = tuple[str, Text]
"""A section and the sentence told in it."""
Told = Mapping[Key, Entry]


@dataclass(frozen=True)
class Edit:
    """What some people are told differently: sentences gone, new, or worded anew (before, after)."""

    gone: tuple[Entry, ...] = ()
    new: tuple[Entry, ...] = ()
    reworded: tuple[tuple[Entry, Entry], ...] = ()


@dataclass(frozen=True)
class Difference:
    """One edit of one topic: how many situations it changes, and the facts of the first of them."""

    topic: str
    edit: Edit
    count: int
    example: Facts


@dataclass(frozen=True)
class Comparison:
    """All differences, most people first; ``questions`` gives (worst before, after) where it changed."""

    situations: int
    changed: int
    differences: tuple[Difference, ...]
    questions: Mapping[str, tuple[int, int]] = field(default_factory=dict)


def compare(before: Catalogue, after: Catalogue, day: date) -> Comparison:
    """Simulate every situation of every topic on ``day`` with both."""
    total, found = 0, []
    questions: dict[str, tuple[int, int]] = {}
    for topic in dict.fromkeys((*after.topics, *before.topics)):
        spaces = _space(before, topic, day), _space(after, topic, day)
        counts: dict[Edit, tuple[int, Facts]] = {}
        for facts, count, edit in _situations(before, after, *spaces):
            total += count
            if edit != Edit():
                known, example = counts.get(edit, (0, facts))
                counts[edit] = (known + count, example)
        found += [Difference(topic, edit, count, facts) for edit, (count, facts) in counts.items()]
        worst = _worst(before, topic, day), _worst(after, topic, day)
        if worst[0] != worst[1]:
            questions[topic] = worst
    found.sort(key=lambda difference: -difference.count)
    return Comparison(total, sum(difference.count for difference in found), tuple(found), questions)


def _space(catalogue: Catalogue, topic: str, day: date) -> Space | None:
    return questions_of(catalogue, topic, day).space if topic in catalogue.topics else None


def _worst(catalogue: Catalogue, topic: str, day: date) -> int:
    return questions_of(catalogue, topic, day).worst({}) if topic in catalogue.topics else 0


def _situations(
    before: Catalogue, after: Catalogue, old: Space | None, new: Space | None
) -> Iterator[tuple[dict[str, str], int, Edit]]:
    """Every situation, grouped where neither side tells values apart, with what changes in it."""
    groups = _groups([space for space in (old, new) if space is not None])
    entries = {id(part): _entry(catalogue, part) for catalogue, space in ((before, old), (after, new)) if space
               for part in space.parts}  # fmt: skip
    for chosen in product(*(group.items() for group in groups.values())):
        facts = {fact: value for fact, (value, _) in zip(groups, chosen)}
        yield facts, prod(size for _, size in chosen), _edit(_told(old, facts, entries), _told(new, facts, entries))


def _groups(spaces: list[Space]) -> dict[str, dict[str, int]]:
    """Per fact: a representative of each group of values → how many values it stands for."""
    groups: dict[str, dict[str, int]] = {}
    for fact in dict.fromkeys(fact for space in reversed(spaces) for fact in space.facts):
        values = dict.fromkeys(value for space in reversed(spaces) for value in space.values.get(fact, ()))
        tests = {
            test
            for space in spaces
            for part in space.parts
            for condition in (part.when, *part.replacements)
            for test in condition.tests()
            if test.fact == fact
        }
        known: dict[tuple[bool, ...], str] = {}
        sizes: dict[str, int] = {}
        for value in values:
            representative = known.setdefault(tuple(test.holds({fact: value}) for test in tests), value)
            sizes[representative] = sizes.get(representative, 0) + 1
        groups[fact] = sizes
    return groups


def _told(space: Space | None, facts: Facts, entries: Mapping[int, tuple[Key, Entry]]) -> Told:
    return dict(entries[id(part)] for part in space.parts if part.visible(facts)) if space else {}


def _entry(catalogue: Catalogue, part: Part) -> tuple[Key, Entry]:
    record = part.record
    if isinstance(record, LegalReference):
        law = catalogue.laws[record.law]
        summary = law.articles[record.article].summary
        text = Text(
            f"{law.short.zh}第{record.article}条：{summary.zh}", f"{law.short.en}, {record.article}: {summary.en}"
        )
        return f"legal_basis/{record.law}/{record.article}", ("legal_basis", text)
    return record.key, (record.section, _whole(catalogue, record))


def _whole(catalogue: Catalogue, statement: Statement) -> Text:
    """All a person sees of a statement, so that any change of it counts."""
    details_zh, details_en = [statement.text.zh], [statement.text.en]
    if statement.original:
        details_zh.append("原件")
        details_en.append("original")
    if statement.copies:
        details_zh.append(f"复印件{statement.copies}份")
        details_en.append(f"copies: {statement.copies}")
    for extra in (statement.place, statement.address):
        if extra:
            details_zh.append(extra.zh)
            details_en.append(extra.en)
    for plain in (statement.phone, statement.url):
        if plain:
            details_zh.append(plain)
            details_en.append(plain)
    if statement.confidence != "official":
        mark = catalogue.say(f"confidence_{statement.confidence}")
        details_zh.append(mark.zh)
        details_en.append(mark.en)
    return Text(" · ".join(details_zh), " · ".join(details_en))


def _edit(before: Told, after: Told) -> Edit:
    if before == after:
        return Edit()
    both = [key for key in before if key in after and before[key] != after[key]]
    return Edit(
        gone=tuple(entry for key, entry in before.items() if key not in after),
        new=tuple(entry for key, entry in after.items() if key not in before),
        reworded=tuple((before[key], after[key]) for key in both),
    )
