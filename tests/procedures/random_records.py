"""Small random matters, and the smallest decision tree found by trying everything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import product

from hypothesis import strategies as st

from bot.catalogue import Catalogue
from bot.catalogue.conditions import ALWAYS, Condition, Test
from bot.catalogue.records import Fact, FactValue, Period, Statement, Topic
from bot.catalogue.text import Text

DAY = date(2026, 6, 1)
FACTS = ("one", "two", "three", "four")
VALUES = ("a", "b", "c")
Whole = tuple[tuple[str, str], ...]


def text(word: str) -> Text:
    return Text(word, word)


def fact(name: str, values: tuple[str, ...]) -> Fact:
    made = {value: FactValue(value, text(value), text(f"{name} is {value}")) for value in values}
    return Fact(name, text(name), text(name), text(name), made)


def statement(position: int, when: Condition) -> Statement:
    return Statement(f"s{position}", "steps", text("s"), "source", Period(date.min), "official", when)


def catalogue_of(conditions: list[Condition], values: Mapping[str, tuple[str, ...]]) -> Catalogue:
    """One topic with one step per condition."""
    steps = tuple(statement(position, when) for position, when in enumerate(conditions))
    topic = Topic("matter", text("matter"), text("matter"), tuple(values), steps, ())
    facts = {name: fact(name, allowed) for name, allowed in values.items()}
    return Catalogue("v", {"matter": topic}, facts, {}, {}, {}, {})


def tests() -> st.SearchStrategy[Test]:
    chosen = st.lists(st.sampled_from(VALUES), min_size=1, max_size=2, unique=True).map(tuple)
    return st.builds(Test, st.sampled_from(FACTS), st.sampled_from(["one_of", "is_not"]), chosen)


def conditions() -> st.SearchStrategy[Condition]:
    every = st.lists(tests(), max_size=2).map(tuple)
    options = st.lists(tests().map(lambda test: Condition((test,))), min_size=2, max_size=2).map(tuple)
    groups = st.lists(options, max_size=1).map(tuple)
    return st.builds(Condition, every, groups) | st.just(ALWAYS)


def catalogues() -> st.SearchStrategy[Catalogue]:
    """Up to four facts of two or three values and up to five statements."""
    sizes = st.tuples(*(st.integers(2, 3) for _ in FACTS))
    return st.builds(
        lambda found, counts: catalogue_of(found, {name: VALUES[:count] for name, count in zip(FACTS, counts)}),
        st.lists(conditions(), min_size=1, max_size=5),
        sizes,
    )


def replaced(catalogue: Catalogue, steps: tuple[Statement, ...]) -> Catalogue:
    """The same with other statements."""
    topic = replace(catalogue.topics["matter"], statements=steps)
    return replace(catalogue, topics={"matter": topic})


def wholes(catalogue: Catalogue, known: Mapping[str, str] | None = None) -> Iterator[dict[str, str]]:
    """Every complete set of facts that agrees with ``known``."""
    names = list(catalogue.facts)
    for values in product(*(catalogue.facts[name].values for name in names)):
        whole = dict(zip(names, values))
        if all(whole[name] == value for name, value in (known or {}).items()):
            yield whole


def outcome_of(catalogue: Catalogue, whole: Mapping[str, str]) -> frozenset[str]:
    """What a person with these facts is told, straight from the conditions."""
    return frozenset(one.id for one in catalogue.topics["matter"].statements if one.when.holds(whole))


def smallest_depth(catalogue: Catalogue, known: Mapping[str, str] | None = None) -> int:
    """The longest path of the smallest tree from ``known``, over all trees there are."""

    @cache
    def depth(state: Whole) -> int:
        facts = dict(state)
        if len({outcome_of(catalogue, whole) for whole in wholes(catalogue, facts)}) == 1:
            return 0
        return min(
            1 + max(depth((*state, (name, value))) for value in catalogue.facts[name].values)
            for name in catalogue.facts
            if name not in facts
        )

    return depth(tuple((known or {}).items()))
