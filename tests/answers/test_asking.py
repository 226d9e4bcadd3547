import pytest

from bot.answers.asking import question, topic_choices, which_topic
from bot.answers.reply import validator
from bot.catalogue import Catalogue
from bot.procedures import decide
from tests.small_folder import DAY


def test_a_question_says_why_and_offers_every_value(small: Catalogue) -> None:
    reply = question(small, decide(small, "renewal", {}, DAY), "en")
    validator().validate(reply)
    assert reply["question"] == {"fact": "holder", "why": "A guardian acts for a minor.", "topic": "renewal"}
    assert [(choice["title"], choice["token"], choice["value"]) for choice in reply["choices"]] == [
        ("An adult", "fact:holder=adult", "adult"),
        ("A minor", "fact:holder=minor", "minor"),
        ("I do not know", "fact:holder=unknown", "unknown"),
    ]
    assert {choice["topic"] for choice in reply["choices"]} == {"renewal"}
    assert reply["text"].splitlines() == [
        "Renewal: Is the holder an adult?",
        "A guardian acts for a minor.",
        "1. An adult",
        "2. A minor",
        "3. I do not know",
    ]
    assert reply["knowledge_version"] == small.version


def test_only_places_with_rules_of_their_own_are_offered(small: Catalogue) -> None:
    facts = {"applicant": "self", "holder": "adult", "card_in_hand": "yes"}
    reply = question(small, decide(small, "renewal", facts, DAY), "zh")
    assert reply["question"]["fact"] == "region"
    assert [choice["value"] for choice in reply["choices"]] == ["north", "south-town", "elsewhere", "unknown"]


def test_nothing_to_ask(small: Catalogue) -> None:
    with pytest.raises(ValueError, match="nothing to ask"):
        question(small, decide(small, "about", {}, DAY), "zh")


def test_which_matter(small: Catalogue) -> None:
    reply = which_topic(small, ["renewal", "about"], "zh", "是哪一件？")
    validator().validate(reply)
    assert reply["status"] == "clarify"
    assert reply["text"] == "是哪一件？\n1. 我要换卡\n2. 卡是什么"
    assert reply["choices"] == topic_choices(small, ["renewal", "about"], "zh")
    assert [choice["token"] for choice in reply["choices"]] == ["topic:renewal", "topic:about"]
