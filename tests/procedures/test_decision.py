import ast
from datetime import date
from itertools import combinations, permutations
from pathlib import Path

import pytest
from hypothesis import given, settings

import bot.procedures
from bot.catalogue import Catalogue
from bot.errors import UnknownId
from bot.procedures import Decision, decide
from tests.procedures.random_records import DAY as ANY_DAY
from tests.procedures.random_records import catalogues, outcome_of, wholes
from tests.small_folder import DAY

WHOLE = {"applicant": "agent", "holder": "adult", "card_in_hand": "no", "region": "south-town"}


def ids(decision: Decision) -> list[str]:
    return [told.statement.id for told in decision.told]


def conditions(decision: Decision) -> dict[str, str | None]:
    return {told.statement.id: told.only_if.en if told.only_if else None for told in decision.told}


def test_a_whole_outcome(small: Catalogue) -> None:
    decision = decide(small, "renewal", WHOLE, DAY)
    assert ids(decision) == ["holder-id", "agent-id", "report-loss", "north-counter", "ask", "town-fee", "hall"]
    assert [told.statement.id for told in decision.section("documents")] == ["holder-id", "agent-id"]
    assert (decision.missing, decision.unknown, decision.next_fact) == ((), (), None)
    assert decision.facts == WHOLE
    assert (decision.region, decision.coverage) == ("south-town", "regional")
    assert set(decision.sources) == {"office-page", "copy", "hearsay"}
    assert decision.confidence == "unconfirmed"
    assert [text.en for text in decision.because] == [
        "an agent goes",
        "the holder is an adult",
        "the card is gone",
        "it is done in South Town",
    ]
    assert decision.day == DAY


def test_governing_articles_come_first_and_none_that_is_not_yet_in_force(small: Catalogue) -> None:
    decision = decide(small, "renewal", WHOLE, DAY)
    assert [basis.reference.article for basis in decision.legal_basis] == ["1", "280-1", "2"]
    assert [basis.reference.background for basis in decision.legal_basis] == [False, False, True]


def test_missing_facts_best_first(small: Catalogue) -> None:
    decision = decide(small, "renewal", {"holder": "adult"}, DAY)
    assert decision.missing == ("applicant", "card_in_hand", "region")
    assert decide(small, "renewal", {"holder": "minor"}, DAY).missing == ("card_in_hand", "region")


@pytest.mark.parametrize("order", list(permutations(WHOLE)))
def test_facts_in_any_order_give_the_same_outcome(small: Catalogue, order: tuple[str, ...]) -> None:
    facts = {fact: WHOLE[fact] for fact in order}
    assert decide(small, "renewal", facts, DAY) == decide(small, "renewal", WHOLE, DAY)


def test_a_fact_given_before_it_is_asked_is_never_missing(small: Catalogue) -> None:
    for size in range(len(WHOLE) + 1):
        for given_facts in combinations(WHOLE, size):
            missing = decide(small, "renewal", {fact: WHOLE[fact] for fact in given_facts}, DAY).missing
            assert not set(missing) & set(given_facts)


def test_a_declined_fact_shows_both_branches_each_with_its_condition(small: Catalogue) -> None:
    facts = {"applicant": "agent", "card_in_hand": "no", "region": "east"}
    decision = decide(small, "renewal", facts, DAY, declined=["holder"])
    assert (decision.missing, decision.unknown) == ((), ("holder",))
    assert conditions(decision) == {
        "holder-id": "the holder is an adult",
        "guardian-id": "the holder is a minor",
        "agent-id": "the holder is an adult",
        "report-loss": None,
        "counter": None,
        "ask": None,
        "fee-local": None,
        "hall": None,
    }
    chinese = [told.only_if.zh for told in decision.told if told.only_if]
    assert chinese == ["持卡人成年", "持卡人未成年", "持卡人成年"]


def test_two_open_facts_make_one_condition(small: Catalogue) -> None:
    decision = decide(small, "renewal", {"card_in_hand": "no", "region": "east"}, DAY, declined=["holder", "applicant"])
    assert conditions(decision)["agent-id"] == "an agent goes and the holder is an adult"


def test_a_declined_fact_that_no_longer_matters_is_not_unknown(small: Catalogue) -> None:
    facts = {"holder": "minor", "card_in_hand": "yes", "region": "east"}
    assert decide(small, "renewal", facts, DAY, declined=["applicant"]).unknown == ()


