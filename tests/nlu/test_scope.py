"""Statements, denials, suppositions; places and residences."""

from __future__ import annotations

import pytest

from bot.catalogue import Catalogue
from bot.nlu.places import is_only_residence, is_place
from bot.nlu.said import SaidFinder
from bot.nlu.scope import is_denied, is_supposed, is_what_if


@pytest.mark.parametrize(
    ("text", "words", "denied"),
    [
        ("我不是职工", "职工", True),
        ("不是给孩子办", "给孩子", True),
        ("不是我，孩子去", "孩子", False),
        ("i am not a student", "student", True),
        ("not me but my wife", "my wife", False),
        ("i have it, not the old one", "i have", False),
    ],
)
def test_only_what_stands_right_after_a_denial_is_denied(text: str, words: str, denied: bool) -> None:
    assert is_denied(text, text.index(words)) is denied


@pytest.mark.parametrize(
    ("text", "words", "supposed"),
    [
        ("如果卡丢了怎么办", "卡丢了", True),
        ("卡丢了，如果要补呢", "卡丢了", False),
        ("退休以后还能用吗", "退休", True),
        ("改了号码以后刷不了卡", "改了号码", False),
        ("what if i lose it", "lose it", True),
        ("i lost it, what if somebody uses it", "lost it", False),
    ],
)
def test_what_is_only_supposed_is_no_fact(text: str, words: str, supposed: bool) -> None:
    start = text.index(words)
    assert is_supposed(text, start, start + len(words)) is supposed


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("那要是我自己去呢？", True),
        ("what if i go myself?", True),
        ("and what if she is under 16", True),
        ("如果卡丢了怎么办", False),
        ("如果我自己去，要带什么呢", False),
        ("i lost it, what if i go myself", False),
    ],
)
def test_a_message_that_only_asks_how_it_would_be_otherwise(text: str, whole: bool) -> None:
    assert is_what_if(text) is whole


def test_a_street_a_bank_and_a_clock_are_no_places() -> None:
    assert not is_place("中山路那家", 0, 2)
    assert not is_place("北京时间八点", 0, 2)
    assert not is_place("shanghai road", 0, 8)
    assert not is_place("the bank of shanghai", 12, 20)
    assert is_place("中山的卡", 0, 2)
    assert is_place("in shanghai, please", 3, 11)


def test_living_somewhere_is_told_apart_from_the_card_s_place() -> None:
    assert is_only_residence("人在广州", 2, 4)
    assert is_only_residence("i live in wuhan", 10, 15)
    assert is_only_residence("我在广州上班", 2, 4)
    assert is_only_residence("i work in wuhan", 10, 15)
    assert not is_only_residence("在广州办的", 1, 3)
    assert not is_only_residence("卡是广州的", 2, 4)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("不是我去，是我姐去", {"applicant": "agent"}),
        ("不对，是给我女儿办，她才七岁", {"holder": "minor"}),
        ("本来打算自己去的，改成让我媳妇去", {"applicant": "agent"}),
        ("我不是职工，是灵活就业的", {"employment": "non_employee"}),
        ("家里吃低保，没工作，想办卡", {"employment": "non_employee", "special_status": "low_income"}),
        ("合肥的卡，人在广州", {"region": "hefei"}),
        ("人在广州", {"region": "guangzhou"}),
        ("I live in Zhongshan, Guangdong", {"region": "zhongshan"}),
        ("要是身份证丢了还能办吗", {}),
        ("别人能替我去吗", {}),
        ("not employee insurance but the resident one", {"insurance": "resident"}),
        ("can someone else go for me?", {}),
        ("那要是让我儿子去呢", {"applicant": "agent"}),
        ("what if I go myself?", {"applicant": "self"}),
        ("如果是小孩的卡呢", {"holder": "minor"}),
        ("what if I lose my card?", {}),
        ("老人的，我去", {"holder": "adult"}),
        ("老人的,我去", {"holder": "adult"}),
    ],
)
def test_denials_corrections_and_questions_in_the_real_words(real: Catalogue, text: str, facts: dict[str, str]) -> None:
    found = {said.name: said.value for said in SaidFinder(real).find(text) if said.name != "aspect"}
    assert found == facts
