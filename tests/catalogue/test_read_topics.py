from datetime import date

import pytest

from bot.catalogue import Catalogue
from bot.catalogue.records import LegalReference, Period, Statement
from bot.catalogue.text import Text
from bot.procedures import decide
from tests.small_folder import DAY, SmallFolder

PROCEDURE = "procedures/renewal/procedure.yml"


def statement(catalogue: Catalogue, statement_id: str) -> Statement:
    (found,) = [one for one in catalogue.topics["renewal"].statements if one.id == statement_id]
    return found


def test_a_topic(small: Catalogue) -> None:
    topic = small.topics["renewal"]
    assert (topic.title, topic.choice) == (Text("换卡", "Renewal"), Text("我要换卡", "I need a new card"))
    assert topic.asks == ("applicant", "holder", "card_in_hand", "region")
    assert (topic.quoted, small.topics["about"].quoted) == (False, True)
    assert small.topic_of_intent("renewal") is topic
    assert small.topic_of_intent("greet") is None


def test_a_statement(small: Catalogue) -> None:
    document = statement(small, "holder-id")
    assert (document.section, document.original, document.copies) == ("documents", True, 1)
    assert (document.source, document.confidence, document.region) == ("office-page", "official", None)
    assert document.key == "documents/holder-id"
    assert document.when.holds({"holder": "adult"})
    assert statement(small, "former-way").valid == Period(date(2020, 1, 1), date(2025, 12, 31))
    hall = statement(small, "hall")
    assert (hall.text.en, hall.phone, hall.address) == ("The hall", "12333", Text("一路1号", "1 First Road"))


def test_a_regional_statement_holds_there_and_in_the_places_inside(small: Catalogue) -> None:
    local = statement(small, "north-counter")
    assert (local.region, local.replaces, local.confidence) == ("north", ("counter",), "secondary")
    assert local.key == "steps/north-counter@north"
    assert local.when.holds({"region": "north"})
    assert local.when.holds({"region": "south-town"})
    assert not local.when.holds({"region": "east"})
    assert statement(small, "town-fee").confidence == "unconfirmed"


def test_it_stands_right_after_what_it_replaces_and_the_last_step_stays_last(folder: SmallFolder) -> None:
    folder.change("regions/north.yml", "    legal_basis:", "    places: []\n    legal_basis:")
    folder.change(
        "regions/north.yml",
        "    places: []\n",
        "      - {id: extra, text: {zh: 另, en: More}, source: copy, from: 2021-01-01}\n    places: []\n",
    )
    steps = [one.id for one in folder.load().topics["renewal"].statements if one.section == "steps"]
    assert steps == ["report-loss", "counter", "north-counter", "former-way", "extra", "ask"]


def test_legal_basis_general_and_regional(small: Catalogue) -> None:
    references = small.topics["renewal"].legal_basis
    assert [(one.law, one.article, one.background) for one in references] == [
        ("card-law", "2", True),
        ("card-law", "1", False),
        ("coming-law", "9", False),
        ("card-law", "280-1", False),
    ]
    assert references[0] == LegalReference("card-law", "2", background=True)
    assert references[3].when.holds({"region": "south-town"})
    assert not references[3].when.holds({"region": "elsewhere"})


def test_confidence_may_be_lowered_never_raised(folder: SmallFolder) -> None:
    folder.change(PROCEDURE, "place: {zh: 大厅", "confidence: secondary\n    place: {zh: 大厅")
    assert statement(folder.load(), "counter").confidence == "secondary"
    line = folder.change("regions/south-town.yml", "source: hearsay", "confidence: official\n        source: hearsay")
    problem = folder.problem()
    assert (problem.file, problem.line) == ("knowledge/regions/south-town.yml", line)
    assert '"official" is surer than its source, which is "unconfirmed"' in problem.en


@pytest.mark.parametrize(
    ("name", "old", "new", "en"),
    [
        (PROCEDURE, "id: renewal", "id: renew", 'The id is "renew", but by its name it should be "renewal".'),
        (PROCEDURE, "- id: guardian-id", "- id: holder-id", '"holder-id" is used twice in one list.'),
        (PROCEDURE, "source: office-page", "source: office", 'There is no source "office".'),
        (PROCEDURE, "law: card-law", "law: crad-law", 'There is no law "crad-law". Did you mean "card-law"?'),
        (PROCEDURE, 'article: "2"', 'article: "3"', "laws/card-law.yml has no summary of Article 3; write it"),
        (PROCEDURE, "to: 2025-12-31", "to: 2015-12-31", '"to" is earlier than "from".'),
        (PROCEDURE, "asks: [applicant, ", "asks: [", 'A condition uses "applicant"; add it to "asks".'),
        (PROCEDURE, "asks: [", "asks: [aplicant, ", 'There is no fact "aplicant". Did you mean "applicant"?'),
        ("procedures/about/procedure.yml", "asks: []", "asks: [holder]", '"holder" changes nothing'),
        ("regions/north.yml", "  renewal:", "  renewl:", 'There is no topic "renewl". Did you mean "renewal"?'),
        ("regions/north.yml", "[counter]", "[conter]", '"conter" is neither a general statement'),
        ("regions/north.yml", "[counter]", "[fee-local]", '"fee-local" is neither a general statement'),
    ],
)
def test_mistakes_name_file_line_and_cure(folder: SmallFolder, name: str, old: str, new: str, en: str) -> None:
    line = folder.change(name, old, new)
    found = [problem for problem in folder.problems() if en in problem.en]
    assert found, folder.problems()
    assert found[0].file == f"knowledge/{name}"
    assert abs(found[0].line - line) <= 1
    assert found[0].zh


NORTH_FEE = """    fee:
      - id: north-fee
        text: {zh: 收三元。, en: It costs three yuan.}
        replaces: [fee-local]
        source: copy
        from: 2021-01-01
"""


def fees(catalogue: Catalogue, region: str) -> list[str]:
    facts = {"applicant": "self", "holder": "adult", "card_in_hand": "yes", "region": region}
    return [told.statement.id for told in decide(catalogue, "renewal", facts, DAY).section("fee")]


def test_a_place_inside_may_stand_in_for_what_the_region_around_it_says(folder: SmallFolder) -> None:
    folder.change("regions/north.yml", "    legal_basis:", f"{NORTH_FEE}    legal_basis:")
    assert [fees(folder.load(), region) for region in ("east", "north")] == [["fee-local"], ["north-fee"]]
    folder.change("regions/south-town.yml", "[fee-local]", "[north-fee]")
    assert fees(folder.load(), "south-town") == ["town-fee"]
    assert fees(folder.load(), "north") == ["north-fee"]


def test_no_place_stands_in_for_what_a_place_beside_or_inside_it_says(folder: SmallFolder) -> None:
    line = folder.change("regions/north.yml", "[counter]", "[counter, town-step]")
    folder.change(
        "regions/south-town.yml",
        "    fee:",
        "    steps: [{id: town-step, text: {zh: 问, en: Ask.}, source: copy, from: 2021-01-01}]\n    fee:",
    )
    problem = folder.problem()
    assert (problem.file, problem.line) == ("knowledge/regions/north.yml", line)
    assert problem.zh.startswith("“town-step”不是这一部分的通用内容，也不是外围地区的内容，不能替代。")
    assert problem.en.startswith('"town-step" is neither a general statement of this section nor one of the region')