def test_a_region_without_rules_of_its_own_gets_the_general_rule_never_anothers(small: Catalogue) -> None:
    for region in ("east", "elsewhere"):
        decision = decide(small, "renewal", {**WHOLE, "region": region}, DAY)
        assert decision.coverage == "general"
        assert all(told.statement.region is None for told in decision.told)
        assert ids(decision)[2:] == ["report-loss", "counter", "ask", "fee-local", "hall"]
    assert decide(small, "renewal", {**WHOLE, "region": "elsewhere"}, DAY).region is None


def test_an_unknown_region_gets_the_general_rule_and_the_places_that_differ(small: Catalogue) -> None:
    facts = {fact: value for fact, value in WHOLE.items() if fact != "region"}
    decision = decide(small, "renewal", facts, DAY, declined=["region"])
    assert (decision.missing, decision.unknown, decision.coverage) == ((), ("region",), "general")
    assert decision.differs_in == ("north", "south-town")
    assert decide(small, "renewal", WHOLE, DAY).differs_in == ("north", "south-town")


def test_the_day_decides_what_is_in_force(small: Catalogue) -> None:
    before, after = decide(small, "renewal", WHOLE, date(2025, 12, 31)), decide(small, "renewal", WHOLE, DAY)
    assert "former-way" in ids(before)
    assert "former-way" not in ids(after)


def test_facts_of_other_matters_change_nothing(small: Catalogue) -> None:
    decision = decide(small, "about", WHOLE, DAY)
    assert decision.facts == {}
    assert decision.because == ()
    assert ids(decision) == ["none", "what", "use"]


@pytest.mark.parametrize(
    ("topic", "facts", "sentence"),
    [
        ("renewl", {}, "there is no topic renewl"),
        ("renewal", {"holdr": "adult"}, "there is no fact holdr"),
        ("renewal", {"holder": "adlt"}, "fact holder has no value adlt"),
    ],
)
def test_unknown_ids(small: Catalogue, topic: str, facts: dict[str, str], sentence: str) -> None:
    with pytest.raises(UnknownId, match=sentence):
        decide(small, topic, facts, DAY)


def test_a_situation_is_decided_once_and_only_some_are_remembered(small: Catalogue) -> None:
    first = decide(small, "renewal", WHOLE, DAY)
    assert decide(small, "renewal", dict(reversed(WHOLE.items())), DAY) is first
    assert decide(small, "renewal", {}, DAY, declined=["region"]) != decide(small, "renewal", {}, DAY)
    facts = [(fact.id, value.id) for fact in small.facts.values() for value in fact.values.values()]
    for some in combinations(facts, 2):
        decide(small, "renewal", dict(some), DAY)
    assert decide(small, "renewal", WHOLE, DAY) is not first


@settings(deadline=None, max_examples=100)
@given(catalogues())
def test_what_is_told_is_what_the_conditions_say(catalogue: Catalogue) -> None:
    for whole in wholes(catalogue):
        decision = decide(catalogue, "matter", whole, ANY_DAY)
        assert set(ids(decision)) == outcome_of(catalogue, whole)
        assert all(told.only_if is None for told in decision.told)
        assert decision.missing == ()


@settings(deadline=None, max_examples=100)
@given(catalogues())
def test_with_everything_declined_every_branch_is_there(catalogue: Catalogue) -> None:
    decision = decide(catalogue, "matter", {}, ANY_DAY, declined=list(catalogue.facts))
    every = [outcome_of(catalogue, whole) for whole in wholes(catalogue)]
    assert set(ids(decision)) == frozenset().union(*every)
    assert {told.statement.id for told in decision.told if told.only_if is None} == frozenset.intersection(*every)
    assert decision.missing == ()


def test_deciding_is_pure() -> None:
    """Neither a clock nor a file, a process or chance is at hand in the package."""
    impure = {"time", "os", "random", "pathlib", "secrets", "subprocess", "socket", "io", "sqlite3"}
    for path in Path(bot.procedures.__file__).parent.glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
        imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        assert not imported & impure, path.name
        called = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        assert not called & {"today", "now", "open", "read_text", "write_text"}, path.name
