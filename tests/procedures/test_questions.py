from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalogue import Catalogue
from bot.catalogue.conditions import ALWAYS, Condition, Test
from bot.procedures.questions import DECLINED, Questions
from bot.procedures.space import Space
from tests.procedures.random_records import (
    DAY,
    FACTS,
    VALUES,
    catalogue_of,
    catalogues,
    outcome_of,
    smallest_depth,
    wholes,
)

many = settings(deadline=None, max_examples=150)


def questions(catalogue: Catalogue) -> Questions:
    return Questions(Space(catalogue, catalogue.topics["matter"], DAY))


def is_(fact: str, value: str) -> Condition:
    return Condition((Test(fact, "is", (value,)),))


def asked(catalogue: Catalogue, whole: dict[str, str]) -> list[str]:
    """The questions put to a person with these facts who answers all of them."""
    ask, known = questions(catalogue), dict[str, str]()
    while (fact := ask.next(known)) is not None:
        known[fact] = whole[fact]
    return list(known)


@many
@given(catalogues())
def test_never_more_questions_than_the_smallest_tree_needs(catalogue: Catalogue) -> None:
    smallest = smallest_depth(catalogue)
    assert questions(catalogue).worst({}) == smallest
    assert max(len(asked(catalogue, whole)) for whole in wholes(catalogue)) == smallest


@many
@given(catalogues(), st.data())
def test_the_smallest_tree_from_any_facts_given_beforehand(catalogue: Catalogue, data: Any) -> None:
    known = data.draw(st.dictionaries(st.sampled_from(FACTS), st.sampled_from(VALUES[:2]), max_size=3))
    used = {fact: value for fact, value in known.items() if fact in questions(catalogue).space.facts}
    assert questions(catalogue).worst(used) == smallest_depth(catalogue, used)


@many
@given(catalogues())
def test_a_question_is_put_only_if_its_answer_changes_what_is_told(catalogue: Catalogue) -> None:
    ask = questions(catalogue)
    for whole in wholes(catalogue):
        known: dict[str, str] = {}
        while (fact := ask.next(known)) is not None:
            rest = [dict(other) for other in wholes(catalogue, known)]
            changes = [
                {outcome_of(catalogue, {**other, fact: value}) for value in catalogue.facts[fact].values}
                for other in rest
            ]
            assert any(len(outcomes) > 1 for outcomes in changes)
            known[fact] = whole[fact]
        assert {outcome_of(catalogue, other) for other in wholes(catalogue, known)} == {outcome_of(catalogue, whole)}


@many
@given(catalogues(), st.data())
def test_what_is_remembered_of_one_situation_is_not_told_of_another(catalogue: Catalogue, data: Any) -> None:
    ask = questions(catalogue)
    answers = {fact: st.sampled_from((*ask.space.values[fact], DECLINED)) for fact in ask.space.facts}
    for used in data.draw(st.lists(st.fixed_dictionaries({}, optional=answers), max_size=8)):
        fresh = questions(catalogue)
        assert ask.next(used) == fresh.next(used)
        assert ask.relevant(used) == fresh.relevant(used)
        assert (ask.worst(used), ask.mean(used)) == (fresh.worst(used), fresh.mean(used))


@many
@given(catalogues())
def test_the_mean_is_that_of_the_questions_really_put(catalogue: Catalogue) -> None:
    ask = questions(catalogue)
    classes = ask.space.classes

    def mean(known: dict[str, str]) -> float:
        fact = ask.next(known)
        if fact is None:
            return 0.0
        branches = [mean({**known, fact: value}) for value in classes[fact]]
        return 1 + sum(branches) / len(branches)

    assert abs(ask.mean({}) - mean({})) < 1e-9
    assert ask.mean({}) <= ask.worst({})


def test_the_fact_that_saves_questions_comes_first() -> None:
    values = {"one": ("a", "b"), "two": ("a", "b"), "three": ("a", "b")}
    both = Condition((Test("three", "is", ("a",)), Test("one", "is", ("a",))))
    also = Condition((Test("three", "is", ("b",)), Test("two", "is", ("a",))))
    ask = questions(catalogue_of([both, also], values))
    assert ask.next({}) == "three"
    assert ask.worst({}) == 2
    assert ask.relevant({"three": "a"}) == ("one",)
    assert ask.relevant({"three": "b"}) == ("two",)


def test_of_equally_good_facts_the_editors_first_is_asked() -> None:
    conditions = [is_("one", "a"), is_("two", "a")]
    assert questions(catalogue_of(conditions, {"one": VALUES[:2], "two": VALUES[:2]})).next({}) == "one"
    assert questions(catalogue_of(conditions, {"two": VALUES[:2], "one": VALUES[:2]})).next({}) == "two"


def test_a_fact_no_condition_uses_is_never_asked() -> None:
    ask = questions(catalogue_of([is_("one", "a"), ALWAYS], {"two": VALUES, "one": VALUES}))
    assert ask.relevant({}) == ("one",)
    assert ask.next({"one": "c"}) is None


def test_a_condition_true_of_every_value_asks_nothing() -> None:
    always = Condition((Test("one", "one_of", VALUES),))
    assert questions(catalogue_of([always], {"one": VALUES})).next({}) is None


def test_values_no_condition_tells_apart_count_as_one() -> None:
    ask = questions(catalogue_of([is_("one", "b"), is_("two", "a")], {"one": VALUES, "two": VALUES}))
    assert ask.space.classes == {"one": ("a", "b"), "two": ("a", "b")}
    assert ask.worst({"one": "c"}) == ask.worst({"one": "a"}) == 1


def test_a_declined_fact_is_not_asked_again_and_keeps_both_branches_open() -> None:
    nested = Condition((Test("one", "is", ("a",)), Test("two", "is", ("a",))))
    ask = questions(catalogue_of([nested], {"one": VALUES[:2], "two": VALUES[:2]}))
    assert ask.next({"one": "b"}) is None
    assert ask.next({"one": DECLINED}) == "two"
    assert ask.next({"one": DECLINED, "two": DECLINED}) is None
