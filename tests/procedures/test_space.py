from dataclasses import replace
from datetime import date

from bot.catalogue import Catalogue
from bot.catalogue.records import LegalReference, Statement
from bot.procedures.space import Space
from tests.small_folder import DAY


def space(catalogue: Catalogue, day: date = DAY) -> Space:
    return Space(catalogue, catalogue.topics["renewal"], day)


def told(catalogue: Catalogue, facts: dict[str, str], day: date = DAY) -> list[str]:
    """The ids of what is visible to somebody with complete facts."""
    whole = {"applicant": "self", "holder": "adult", "card_in_hand": "yes", "region": "elsewhere", **facts}
    records = [part.record for part in space(catalogue, day).parts if part.visible(whole)]
    return [one.id if isinstance(one, Statement) else f"{one.law}/{one.article}" for one in records]


def test_only_what_is_in_force_on_the_day(small: Catalogue) -> None:
    assert "former-way" in told(small, {}, date(2025, 12, 31))
    assert "former-way" not in told(small, {}, date(2026, 1, 1))
    assert "coming-law/9" not in told(small, {}, date(2026, 12, 31))
    assert "coming-law/9" in told(small, {}, date(2027, 1, 1))
    assert told(small, {}, date(2019, 12, 31)) == []


def test_a_region_replaces_the_general_rule_there_and_in_the_places_inside(small: Catalogue) -> None:
    assert "counter" in told(small, {"region": "east"})
    for region in ("north", "south-town"):
        assert "north-counter" in told(small, {"region": region})
        assert "counter" not in told(small, {"region": region})
    assert "town-fee" in told(small, {"region": "south-town"})
    assert "fee-local" not in told(small, {"region": "south-town"})
    assert "fee-local" in told(small, {"region": "north"})


def test_an_inner_region_replaces_what_the_outer_one_says(small: Catalogue) -> None:
    topic = small.topics["renewal"]
    outer = next(one for one in topic.statements if one.id == "town-fee")
    inner = replace(outer, id="fee-north", region="north", when=outer.when)
    both = replace(outer, replaces=("fee-local", "fee-north"))
    statements = tuple(one for one in topic.statements if one.id != "town-fee")
    changed = replace(small, topics={"renewal": replace(topic, statements=(*statements, inner, both))})
    assert [one for one in told(changed, {"region": "south-town"}) if "fee" in one] == ["town-fee"]


def test_an_expired_replacement_replaces_nothing(small: Catalogue) -> None:
    assert "counter" in told(small, {"region": "north"}, date(2020, 6, 1))


def test_facts_values_and_groups(small: Catalogue) -> None:
    of = space(small)
    assert of.facts == ("applicant", "holder", "card_in_hand", "region")
    assert of.values["region"] == ("east", "north", "south-town", "elsewhere")
    assert of.classes["region"] == ("east", "north", "south-town")
    assert Space(small, small.topics["about"], DAY).facts == ()


def test_completions_fill_only_what_is_open(small: Catalogue) -> None:
    of = space(small)
    assert list(of.completions({"holder": "minor"}, ("holder", "applicant"))) == [
        {"holder": "minor", "applicant": "self"},
        {"holder": "minor", "applicant": "agent"},
    ]
    assert list(of.completions({"holder": "minor"}, ())) == [{"holder": "minor"}]


def test_without_a_region_the_general_rules_are_settled(small: Catalogue) -> None:
    of = space(small)
    assert of.settle({"holder": "adult", "foreign": "x"}) == {"holder": "adult", "region": "elsewhere"}
    assert of.settle({"region": "north"}) == {"region": "north"}
    assert Space(small, small.topics["about"], DAY).settle({"region": "north"}) == {}


def test_what_a_part_depends_on(small: Catalogue) -> None:
    parts = {part.record.id: part for part in space(small).parts if isinstance(part.record, Statement)}
    assert parts["agent-id"].facts == ("applicant", "holder")
    assert parts["counter"].facts == ("region",)
    assert parts["ask"].facts == ()
    references = [part.record for part in space(small).parts if isinstance(part.record, LegalReference)]
    assert [one.article for one in references] == ["2", "1", "280-1"]
