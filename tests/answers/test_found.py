from datetime import date

import pytest

from bot.answers.found import abstain, announced, near_topics, passages
from bot.answers.reply import validator
from bot.catalogue import Catalogue
from bot.catalogue.text import Language
from tests.answers.conftest import FakeFound, FakePassage, FakeScored
from tests.small_folder import DAY

LANGUAGES: tuple[Language, ...] = ("zh", "en")


def scored(*passages: FakePassage) -> tuple[FakeScored, ...]:
    return tuple(FakeScored(passage, 0.9 - 0.1 * place) for place, passage in enumerate(passages))


def test_up_to_three_passages_each_with_its_source(small: Catalogue) -> None:
    law = FakePassage("law/1", law="card-law", article="1")
    step = FakePassage("renewal/steps/ask", source="hearsay", topic="renewal")
    found = FakeFound(scored(law, step, FakePassage("third"), FakePassage("fourth")))
    reply = passages(small, found, "en", DAY)
    validator().validate(reply)
    assert [passage["id"] for passage in reply["passages"]] == ["law/1", "renewal/steps/ask", "third"]
    first, second = reply["passages"][:2]
    assert (first["law"], first["article"], first["score"], "topic" in first) == ("card-law", "1", 0.9, False)
    assert second["source"]["confidence"] == "unconfirmed"
    assert reply["text"].splitlines() == [
        "Here is what the sources say:",
        "1. Article 1 of the Card Law: law/1 in en (Office page, official)",
        "2. renewal/steps/ask in en (Hearsay, not confirmed)",
        "3. third in en (Office page, official)",
    ]


def test_an_honest_i_do_not_know(small: Catalogue) -> None:
    for language in ("zh", "en"):
        reply = abstain(small, language, [])  # type: ignore[arg-type]
        validator().validate(reply)
        assert reply["status"] == "abstain"
        assert "12333" in reply["text"]
        assert "choices" not in reply


def test_near_matters_are_offered(small: Catalogue) -> None:
    reply = abstain(small, "en", ["renewal"], "Ask the police.")
    validator().validate(reply)
    assert reply["text"] == "Ask the police.\n1. I need a new card"
    assert [choice["token"] for choice in reply["choices"]] == ["topic:renewal"]


def test_the_nearest_matters_each_once(small: Catalogue) -> None:
    kept = scored(FakePassage("a", topic="about"), FakePassage("b"))
    rejected = scored(
        FakePassage("c", topic="renewal"), FakePassage("d", topic="about"), FakePassage("e", topic="gone")
    )
    assert near_topics(small, FakeFound(kept, rejected)) == ["about", "renewal"]


def test_the_name_of_a_place_or_a_document_says_what_it_is_for(small: Catalogue) -> None:
    place = FakePassage("renewal/places/hall", topic="renewal")
    document = FakePassage("renewal/documents/holder-id", topic="renewal")
    step = FakePassage("renewal/steps/ask", topic="renewal")
    texts = [
        passage["text"] for passage in passages(small, FakeFound(scored(place, document, step)), "en", DAY)["passages"]
    ]
    assert texts == [
        "Renewal, Where: renewal/places/hall in en (1 First Road, 12333)",
        "Renewal, Documents to bring: renewal/documents/holder-id in en",
        "renewal/steps/ask in en",
    ]


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("zh", ["即将生效，现在还不适用：", "2027-01-01 起：《将来的法》第9条：coming-law/9 in zh（官网，官方）"]),
        (
            "en",
            [
                "Not in force yet, taking effect soon:",
                "From 2027-01-01: Article 9 of the Coming Law: coming-law/9 in en (Office page, official)",
            ],
        ),
    ],
)
def test_what_takes_effect_soon_is_announced_with_its_day_and_source(
    small: Catalogue, language: Language, lines: list[str]
) -> None:
    law = FakePassage("coming-law/9", law="coming-law", article="9", valid_from=date(2027, 1, 1))
    notice = announced(small, FakeFound(coming=scored(law)), language, DAY, last=date(2027, 1, 1))
    assert notice is not None
    validator().validate(notice)
    assert (notice["status"], notice["text"].splitlines(), "passages" in notice) == ("notice", lines, False)


def test_what_takes_effect_later_than_that_is_not_announced(small: Catalogue) -> None:
    law = FakePassage("coming-law/9", law="coming-law", article="9", valid_from=date(2027, 1, 1))
    assert announced(small, FakeFound(coming=scored(law)), "zh", DAY, last=date(2026, 12, 31)) is None
    assert announced(small, FakeFound(scored(law)), "zh", DAY, last=date(2027, 1, 1)) is None


def test_a_part_of_an_imported_text_is_cited_with_its_heading_and_page(small: Catalogue) -> None:
    part = FakePassage("moon-bay/2", trail="第二章 挂失", page=3)
    cited = {language: passages(small, FakeFound(scored(part)), language, DAY) for language in LANGUAGES}
    for reply in cited.values():
        validator().validate(reply)
    assert cited["zh"]["passages"][0]["source"]["title"] == "官网，第二章 挂失，第3页"
    assert cited["en"]["passages"][0]["source"]["title"] == "Office page, 第二章 挂失, page 3"
    assert cited["zh"]["text"].endswith("1. moon-bay/2 in zh（官网，第二章 挂失，第3页，官方）")
