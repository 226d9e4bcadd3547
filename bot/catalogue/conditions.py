"""The closed language of ``when``: which facts must hold for a statement to be told.

A condition is evaluated on complete facts only. What is still unknown is handled where decisions are
made (``bot.procedures``), by looking at every value the fact could have; so no operator asks whether a
fact is known (ADR 9).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

Facts = Mapping[str, str]
OPERATORS = ("is", "is_not", "one_of", "at_least", "at_most", "before", "after")


@dataclass(frozen=True)
class Test:
    """One fact compared with ``values`` (a single one for all operators but ``one_of``)."""

    __test__ = False  # not a pytest class

    fact: str
    operator: str
    values: tuple[str, ...]

    def holds(self, facts: Facts) -> bool:
        """Whether the test is true of ``facts``; a fact that is not there makes it false."""
        return _HOLDS[self.operator](facts.get(self.fact), self.values)


@dataclass(frozen=True)
class Condition:
    """``every`` test holds, and of each group in ``any_of`` at least one condition."""

    every: tuple[Test, ...] = ()
    any_of: tuple[tuple[Condition, ...], ...] = ()

    def holds(self, facts: Facts) -> bool:
        """Whether the condition is true of ``facts``; the empty condition always is."""
        return all(test.holds(facts) for test in self.every) and all(
            any(option.holds(facts) for option in group) for group in self.any_of
        )

    def tests(self) -> tuple[Test, ...]:
        """Every test in the condition, nested ones too."""
        nested = (test for group in self.any_of for option in group for test in option.tests())
        return (*self.every, *nested)

    def facts(self) -> frozenset[str]:
        """The ids of the facts the condition looks at."""
        return frozenset(test.fact for test in self.tests())

    def and_(self, test: Test) -> Condition:
        """The same condition with one more test."""
        return Condition((*self.every, test), self.any_of)


ALWAYS = Condition()


def _number(compare: Callable[[float, float], bool]) -> Callable[[str | None, tuple[str, ...]], bool]:
    return lambda value, values: value is not None and compare(float(value), float(values[0]))


def _day(compare: Callable[[date, date], bool]) -> Callable[[str | None, tuple[str, ...]], bool]:
    return lambda value, values: value is not None and compare(date.fromisoformat(value), date.fromisoformat(values[0]))


_HOLDS: dict[str, Callable[[str | None, tuple[str, ...]], bool]] = {
    "is": lambda value, values: value is not None and value in values,
    "is_not": lambda value, values: value is not None and value not in values,
    "one_of": lambda value, values: value is not None and value in values,
    "at_least": _number(lambda value, bound: value >= bound),
    "at_most": _number(lambda value, bound: value <= bound),
    "before": _day(lambda value, bound: value < bound),
    "after": _day(lambda value, bound: value > bound),
}
