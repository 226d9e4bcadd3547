"""Numbers and abbreviations as they are said, and a script of twenty seconds."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answers.official import official_text
from bot.answers.outcome import outcome
from bot.catalogue import Catalogue
from bot.catalogue.text import LANGUAGES, Language
from bot.console.script import SECONDS, script, seconds
from bot.console.spoken import chinese_number, english_number, spoken
from bot.procedures import decide

DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("请拨打12333咨询", "请拨打幺二三三三咨询"),
        ("拨0411-12345678", "拨零四幺幺幺二三四五六七八"),
        ("2026年1月15日起", "二零二六年一月十五日起"),
        ("2026-01-05", "二零二六年一月五日"),
        ("复印件2份，2月办", "复印件两份，二月办"),
        ("15个工作日", "十五个工作日"),
        ("3-5个工作日", "三到五个工作日"),
        ("工本费20元", "工本费二十元"),
        ("105人、110人、1005人", "一百零五人、一百一十人、一千零五人"),
        ("0.5元，50%", "零点五元，百分之五十"),
        ("用掌上12333 APP", "用掌上幺二三三三 A P P"),
        ("见 https://si.12333.gov.cn/x", "见 网站"),
    ],
)
def test_chinese(written: str, said: str) -> None:
    assert spoken(written, "zh") == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Call 12333.", "Call one two three three three."),
        ("within 15 working days", "within fifteen working days"),
        ("3-5 days", "three to five days"),
        ("20 yuan, 2.5 %", "twenty yuan, two point five percent"),
        ("from 2026-01-05", "from five January 2026"),
        ("in 2027", "in 2027"),
        ("an ID card at ICBC", "an I D card at I C B C"),
        ("e.g. 342 cards", "for example three hundred and forty-two cards"),
    ],
)
def test_english(written: str, said: str) -> None:
    assert spoken(written, "en") == said


@pytest.mark.parametrize(("number", "said"), [("0", "零"), ("10", "十"), ("20", "二十"), ("101", "一百零一")])
def test_chinese_numbers(number: str, said: str) -> None:
    assert chinese_number(number) == said


@pytest.mark.parametrize(("number", "said"), [("0", "zero"), ("21", "twenty-one"), ("1000", "one thousand")])
def test_english_numbers(number: str, said: str) -> None:
    assert english_number(number) == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_topic_has_a_script_of_twenty_seconds_without_digits(real: Catalogue, language: Language) -> None:
    for topic in real.topics:
        for facts in ({}, {"region": "dalian", "applicant": "agent", "holder": "adult"}):
            told = outcome(real, decide(real, topic, facts, DAY), language, official_text)
            made = script(told["procedure"], language)
            assert made.seconds <= SECONDS, topic
            assert made.seconds == pytest.approx(seconds(made.text, language), abs=0.05)
            assert made.text.count("。" if language == "zh" else ".") >= 1, (topic, made.text)
            assert "http" not in made.text
            if language == "zh":
                assert not any(character.isdigit() for character in made.text), made.text


def test_english_names_begin_small_inside_a_sentence_and_abbreviations_do_not() -> None:
    documents = [{"id": "a", "text": "The expired card"}, {"id": "b", "text": "ID card"}]
    places = [{"name": "A service window"}]
    made = script({"title": "Expired", "documents": documents, "steps": [], "places": places}, "en")
    assert "bring the expired card, I D card." in made.text
    assert "Go to a service window." in made.text


def test_more_documents_than_can_be_said_are_announced() -> None:
    documents = [{"id": str(n), "text": f"持卡人的某种证明材料第{n}种"} for n in range(1, 9)]
    procedure = {"title": "补卡", "documents": documents, "steps": [], "places": []}
    made = script(procedure, "zh")
    assert "另外还有" in made.text
    assert made.seconds <= SECONDS


def test_what_depends_on_an_open_fact_is_left_to_the_full_text() -> None:
    documents = [{"id": "a", "text": "身份证"}, {"id": "b", "text": "户口簿", "only_if": "如果持卡人未成年"}]
    made = script({"title": "补卡", "documents": documents, "steps": [], "places": []}, "zh")
    assert "身份证" in made.text
    assert "户口簿" not in made.text
