"""Conversation craft over HTTP, everything typed: interruptions, several matters, changes, languages, anger."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.e2e.conftest import Citizen

pytestmark = pytest.mark.servers
Open = Callable[..., Citizen]


def statuses(replies: list[Any]) -> list[str]:
    return [reply["status"] for reply in replies]


@pytest.mark.parametrize(
    ("language", "opening", "aside", "aspect"),
    [
        ("zh", "社保卡过期了怎么换", "要花多少钱", "fee"),
        ("zh", "社保卡过期了怎么换", "要带什么材料", "documents"),
        ("en", "my social security card has expired", "how long does it take", "time"),
        ("en", "my social security card has expired", "where do I go", "where"),
    ],
)
def test_a_question_inside_a_question(citizen: Open, language: str, opening: str, aside: str, aspect: str) -> None:
    person = citizen(language)
    (question,) = person.says(opening)
    told, again = person.says(aside)
    assert (told["status"], told["procedure"]["aspect"]) == ("procedure", aspect)
    assert again["question"] == question["question"]
    replies = person.says("我自己去" if language == "zh" else "I'll go myself")
    assert question["question"]["fact"] != "applicant" or replies[-1].get("question") != question["question"]


def test_another_matter_and_back(citizen: Open) -> None:
    person = citizen()
    (question,) = person.says("我妈的社保卡丢了，我替她去补")
    other = person.says("先问一下，社保卡密码忘了怎么重置")
    assert other[-1]["question"]["topic"] == "pin-reset"
    back = person.says("回到刚才的问题")
    assert back[-1]["question"] == question["question"]
    outcome = person.finishes(back, {"region": "elsewhere"})
    assert outcome["procedure"]["topic"] == "lost-card"
    assert outcome["procedure"]["facts"].items() >= {"applicant": "agent", "card_in_hand": "no"}.items()
    assert "applicant" not in person.asked


@pytest.mark.parametrize(
    ("language", "text", "topics"),
    [
        ("zh", "我的社保卡丢了怎么补？另外电子社保卡怎么申领", ("lost-card", "electronic-card")),
        (
            "en",
            "How do I activate my social security card? Also, how do I change its bank?",
            ("activation", "bank-change"),
        ),
    ],
)
def test_two_matters_one_after_the_other(citizen: Open, language: str, text: str, topics: tuple[str, str]) -> None:
    person, told, announced = citizen(language), [], 0
    replies = person.says(text)
    for _ in range(12):
        told += [reply["procedure"]["topic"] for reply in replies if reply["status"] == "procedure"]
        announced += statuses(replies).count("notice")
        if replies[-1]["status"] != "question":
            break
        replies = person.chooses(replies[-1], "unknown")
    assert tuple(dict.fromkeys(told)) == topics
    assert announced == 1


def test_a_changed_fact_is_told_and_asks_no_more_than_it_must(citizen: Open) -> None:
    person = citizen()
    before = person.finishes(person.says("社保卡过期了，我自己去换"), {"holder": "adult", "region": "elsewhere"})
    assert before["procedure"]["facts"]["applicant"] == "self"
    person.asked.clear()
    replies = person.says("不对，是让我弟弟去办")
    assert statuses(replies) == ["notice", "procedure"]
    assert "代办" in replies[0]["text"]
    assert replies[1]["procedure"]["facts"]["applicant"] == "agent"
    assert person.asked == []


def test_the_language_changes_in_the_middle(citizen: Open) -> None:
    person = citizen()
    (question,) = person.says("社保卡过期了怎么换")
    said, again = person.says("请说英语")
    assert (said["language"], again["language"]) == ("en", "en")
    assert again["question"]["fact"] == question["question"]["fact"]
    replies = person.says("an adult" if question["question"]["fact"] == "holder" else "I'll go myself")
    assert {reply["language"] for reply in replies} == {"en"}
    assert replies[-1].get("question", {}).get("fact") != question["question"]["fact"]


@pytest.mark.parametrize(("language", "words"), [("zh", "我不知道"), ("zh", "不清楚"), ("en", "I have no idea")])
def test_not_knowing_is_an_answer(citizen: Open, language: str, words: str) -> None:
    person = citizen(language)
    replies = person.says("社保卡过期了怎么换" if language == "zh" else "my social security card has expired")
    asked = []
    while replies[-1]["status"] == "question":
        asked.append(replies[-1]["question"]["fact"])
        assert len(asked) == len(set(asked))
        replies = person.says(words)
    assert replies[-1]["status"] == "procedure"
    assert set(asked) <= set(replies[-1]["procedure"]["unknown"])


def test_say_it_again(citizen: Open) -> None:
    person = citizen()
    (question,) = person.says("社保卡过期了怎么换")
    assert person.says("再说一遍")[-1]["question"] == question["question"]
    outcome = person.finishes([question], {"holder": "adult", "applicant": "self", "region": "elsewhere"})
    assert person.says("请重复一遍")[-1]["procedure"]["steps"] == outcome["procedure"]["steps"]


@pytest.mark.parametrize("word", ["back", "topic", "topics", "go back"])
def test_a_bare_word_does_not_make_it_forget(citizen: Open, word: str) -> None:
    person = citizen("en")
    person.says("my child's social security card was stolen")
    replies = person.says(word)
    assert "notice" not in statuses(replies)
    person.asked.clear()
    outcome = person.finishes(replies if replies[-1]["status"] == "question" else person.says("what do I need"), {})
    assert outcome["procedure"]["facts"].items() >= {"holder": "minor", "card_in_hand": "no"}.items()


def test_start_over_when_it_is_said(citizen: Open) -> None:
    person = citizen("en")
    person.says("my child's social security card was stolen")
    assert statuses(person.says("start over")) == ["notice"]
    person.asked.clear()
    person.finishes(person.says("how do I replace a lost social security card"), {})
    assert "holder" in person.asked


def test_anger_alone_and_with_a_question_inside(citizen: Open) -> None:
    person = citizen()
    (question,) = person.says("社保卡过期了怎么换")
    calm, again = person.says("你们什么垃圾东西")
    assert (calm["status"], again["question"]) == ("smalltalk", question["question"])
    other = citizen()
    replies = other.says("气死我了你们这些废物！我的社保卡丢了到底怎么补办")
    assert replies[0]["status"] == "notice"
    assert "抱歉" in replies[0]["text"]
    assert replies[-1]["question"]["topic"] == "lost-card"


@pytest.mark.parametrize(("language", "words"), [("zh", "转人工"), ("en", "I want to talk to a real person")])
def test_a_person_is_asked_for_in_the_middle(citizen: Open, language: str, words: str) -> None:
    person = citizen(language)
    person.says("社保卡丢了怎么补办" if language == "zh" else "I lost my social security card")
    (reply,) = person.says(words)
    assert reply["status"] == "handover"
    assert re.fullmatch(r"\d{6}", reply["case_code"])
    after = person.says("要带什么材料" if language == "zh" else "what documents do I need")
    assert after[-1]["status"] in ("question", "procedure")
    assert {reply["language"] for reply in after} == {language}
