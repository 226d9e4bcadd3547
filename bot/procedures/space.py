"""What a topic can tell on one day, as a function of the facts.

Every statement and legal reference is a *part* that is visible or not. Which parts are visible is the
outcome; a fact matters exactly when its answer can make a part appear or disappear.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import product

from bot.catalogue import Catalogue
from bot.catalogue.conditions import Condition
from bot.catalogue.records import ELSEWHERE, LegalReference, Statement, Topic

REGION = "region"
Facts = Mapping[str, str]


@dataclass(frozen=True, eq=False)
class Part:
    """Something that may be told, what it depends on, and the statements that stand in for it."""

    record: Statement | LegalReference
    when: Condition
    replacements: tuple[Condition, ...] = ()

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """The facts its visibility depends on, sorted."""
        return tuple(sorted(self.when.facts().union(*(other.facts() for other in self.replacements))))

    def visible(self, facts: Facts) -> bool:
        """Whether it is told to a person with these ``facts`` (all of ``self.facts`` known)."""
        return self.when.holds(facts) and not any(other.holds(facts) for other in self.replacements)


class Space:
    """A topic's parts in force on ``day`` and the values each fact can take."""

    def __init__(self, catalogue: Catalogue, topic: Topic, day: date) -> None:
        self.catalogue = catalogue
        self.topic = topic
        self.day = day
        self.parts = (*self._statements(), *self._references())
        used = {fact for part in self.parts for fact in part.facts}
        self.facts = tuple(fact for fact in topic.asks if fact in used)
        self.values = {fact: tuple(catalogue.fact(fact).values) for fact in self.facts}
        self.classes = {fact: tuple(self._representatives(fact)) for fact in self.facts}

    def _statements(self) -> Iterator[Part]:
        in_force = [statement for statement in self.topic.statements if statement.valid.contains(self.day)]
        for statement in in_force:
            stand_ins = (other.when for other in in_force if self._replaces(other, statement))
            yield Part(statement, statement.when, tuple(stand_ins))

    def _replaces(self, other: Statement, statement: Statement) -> bool:
        if other.section != statement.section or other.region is None or statement.id not in other.replaces:
            return False
        return statement.region is None or statement.region in self.catalogue.lineage(other.region)[1:]

    def _references(self) -> Iterator[Part]:
        for reference in self.topic.legal_basis:
            if self.catalogue.laws[reference.law].status(self.day) == "in_force":
                yield Part(reference, reference.when)

    def _representatives(self, fact: str) -> Iterator[str]:
        """One value of each group that no condition tells apart; keeps thirty regions from being thirty cases."""
        conditions = [condition for part in self.parts for condition in (part.when, *part.replacements)]
        tests = {test for condition in conditions for test in condition.tests() if test.fact == fact}
        seen: set[tuple[bool, ...]] = set()
        for value in self.values[fact]:
            pattern = tuple(test.holds({fact: value}) for test in tests)
            if pattern not in seen:
                seen.add(pattern)
                yield value

    def completions(self, facts: Facts, over: tuple[str, ...]) -> Iterator[dict[str, str]]:
        """``facts`` with every combination of values for those of ``over`` that it leaves open."""
        open_facts = [fact for fact in over if fact not in facts]
        for values in product(*(self.values[fact] for fact in open_facts)):
            yield {**facts, **dict(zip(open_facts, values))}

    def settle(self, facts: Facts) -> dict[str, str]:
        """``facts`` without what the topic does not use, and with the general rules where no region is known."""
        used = {fact: value for fact, value in facts.items() if fact in self.facts}
        if REGION in self.facts:
            used.setdefault(REGION, ELSEWHERE)
        return used
