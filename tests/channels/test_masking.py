"""What is hidden and what is kept: `masking_cases.yml`, and made-up texts by the thousand. Every number is made up."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.channels.id_check import check_digit, judge
from bot.channels.masking import hide, mask
from bot.channels.personal_data import PARTS, RULES, WHOLE
from bot.channels.sentences import KINDS, VERDICTS, masked_notice
from bot.channels.text import language_of, normalise, prepare
from bot.evaluation.security.masking import measure

CASES: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "masking_cases.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES["hidden"], ids=lambda case: case["typed"])
def test_hidden(case: dict[str, Any]) -> None:
    text = normalise(case["typed"])
    hidden = hide(text, language_of(text) or "zh")
    assert hidden.text == case["stored"]
    assert hidden.kinds
    assert list(hidden.verdicts) == case.get("verdicts", [])


@pytest.mark.parametrize("typed", CASES["kept"])
def test_kept(typed: str) -> None:
    text = normalise(typed)
    assert mask(text, "zh") == (text, [])


def test_the_table_covers_every_rule_and_every_verdict() -> None:
    seen = {verdict for case in CASES["hidden"] for verdict in case.get("verdicts", ())}
    assert seen == set(VERDICTS)
    texts = [normalise(case["typed"]) for case in CASES["hidden"]]
    unused = [pattern.pattern for pattern, kind_of in RULES if not any(map(kind_of, _matches(pattern, texts)))]
    assert unused == []
    patterns = {pattern for pattern, _ in RULES}
    assert patterns >= PARTS
    assert patterns >= WHOLE


def _matches(pattern: Any, texts: list[str]) -> list[Any]:
    return [match for text in texts for match in pattern.finditer(text)]


def test_kinds_are_named_once_in_order() -> None:
    text = "110105199001011234 和 110105199001011235，手机13800138000"
    assert mask(text, "zh")[1] == ["id_number", "mobile"]


def test_masked_text_is_left_alone() -> None:
    for case in CASES["hidden"]:
        text = normalise(case["typed"])
        masked, _kinds = mask(text, "zh")
        assert mask(masked, "zh") == (masked, [])


@pytest.mark.parametrize("seed", [7, 8])
def test_recall_and_false_masks_on_made_up_texts(seed: int) -> None:
    measured = measure(seed)
    assert measured.recall >= 0.995, measured.missed[:10]
    assert measured.false <= 0.005, measured.wrong[:10]
    assert measured.median <= 0.3  # milliseconds


@pytest.mark.parametrize(
    "text", ["1 " * 1000, "1-" * 1000, "1" * 2000, "身份证" * 600, "a@" * 900, "1*" * 900, "号码" * 900, "我叫王" * 600]
)
def test_no_text_takes_long(text: str) -> None:
    start = time.perf_counter()
    mask(text, "zh")
    assert time.perf_counter() - start < 0.1


@pytest.mark.parametrize(
    ("number", "verdict"),
    [
        ("11010519491231002X", "plausible"),  # the standard's own example
        ("440524188001010014", "plausible"),  # another of the standard's
        ("110105194912310020", "check_digit"),
        ("11010519491331002X", "birth_date"),
        ("110105190002290017", "birth_date"),  # 1900 was no leap year
        ("200105194912310029", "place"),
        ("1101051949123100", "length"),
        ("110105491231002", "old_form"),
        ("110105491331002", "birth_date"),
    ],
)
def test_what_is_wrong_with_a_number(number: str, verdict: str) -> None:
    assert judge(number) == verdict


def test_every_wrong_check_digit_is_noticed() -> None:
    right = check_digit("11010519491231002")
    wrong = [sign for sign in "0123456789X" if judge(f"11010519491231002{sign}") != "plausible"]
    assert len(wrong) == 10
    assert right not in wrong


def test_a_person_is_told_whether_the_number_could_be_one_and_nothing_of_it() -> None:
    prepared = prepare("我的号码是110105194912310021，我妈的是11010519491231002X", "zh")
    assert prepared.verdicts == ("check_digit", "plausible")
    said = masked_notice(list(prepared.masked), "zh", prepared.verdicts)
    first, one, two = said.splitlines()
    assert first.startswith("为保护您的隐私，您消息中的身份证号码已隐去")
    assert one == "身份证号码 1：最后一位校验码与前面的数字对不上，可能有一位写错了，请逐位核对。"
    assert two.startswith("身份证号码 2：位数、出生日期和校验码都符合编码规则")
    assert "1101" not in said
    alone = masked_notice(["id_number"], "en", ("length",))
    assert "ID number: its length is wrong" in alone


def test_every_verdict_and_kind_is_said_in_both_languages() -> None:
    for sentences in (*VERDICTS.values(), *KINDS.values()):
        assert set(sentences) == {"zh", "en"}
        assert all(sentences.values())
