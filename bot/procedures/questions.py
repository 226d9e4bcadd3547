"""Which question to ask next, so that as few as possible are asked.

The tree is the best there is: it minimises the longest path, then the mean number of questions (all
groups of values equally likely), then follows the order the editor gave in ``asks``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import product

from bot.procedures.space import Facts, Part, Space

DECLINED = "?"
"""Stands for "I don't know": never asked again, and both branches stay open."""

State = int
"""What is known, one number: a digit for each fact, 0 while it is open, else the place of its answer."""

Plan = tuple[int, float, "str | None"]
"""Of a state: the longest path of questions from there, their mean number, and the fact to ask next."""


class Questions:
    """The questions of one topic on one day.

    Every state that was come to is remembered, and a topic's facts allow for thousands: hence one number each, not
    what the number stands for, and one plan for all the states that have an equal one.
    """

    def __init__(self, space: Space) -> None:
        self.space = space
        self._places = {fact: _places(values) for fact, values in space.classes.items()}
        self._answers = {fact: (None, *places) for fact, places in self._places.items()}
        self._weights = _weights([(fact, len(self._answers[fact])) for fact in space.facts])
        self._plans: dict[State, Plan] = {}
        self._equal: dict[Plan, Plan] = {}
        self._varies = lru_cache(maxsize=None)(self._compute_varies)

    def relevant(self, answers: Facts) -> tuple[str, ...]:
        """The unanswered facts whose answer can still change the outcome, in the editor's order."""
        return self._relevant(self._state(answers))

    def next(self, answers: Facts) -> str | None:
        """The fact to ask next, or None when nothing asked would change what the person is told."""
        return self._plan(self._state(answers))[2]

    def worst(self, answers: Facts) -> int:
        """The longest path of questions from here."""
        return self._plan(self._state(answers))[0]

    def mean(self, answers: Facts) -> float:
        """The mean number of questions from here."""
        return self._plan(self._state(answers))[1]

    def group(self, fact: str, value: str) -> str:
        """The representative of the group of values that ``value`` belongs to."""
        if value == DECLINED or value in self.space.classes[fact]:
            return value
        parts = [part for part in self.space.parts if fact in part.facts]
        tests = {
            test
            for part in parts
            for condition in (part.when, *part.replacements)
            for test in condition.tests()
            if test.fact == fact
        }
        pattern = [test.holds({fact: value}) for test in tests]
        return next(
            group for group in self.space.classes[fact] if [test.holds({fact: group}) for test in tests] == pattern
        )

    def _state(self, answers: Facts) -> State:
        known = (fact for fact in self.space.facts if fact in answers)
        return sum(self._digit(fact, self.group(fact, answers[fact])) for fact in known)

    def _digit(self, fact: str, answer: str) -> int:
        return self._weights[fact] * self._places[fact][answer]

    def _known(self, state: State) -> dict[str, str]:
        """The answers a state stands for."""
        answers = ((fact, self._answers[fact]) for fact in self.space.facts)
        found = ((fact, every[state // self._weights[fact] % len(every)]) for fact, every in answers)
        return {fact: answer for fact, answer in found if answer is not None}

    def _relevant(self, state: State) -> tuple[str, ...]:
        known = self._known(state)
        given = [(fact, answer) for fact, answer in known.items() if answer != DECLINED]
        return tuple(
            fact
            for fact in self.space.facts
            if fact not in known
            and any(
                self._varies(part, fact, tuple(answer for answer in given if answer[0] in part.facts))
                for part in self.space.parts
                if fact in part.facts
            )
        )

    def _compute_varies(self, part: Part, fact: str, known: tuple[tuple[str, str], ...]) -> bool:
        """Whether ``part`` appears for some values of ``fact`` and not for others, whatever else is still open."""
        facts = dict(known)
        others = [other for other in part.facts if other != fact and other not in facts]
        for values in product(*(self.space.classes[other] for other in others)):
            rest = {**facts, **dict(zip(others, values))}
            seen = {part.visible({**rest, fact: value}) for value in self.space.classes[fact]}
            if len(seen) == 2:
                return True
        return False

    def _plan(self, state: State) -> Plan:
        plan = self._plans.get(state)
        if plan is None:
            found = self._compute_plan(state)
            plan = self._plans[state] = self._equal.setdefault(found, found)
        return plan

    def _compute_plan(self, state: State) -> Plan:
        best: Plan | None = None
        for fact in self._relevant(state):
            branches = [self._plan(state + self._digit(fact, value)) for value in self.space.classes[fact]]
            worst = 1 + max(branch[0] for branch in branches)
            mean = 1 + sum(branch[1] for branch in branches) / len(branches)
            if best is None or (worst, round(mean, 9)) < (best[0], round(best[1], 9)):
                best = (worst, mean, fact)
        return best or (0, 0.0, None)


def _places(values: Sequence[str]) -> dict[str, int]:
    """The place of each answer to a fact, from 1; none but the values and not to know."""
    return {answer: place for place, answer in enumerate((*values, DECLINED), start=1)}


def _weights(sizes: Sequence[tuple[str, int]]) -> dict[str, int]:
    """What a fact's digit counts for, where each takes as many values as its size says."""
    weights, weight = {}, 1
    for fact, size in sizes:
        weights[fact] = weight
        weight *= size
    return weights
