import pytest

from bot.answers.typed import place_of, typed_value
from bot.catalogue import Catalogue, load
from bot.settings import ROOT


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("1", 1),
        ("２", 2),
        ("3。", 3),
        ("第二个", 2),
        ("选第三项吧", 3),
        ("我选1", 1),
        ("两", 2),
        ("十", 10),
        ("十二", 12),
        ("二十一", 21),
        ("the first one", 1),
        ("option 2", 2),
        ("Number 10", 10),
        ("0", 0),
        ("", None),
        ("100", None),
        ("1天", None),
        ("一张卡", None),
        ("one", None),
        ("the card", None),
    ],
)
def test_the_number_of_a_choice(text: str, place: int | None) -> None:
    assert place_of(text) == place


@pytest.fixture(scope="module")
def knowledge() -> Catalogue:
    return load(ROOT / "knowledge")


@pytest.mark.parametrize(
    ("fact", "typed", "value"),
    [
        ("applicant", "我", "self"),
        ("applicant", "我自己吧", "self"),
        ("applicant", "嗯，自己去。", "self"),
        ("applicant", "me", "self"),
        ("applicant", "I think my wife", "agent"),
        ("holder", "大人的", "adult"),
        ("holder", "应该是孩子的吧", "minor"),
        ("employment", "退休了", "non_employee"),
        ("employment", "上班", "employee"),
        ("insurance", "employee", "employee"),
        ("insurance", "新农合", "resident"),
        ("second_generation_id", "有的", "yes"),
        ("card_in_hand", "it's gone", "no"),
        ("card_in_hand", "有", "yes"),
        ("special_status", "没有", "none"),
        ("information_issue", "后来变的", "changed_after_issue"),
        ("applicant", "我想问要多少钱", None),
        ("holder", "成年还是未成年", None),
    ],
)
def test_what_people_answer_in_a_word_or_two(knowledge: Catalogue, fact: str, typed: str, value: str | None) -> None:
    assert typed_value(knowledge.fact(fact), typed) == value


def test_every_value_that_is_asked_for_has_its_short_answers(knowledge: Catalogue) -> None:
    asked = [fact for fact in knowledge.facts.values() if fact.id != "region"]
    assert len(asked) == 8
    for fact in asked:
        for value in fact.values.values():
            assert value.answers.zh, (fact.id, value.id)
            assert value.answers.en, (fact.id, value.id)
            for answer in value.answers.both():
                assert typed_value(fact, answer) == value.id


@pytest.mark.parametrize(("typed", "value"), [("我", "agent"), ("I will", "agent"), ("本人", "self"), ("她自己", None)])
def test_me_is_an_agent_for_another_persons_card(knowledge: Catalogue, typed: str, value: str | None) -> None:
    assert typed_value(knowledge.fact("applicant"), typed, for_another=True) == value
