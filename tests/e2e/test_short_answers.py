"""Answers in a word or two over HTTP, as people type them: labels, "me", numbers of choices."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.e2e.conftest import Citizen

pytestmark = pytest.mark.servers
Open = Callable[..., Citizen]

ANSWERS = {
    "zh": {
        "holder": "大人的",
        "applicant": "我自己",
        "card_in_hand": "还在",
        "insurance": "单位交的",
        "region": "别的地方",
    },
    "en": {
        "holder": "mine",
        "applicant": "me",
        "card_in_hand": "I have it",
        "insurance": "employee",
        "region": "elsewhere",
    },
}
VALUES = {"holder": "adult", "applicant": "self", "card_in_hand": "yes", "insurance": "employee", "region": "elsewhere"}


def asked(replies: list[Any]) -> str:
    assert replies[-1]["status"] == "question", replies[-1]["text"]
    return str(replies[-1]["question"]["fact"])


@pytest.mark.parametrize(
    ("language", "opening"),
    [
        ("zh", "社保卡丢了"),
        ("zh", "社保卡上的身份证号错了，登记时就错了"),
        ("en", "my card is damaged"),
        ("en", "I lost my card"),
    ],
)
def test_every_question_is_answered_in_a_word_or_two(citizen: Open, language: str, opening: str) -> None:
    person, given = citizen(language), []
    replies = person.says(opening)
    while replies[-1]["status"] == "question":
        given.append(asked(replies))
        replies = person.says(ANSWERS[language][given[-1]])
    assert len(given) >= 2
    assert len(given) == len(set(given)), "nothing is asked twice"
    facts = replies[-1]["procedure"]["facts"]
    assert {fact: facts[fact] for fact in given} == {fact: VALUES[fact] for fact in given}


@pytest.mark.parametrize(("typed", "value"), [("1", "adult"), ("２", "minor"), ("第一个", "adult"), ("选2", "minor")])
def test_the_number_of_a_choice(citizen: Open, typed: str, value: str) -> None:
    person = citizen("zh")
    assert asked(person.says("社保卡丢了")) == "holder"
    replies = person.says(typed)
    while replies[-1]["status"] == "question":
        replies = person.says("不清楚")
    assert replies[-1]["procedure"]["facts"]["holder"] == value


def test_the_number_of_a_matter(citizen: Open) -> None:
    person = citizen("zh")
    (which,) = person.says("卡过期了")
    assert which["status"] == "clarify"
    assert person.says("3")[-1]["question"]["topic"] == which["choices"][2]["topic"]


def test_what_is_said_beside_the_question_is_told_back(citizen: Open) -> None:
    person = citizen("zh")
    assert asked(person.says("社保卡丢了")) == "holder"
    beside = person.says("在大连办")
    assert asked(beside) == "holder"
    assert beside[-1]["text"].startswith("好的，记下了：社保卡在大连办理。")


def test_me_goes_for_somebody_else(citizen: Open) -> None:
    person = citizen("zh")
    replies = person.says("我爸的社保卡丢了怎么补")
    while asked(replies) != "applicant":
        replies = person.says("不清楚")
    replies = person.says("我去")
    while replies[-1]["status"] == "question":
        replies = person.says("不清楚")
    assert replies[-1]["procedure"]["facts"]["applicant"] == "agent"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("收到短信说社保卡停用让我点链接，是真的吗", "不会发这种链接"),
        ("有人冒用我的社保卡在药店买药", "挂失"),
        ("got an SMS that my card is suspended with a link", "do not send such links"),
    ],
)
def test_what_wants_care_is_answered_with_care(citizen: Open, text: str, words: str) -> None:
    reply = citizen("en" if text.isascii() else "zh").says(text)[-1]
    assert reply["status"] == "abstain"
    assert words in reply["text"]
