import pytest

from bot.answers.outcome import outcome, source_of
from bot.answers.reply import Reply, validator
from bot.catalogue import Catalogue
from bot.catalogue.text import LANGUAGES
from bot.procedures import decide
from tests.answers.conftest import official
from tests.small_folder import DAY

WHOLE = {"applicant": "agent", "holder": "adult", "card_in_hand": "no", "region": "south-town"}
GENERAL = {**WHOLE, "region": "east"}


def told(
    catalogue: Catalogue, facts: dict[str, str], language: str = "en", aspect: str | None = None, declined: str = ""
) -> Reply:
    decision = decide(catalogue, "renewal", facts, DAY, declined=declined.split())
    reply = outcome(catalogue, decision, language, official, aspect)  # type: ignore[arg-type]
    validator().validate(reply)
    return reply


def test_a_procedure_carries_everything_about_this_person(small: Catalogue) -> None:
    procedure = told(small, WHOLE)["procedure"]
    assert procedure["topic"] == "renewal"
    assert procedure["title"] == "Renewal"
    assert (procedure["aspect"], procedure["region"], procedure["coverage"]) == ("overview", "south-town", "regional")
    assert (procedure["facts"], procedure["unknown"]) == (WHOLE, [])
    assert procedure["documents"] == [
        {
            "id": "holder-id",
            "text": "The holder's identity card",
            "original": True,
            "copies": 1,
            "source": "office-page",
        },
        {"id": "agent-id", "text": "The agent's identity card", "source": "office-page"},
    ]
    assert [step["id"] for step in procedure["steps"]] == ["report-loss", "north-counter", "ask"]
    assert procedure["fee"] == {"text": "It costs five yuan.", "source": "hearsay"}
    assert "time_limit" not in procedure
    assert procedure["places"] == [
        {"name": "The hall", "address": "1 First Road", "phone": "12333", "source": "office-page"}
    ]
    assert procedure["because"][0] == "an agent goes"
    assert {source["id"] for source in procedure["sources"]} == {"office-page", "copy", "hearsay"}
    assert procedure["as_of"] == "2026-06-01"


def test_articles_in_official_words_where_there_are_any(small: Catalogue) -> None:
    chinese, english = (told(small, WHOLE, language)["procedure"]["legal_basis"] for language in LANGUAGES)
    assert chinese[0] == {
        "law": "card-law",
        "title": "卡法",
        "article": "1",
        "text": "卡法第1条原文",
        "status": "in_force",
        "in_force_from": "2020-01-01",
    }
    assert [article["text"] for article in chinese[1:]] == ["不得冒用。", "国家设立卡制度。"]
    assert english[0]["text"] == "A card may be renewed."


@pytest.mark.parametrize(
    ("facts", "grade"),
    [(WHOLE, "confirm_unconfirmed"), ({**WHOLE, "region": "north"}, "confirm_secondary"), (GENERAL, None)],
)
def test_what_is_not_official_says_so(small: Catalogue, facts: dict[str, str], grade: str | None) -> None:
    for language in LANGUAGES:
        text = told(small, facts, language)["text"]
        for key in ("confirm_unconfirmed", "confirm_secondary"):
            assert (small.say(key).say(language) in text) is (key == grade)
            assert "12333" in small.say(key).say(language)


def test_the_general_rule_is_marked_as_general(small: Catalogue) -> None:
    assert "No local rules for East on this matter were found" in told(small, GENERAL)["text"]
    assert "places differ" in told(small, {**WHOLE, "region": "elsewhere"})["text"]
    assert "general rule" not in told(small, WHOLE)["text"]


def test_an_unknown_fact_shows_both_branches_with_their_conditions(small: Catalogue) -> None:
    facts = {"card_in_hand": "yes", "region": "east", "applicant": "self"}
    english, chinese = told(small, facts, "en", declined="holder"), told(small, facts, "zh", declined="holder")
    assert english["procedure"]["unknown"] == ["holder"]
    assert [entry.get("only_if") for entry in english["procedure"]["documents"]] == [
        "if the holder is an adult",
        "if the holder is a minor",
        None,
    ]
    assert "The guardian's identity card (if the holder is a minor)" in english["text"]
    assert "监护人身份证（如果持卡人未成年）" in chinese["text"]


def test_without_a_region_one_step_names_the_places_that_differ(small: Catalogue) -> None:
    facts = {fact: value for fact, value in WHOLE.items() if fact != "region"}
    procedure = told(small, facts, declined="region")["procedure"]
    assert (procedure["region"], procedure["coverage"], procedure["unknown"]) == (None, "general", ["region"])
    assert procedure["steps"][-1]["id"] == "local-rules"
    assert procedure["steps"][-1]["only_if"].endswith("North, South Town")
    assert "12333" in procedure["steps"][-1]["text"]


def test_a_source_as_replies_carry_it(small: Catalogue) -> None:
    assert source_of(small.sources["office-page"], "zh", DAY) == {
        "id": "office-page",
        "title": "官网",
        "issuer": "局",
        "url": "https://office.example/page",
        "checked_on": "2026-01-01",
        "confidence": "official",
    }
    assert "issuer" not in source_of(small.sources["copy"], "en", DAY)
