"""Whole conversations over HTTP, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.e2e.conftest import Citizen

pytestmark = pytest.mark.servers
Open = Callable[..., Citizen]

SEEDS: dict[str, tuple[str, str, dict[str, str], str]] = {
    "card-expired": (
        "我的社保卡过期了，怎么换",
        "my social security card has expired, how do I get a new one",
        {"applicant": "self", "holder": "adult", "region": "elsewhere"},
        "collect-with-receipt",
    ),
    "id-card-renewed": (
        "身份证换了新的，社保卡信息要更新吗",
        "I renewed my identity card, do I have to update the social security card",
        {"applicant": "self", "holder": "adult"},
        "update-insurance-record",
    ),
    "id-number-wrong": (
        "社保卡上的身份证号码错了怎么改",
        "the ID number on my social security card is wrong",
        {"information_issue": "changed_after_issue", "insurance": "employee", "region": "elsewhere"},
        "employee-change",
    ),
    "temporary-card-expired": (
        "临时社保卡到期了怎么办理",
        "my temporary social security card has expired",
        {"card_in_hand": "yes", "holder": "adult", "second_generation_id": "yes", "special_status": "none"},
        "return-temporary-card",
    ),
    "first-application": (
        "我还没有社保卡，第一次要怎么申请",
        "how do I apply for my first social security card",
        {"holder": "adult", "employment": "non_employee", "region": "dalian"},
        "dalian-collect-at-street",
    ),
    "check-personal-info": (
        "做社保卡之前怎么核对个人基本信息",
        "how do I check my personal information before the card is made",
        {"employment": "employee", "region": "dalian"},
        "dalian-check-through-employer",
    ),
    "collect-card": (
        "社保卡做好了去哪里领",
        "my social security card is ready, where do I collect it",
        {"employment": "student", "region": "dalian"},
        "dalian-collect-through-employer",
    ),
    "activation": (
        "社保卡怎么开通激活",
        "how do I activate my social security card",
        {"holder": "minor", "region": "elsewhere"},
        "guardian-at-bank",
    ),
}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("topic", SEEDS)
def test_every_seed_matter_ends_in_its_procedure(citizen: Open, real: Any, topic: str, language: str) -> None:
    zh, en, answers, step = SEEDS[topic]
    person = citizen(language)
    outcome = person.finishes(person.says(zh if language == "zh" else en), answers)
    assert (outcome["status"], outcome["language"]) == ("procedure", language)
    procedure = outcome["procedure"]
    assert procedure["topic"] == topic
    assert step in {entry["id"] for entry in procedure["steps"]}
    assert procedure["documents"]
    assert procedure["legal_basis"][0]["law"] != "social-insurance-law"
    assert "12333" in outcome["text"]
    assert len(person.asked) == len(set(person.asked))
    said = {fact: value for fact, value in answers.items() if fact in person.asked}
    assert procedure["facts"].items() >= said.items()
    if any(source["confidence"] == "unconfirmed" for source in procedure["sources"]):
        assert real.say("confirm_unconfirmed").say(language) in outcome["text"]


@pytest.mark.parametrize(("text", "language"), [("社保卡有什么用", "zh"), ("what is a social security card for", "en")])
def test_what_the_card_is(citizen: Open, text: str, language: str) -> None:
    (reply,) = citizen(language).says(text)
    assert (reply["status"], reply["language"]) == ("passages", language)
    assert 1 <= len(reply["passages"]) <= 3
    assert reply["procedure"]["topic"] == "about-the-card"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh", "我的社保卡过期了，我想让我妈去办"),
        ("en", "my social security card has expired and my mother will go for me"),
    ],
)
def test_facts_of_the_first_message_are_never_asked(citizen: Open, language: str, text: str) -> None:
    person = citizen(language)
    outcome = person.finishes(person.says(text), {"holder": "adult", "region": "elsewhere"})
    assert outcome["procedure"]["topic"] == "card-expired"
    assert outcome["procedure"]["facts"]["applicant"] == "agent"
    assert "applicant" not in person.asked
    documents = {entry["id"] for entry in outcome["procedure"]["documents"]}
    assert documents >= {"holder-id", "agent-id"}
    assert "apply-through-agent" in {entry["id"] for entry in outcome["procedure"]["steps"]}


def test_several_facts_at_once(citizen: Open) -> None:
    person = citizen()
    first = person.says("孩子的社保卡丢了，卡在乌鲁木齐办的")
    outcome = person.finishes(first, {})
    assert outcome["procedure"]["topic"] == "lost-card"
    assert (
        outcome["procedure"]["facts"].items() >= {"holder": "minor", "region": "urumqi", "card_in_hand": "no"}.items()
    )
    assert set(person.asked).isdisjoint({"holder", "region", "card_in_hand"})


def test_only_my_card_expired_is_asked_which(citizen: Open) -> None:
    person = citizen()
    (reply,) = person.says("卡过期了")
    assert reply["status"] == "clarify"
    assert {choice["topic"] for choice in reply["choices"]} == {
        *("card-expired", "id-card-renewed", "temporary-card-expired"),
    }
    (question,) = person.chooses(reply, "temporary-card-expired")
    assert question["question"]["topic"] == "temporary-card-expired"


def test_an_interruption_is_answered_and_the_question_comes_again(citizen: Open) -> None:
    person = citizen()
    (question,) = person.says("社保卡丢了怎么补办，我自己去")
    thanks, again = person.says("谢谢你")
    assert (thanks["status"], again["status"]) == ("smalltalk", "question")
    assert again["question"] == question["question"]
    outcome = person.finishes([again], {"holder": "adult", "card_in_hand": "no", "region": "dalian"})
    assert outcome["procedure"]["region"] == "dalian"


def test_an_aspect_in_the_middle_and_after(citizen: Open) -> None:
    person = citizen()
    (question,) = person.says("社保卡丢了怎么补办")
    told, again = person.says("大概要多少钱呢")
    assert told["procedure"]["aspect"] == "fee"
    assert again["question"]["fact"] == question["question"]["fact"]
    person.finishes([again], {})
    (after,) = person.says("法律依据是什么")
    assert after["status"] in ("procedure", "passages")
    assert "第" in after["text"]


def test_a_fact_is_changed_and_only_what_depends_on_it_asked(citizen: Open) -> None:
    person = citizen()
    answers = {"applicant": "agent", "holder": "adult", "region": "elsewhere"}
    before = person.finishes(person.says("社保卡过期了怎么换"), answers)
    assert "agent-id" in {entry["id"] for entry in before["procedure"]["documents"]}
    person.asked.clear()
    after = person.finishes(person.says("其实是孩子的卡"), answers)
    assert after["procedure"]["facts"]["holder"] == "minor"
    assert "guardian-id" in {entry["id"] for entry in after["procedure"]["documents"]}
    assert person.asked == []


def test_i_do_not_know_shows_both_branches(citizen: Open) -> None:
    person = citizen("en")
    outcome = person.finishes(person.says("my social security card has expired"), {})
    assert set(outcome["procedure"]["unknown"]) <= {"applicant", "holder", "region"}
    assert any("only_if" in entry for entry in outcome["procedure"]["documents"])
    assert "if the" in outcome["text"]


def test_typing_instead_of_choosing(citizen: Open) -> None:
    person = citizen("en")
    (question,) = person.says("my social security card has expired")
    label = next(choice["title"] for choice in question["choices"] if choice["value"] != "unknown")
    replies = person.says(label.upper())
    assert replies[-1].get("question", {}).get("fact") != question["question"]["fact"]


def test_the_law_is_quoted(citizen: Open) -> None:
    (reply,) = citizen().says("社会保险法第五十八条是怎么规定的")
    assert reply["status"] == "passages"
    assert reply["passages"][0]["law"] == "social-insurance-law"
    assert reply["passages"][0]["article"] == "58"


@pytest.mark.parametrize("text", ["明天会下雨吗", "write me a poem about the sea"])
def test_what_is_not_ours_is_not_guessed(citizen: Open, text: str) -> None:
    (reply,) = citizen(None).says(text)
    assert reply["status"] == "abstain"
    assert "12333" in reply["text"]


def test_a_near_miss_names_the_right_authority(citizen: Open) -> None:
    (reply,) = citizen().says("护照怎么办理")
    assert reply["status"] == "abstain"
    assert "公安" in reply["text"]


def test_a_person_gets_a_code(citizen: Open) -> None:
    person = citizen()
    person.says("社保卡丢了怎么补办")
    (reply,) = person.says("我要找人工客服")
    assert reply["status"] == "handover"
    assert reply["case_code"] in reply["text"]
    assert person.says("你好")[-1]["status"] == "smalltalk"


def test_starting_over_forgets_everything(citizen: Open) -> None:
    person = citizen()
    person.says("孩子的社保卡丢了")
    (reply,) = person.says("重新开始")
    assert reply["status"] == "notice"
    person.asked.clear()
    person.finishes(person.says("社保卡丢了怎么补办"), {"holder": "adult"})
    assert "holder" in person.asked


def test_traditional_characters_are_read_and_simplified_written(citizen: Open) -> None:
    person = citizen()
    outcome = person.finishes(person.says("我的社會保障卡過期了怎麼換"), {})
    assert outcome["procedure"]["topic"] == "card-expired"
    assert outcome["language"] == "zh"


def test_the_language_follows_the_writer(citizen: Open) -> None:
    person = citizen(None)
    assert "English" in person.greeting[0]["text"]
    assert person.says("my 社保卡 expired last month")[0]["language"] == "en"
    assert person.says("那要带什么材料")[0]["language"] == "zh"
    assert person.says("please speak English")[0]["language"] == "en"
