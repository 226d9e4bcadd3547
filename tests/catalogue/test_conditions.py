from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue.conditions import ALWAYS, OPERATORS, Condition, Test


@pytest.mark.parametrize(
    ("operator", "values", "value", "holds"),
    [
        ("is", ("a",), "a", True),
        ("is", ("a",), "b", False),
        ("is", ("north", "south-town"), "south-town", True),
        ("is_not", ("a",), "b", True),
        ("is_not", ("a",), "a", False),
        ("one_of", ("a", "b"), "b", True),
        ("one_of", ("a", "b"), "c", False),
        ("at_least", ("16",), "16", True),
        ("at_least", ("16",), "9", False),
        ("at_most", ("16",), "9", True),
        ("at_most", ("16",), "16.5", False),
        ("before", ("2015-01-01",), "2014-12-31", True),
        ("before", ("2015-01-01",), "2015-01-01", False),
        ("after", ("2015-01-01",), "2015-01-02", True),
        ("after", ("2015-01-01",), "2015-01-01", False),
    ],
)
def test_each_operator(operator: str, values: tuple[str, ...], value: str, holds: bool) -> None:
    assert Test("fact", operator, values).holds({"fact": value}) is holds


@pytest.mark.parametrize("operator", OPERATORS)
def test_a_fact_that_is_not_there_is_never_a_match(operator: str) -> None:
    values = ("2015-01-01",) if operator in ("before", "after") else ("1",)
    assert Test("fact", operator, values).holds({"another": "1"}) is False


def test_all_tests_and_one_of_each_group() -> None:
    minor, agent = Test("holder", "is", ("minor",)), Test("applicant", "is", ("agent",))
    here = Test("region", "one_of", ("north",))
    condition = Condition((here,), ((Condition((minor,)), Condition((agent,))),))
    assert condition.holds({"region": "north", "holder": "minor"})
    assert condition.holds({"region": "north", "holder": "adult", "applicant": "agent"})
    assert not condition.holds({"region": "north", "holder": "adult", "applicant": "self"})
    assert not condition.holds({"region": "east", "holder": "minor"})
    assert condition.facts() == {"region", "holder", "applicant"}
    assert condition.tests() == (here, minor, agent)


def test_the_empty_condition_always_holds() -> None:
    assert ALWAYS.holds({})
    assert ALWAYS.facts() == frozenset()


def test_one_more_test() -> None:
    narrowed = ALWAYS.and_(Test("region", "is", ("north",)))
    assert narrowed.holds({"region": "north"})
    assert not narrowed.holds({"region": "east"})


@given(st.sampled_from("abc"), st.sets(st.sampled_from("abc"), min_size=1))
def test_is_not_is_the_opposite_of_one_of(value: str, values: set[str]) -> None:
    chosen = tuple(sorted(values))
    assert Test("f", "is_not", chosen).holds({"f": value}) is not Test("f", "one_of", chosen).holds({"f": value})


@given(st.dates(date(1950, 1, 1), date(2050, 1, 1)), st.integers(-3, 3))
def test_a_day_is_before_after_or_the_same(bound: date, distance: int) -> None:
    facts = {"f": (bound + timedelta(days=distance)).isoformat()}
    before, after = (Test("f", operator, (bound.isoformat(),)).holds(facts) for operator in ("before", "after"))
    assert (before, after) == (distance < 0, distance > 0)
