"""Which question to ask next, so that as few as possible are asked.

The tree is the best there is: it minimises the longest path, then the mean number of questions (all
groups of values equally likely), then follows the order the editor gave in ``asks``.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import product

from bot.procedures.space import Facts, Part, Space

DECLINED = "?"
"""Stands for "I don't know": never asked again, and both branches stay open."""

State = tuple[tuple[str, str], ...]


class Questions:
    """The questions of one topic on one day."""

    def __init__(self, space: Space) -> None:
        self.space = space
        # One tuple for each answer there can be: what is remembered is made of them, and takes a third less.
        every = ((fact, value) for fact, values in space.classes.items() for value in (*values, DECLINED))
        self._answer = {answer: answer for answer in every}
        self._cost = lru_cache(maxsize=None)(self._compute_cost)
        self._varies = lru_cache(maxsize=None)(self._compute_varies)

    def relevant(self, answers: Facts) -> tuple[str, ...]:
        """The unanswered facts whose answer can still change the outcome, in the editor's order."""
        return self._relevant(self._state(answers))

    def next(self, answers: Facts) -> str | None:
        """The fact to ask next, or None when nothing asked would change what the person is told."""
        return self._cost(self._state(answers))[2]

    def worst(self, answers: Facts) -> int:
        """The longest path of questions from here."""
        return self._cost(self._state(answers))[0]

    def mean(self, answers: Facts) -> float:
        """The mean number of questions from here."""
        return self._cost(self._state(answers))[1]

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
        return tuple(self._answer[fact, self.group(fact, answers[fact])] for fact in known)

    def _relevant(self, state: State) -> tuple[str, ...]:
        answered = dict(state)
        return tuple(
            fact
            for fact in self.space.facts
            if fact not in answered
            and any(
                self._varies(part, fact, tuple((f, v) for f, v in state if f in part.facts and v != DECLINED))
                for part in self.space.parts
                if fact in part.facts
            )
        )

    def _compute_varies(self, part: Part, fact: str, known: State) -> bool:
        """Whether ``part`` appears for some values of ``fact`` and not for others, whatever else is still open."""
        facts = dict(known)
        others = [other for other in part.facts if other != fact and other not in facts]
        for values in product(*(self.space.classes[other] for other in others)):
            rest = {**facts, **dict(zip(others, values))}
            seen = {part.visible({**rest, fact: value}) for value in self.space.classes[fact]}
            if len(seen) == 2:
                return True
        return False

    def _compute_cost(self, state: State) -> tuple[int, float, str | None]:
        best: tuple[int, float, str | None] | None = None
        for fact in self._relevant(state):
            branches = [self._cost(self._with(state, fact, value)) for value in self.space.classes[fact]]
            worst = 1 + max(branch[0] for branch in branches)
            mean = 1 + sum(branch[1] for branch in branches) / len(branches)
            if best is None or (worst, round(mean, 9)) < (best[0], round(best[1], 9)):
                best = (worst, mean, fact)
        return best or (0, 0.0, None)

    def _with(self, state: State, fact: str, value: str) -> State:
        answers = {**dict(state), fact: value}
        return tuple(self._answer[name, answers[name]] for name in self.space.facts if name in answers)
