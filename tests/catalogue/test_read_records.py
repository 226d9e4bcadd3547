from datetime import date

import pytest

from bot.catalogue import Catalogue
from bot.catalogue.records import Period
from bot.catalogue.text import Text
from bot.errors import UnknownId
from tests.small_folder import SmallFolder


def test_sources(small: Catalogue) -> None:
    source = small.sources["office-page"]
    assert source.title == Text("官网", "Office page")
    assert source.issuer == Text("局", "Office")
    assert source.url == "https://office.example/page"
    assert (source.checked_on, source.check_again_by) == (date(2026, 1, 1), date(2026, 7, 1))
    assert {name: source.confidence for name, source in small.sources.items()} == {
        "copy": "secondary",
        "hearsay": "unconfirmed",
        "office-page": "official",
    }


def test_laws(small: Catalogue) -> None:
    law = small.laws["card-law"]
    assert list(law.articles) == ["1", "2", "280-1"]
    assert law.articles["1"].summary == Text("卡可以更换。", "A card may be renewed.")
    assert law.aliases == ("老卡法",)
    assert law.in_force == Period(date(2020, 1, 1))
    assert law.in_force_from == date(2020, 1, 1)
    coming = small.laws["coming-law"]
    assert coming.status(date(2026, 12, 31)) == "not_yet_in_force"
    assert coming.status(date(2027, 1, 1)) == "in_force"


def test_a_repealed_law_and_one_without_a_date(folder: SmallFolder) -> None:
    folder.change("laws/card-law.yml", "in_force_from: 2020-01-01", "in_force_to: 2025-12-31")
    law = folder.load().laws["card-law"]
    assert law.in_force_from is None
    assert law.status(date(1999, 1, 1)) == "in_force"
    assert law.status(date(2025, 12, 31)) == "in_force"
    assert law.status(date(2026, 1, 1)) == "repealed"


def test_regions_and_what_lies_around_them(small: Catalogue) -> None:
    town = small.regions["south-town"]
    assert (town.name, town.part_of) == (Text("南镇", "South Town"), "north")
    assert (town.districts.zh, town.districts.en) == (("南关",), ("South Gate",))
    assert town.districts.both() == ("南关", "South Gate")
    assert small.lineage("south-town") == ("south-town", "north")
    assert small.lineage("elsewhere") == ()


def test_facts(small: Catalogue) -> None:
    assert list(small.facts) == ["region", "applicant", "holder", "card_in_hand"]
    applicant = small.fact("applicant")
    assert applicant.question == Text("谁去办？", "Who goes?")
    assert applicant.value("self").not_said.zh == ("我自己去不了",)
    assert (applicant.scope, small.fact("card_in_hand").scope) == ("person", "matter")
    assert list(small.fact("card_in_hand").values) == ["yes", "no"]


def test_every_region_file_is_a_value_of_the_region(small: Catalogue) -> None:
    values = small.fact("region").values
    assert list(values) == ["east", "north", "south-town", "elsewhere"]
    assert values["north"].label == Text("北省", "North")
    assert values["north"].condition == Text("在北省办", "it is done in North")


def test_small_files(small: Catalogue) -> None:
    assert small.aspects["fee"].said.en == ("how much",)
    assert small.aspects["fee"].not_said.zh == ("多少钱都行",)
    assert small.words["kin"].zh == ("我妈", "我爸")
    assert small.ambiguities["which-one"].topics == ("renewal", "about")
    assert small.ambiguities["which-one"].intent == "which_one"
    passport = small.referrals["near_miss_passport"]
    assert (passport.topics, passport.valid.end) == (("about",), date(2029, 12, 31))
    assert "12333" in small.say("abstain").zh


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (lambda small: small.topic("x"), "there is no topic x"),
        (lambda small: small.fact("x"), "there is no fact x"),
        (lambda small: small.say("x"), "there is no sentence x"),
        (lambda small: small.fact("holder").value("x"), "fact holder has no value x"),
    ],
)
def test_an_unknown_id_is_named(small: Catalogue, ask: object, sentence: str) -> None:
    with pytest.raises(UnknownId) as caught:
        ask(small)  # type: ignore[operator]
    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    ("name", "old", "new", "en"),
    [
        ("sources/copy.yml", "id: copy", "id: kopie", 'The id is "kopie", but by its name it should be "copy".'),
        ("sources/copy.yml", "2026-01-02", "2026-02-30", 'There is no day "2026-02-30".'),
        ("laws/card-law.yml", "source: office-page", "source: ofice-page", 'Did you mean "office-page"?'),
        ("laws/card-law.yml", '"280-1"', '"1"', "Article 1 stands here twice."),
        ("regions/south-town.yml", "part_of: north", "part_of: nort", 'There is no region "nort". Did you mean'),
        ("facts.yml", "- id: minor", "- id: adult", 'Value "adult" is doubled.'),
        ("facts.yml", "- id: elsewhere", "- id: east", 'Value "east" is doubled.'),
        ("facts.yml", "zh: [孩子]", "zh: [孩子, 大人]", 'The answer "大人" stands under "adult" already; keep one.'),
        ("ambiguities.yml", "[renewal, about]", "[renewal, abut]", 'There is no topic "abut". Did you mean "about"?'),
        ("referrals.yml", "source: office-page", "source: nowhere", 'There is no source "nowhere".'),
        ("referrals.yml", "topics: [about]", "topics: [renewl]", 'Did you mean "renewal"?'),
        ("referrals.yml", "2029-12-31", "2019-12-31", '"to" is earlier than "from".'),
        ("aspects.yml", "id: fee", "id: price", '"price"'),
    ],
)
def test_mistakes_name_file_line_and_cure(folder: SmallFolder, name: str, old: str, new: str, en: str) -> None:
    line = folder.change(name, old, new)
    found = [problem for problem in folder.problems() if en in problem.en]
    assert found, folder.problems()
    assert found[0].file == f"knowledge/{name}"
    assert abs(found[0].line - line) <= 1
    assert found[0].zh


def test_a_fact_written_twice(folder: SmallFolder) -> None:
    text = (folder.path / "facts.yml").read_text(encoding="utf-8")
    line = folder.add("facts.yml", text[text.index("  - id: card_in_hand") :])
    assert [(p.line, p.en) for p in folder.problems()] == [(line, 'Fact "card_in_hand" is doubled.')]
