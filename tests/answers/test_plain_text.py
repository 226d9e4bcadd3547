import pytest

from bot.answers.outcome import outcome
from bot.answers.plain_text import article_name
from bot.answers.wording import Wording
from bot.catalogue import Catalogue
from bot.procedures import decide
from tests.answers.conftest import official
from tests.small_folder import DAY

GENERAL = {"applicant": "agent", "holder": "adult", "card_in_hand": "no", "region": "east"}


def lines(catalogue: Catalogue, language: str, aspect: str | None = None) -> list[str]:
    decision = decide(catalogue, "renewal", GENERAL, DAY)
    text: str = outcome(catalogue, decision, language, official, aspect)["text"]  # type: ignore[arg-type]
    return text.splitlines()


def test_the_whole_answer_stands_alone_in_english(small: Catalogue) -> None:
    assert lines(small, "en") == [
        "Renewal",
        "For: an agent goes; the holder is an adult; the card is gone; it is done in East",
        "Documents to bring:",
        "1. The holder's identity card (original, 1 copy)",
        "2. The agent's identity card",
        "Steps:",
        "1. Report the loss first.",
        "2. Go to the counter. (at: The hall)",
        "3. Ask 12333.",
        "Fee: The place sets the fee.",
        "Where:",
        "1. The hall: 1 First Road, 12333",
        "Legal basis:",
        "1. Article 1 of the Card Law: A card may be renewed.",
        "2. Article 2 of the Card Law: The state sets up cards.",
        "Sources: Office page (checked on 2026-01-01, official)",
        "No local rules for East on this matter were found; this is the general rule. "
        "Call 12333 of that place for the local detail.",
        "As of 2026-06-01.",
    ]


def test_and_in_chinese(small: Catalogue) -> None:
    found = lines(small, "zh")
    assert found[:5] == [
        "换卡",
        "适用情况：别人代办；持卡人成年；卡不在；在东省办",
        "需要的材料：",
        "1. 持卡人身份证（原件、复印件1份）",
        "2. 代办人身份证",
    ]
    assert "1. 《卡法》第1条：卡法第1条原文" in found
    assert "2. 到柜台办。（地点：大厅）" in found


@pytest.mark.parametrize(
    ("aspect", "first"),
    [
        ("documents", "Documents to bring:"),
        ("steps", "Steps:"),
        ("where", "Where:"),
        ("fee", "Fee: The place sets the fee."),
        ("time", "No sourced time limit is known; ask 12333 of the issuing place."),
        ("legal_basis", "Legal basis:"),
        ("agent", "Documents to bring:"),
        ("online", "Where:"),
    ],
)
def test_what_was_asked_about_comes_first_and_the_rest_follows(small: Catalogue, aspect: str, first: str) -> None:
    found = lines(small, "en", aspect)
    assert found[2] == first
    whole = lines(small, "en")
    assert set(whole) <= set(found)
    assert len(found) - len(whole) == (1 if aspect == "time" else 0)


@pytest.mark.parametrize(
    ("article", "zh", "en"),
    [("58", "《卡法》第58条", "Article 58 of the 卡法"), ("280-1", "《卡法》第280条之1", "Article 280-1 of the 卡法")],
)
def test_the_name_of_an_article(small: Catalogue, article: str, zh: str, en: str) -> None:
    assert article_name("卡法", article, Wording(small, "zh")) == zh
    assert article_name("卡法", article, Wording(small, "en")) == en
