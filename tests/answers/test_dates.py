"""The day a question is about, in both languages."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answers.dates import day_asked

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("明年1月办还是这样吗", "2027-01-01"),
        ("2027年3月去办", "2027-03-01"),
        ("明年三月十五日去", "2027-03-15"),
        ("1月份办呢", "2027-01-01"),
        ("12月5号去", "2026-12-05"),
        ("十一月办", "2026-11-22"),
        ("今天能办吗", "2026-11-22"),
        ("明天去要带什么", "2026-11-23"),
        ("后天", "2026-11-24"),
        ("大后天", "2026-11-25"),
        ("下周去", "2026-11-29"),
        ("下个月办", "2026-12-01"),
        ("今年年底", "2026-12-31"),
        ("明年呢", "2027-01-01"),
        ("后年呢", "2028-01-01"),
        ("2027-01-05", "2027-01-05"),
        ("卡2027年1月到期，明年3月去办", "2027-03-01"),
        ("what about January 2027", "2027-01-01"),
        ("in January", "2027-01-01"),
        ("on 5 January 2027", "2027-01-05"),
        ("January 5th, 2027", "2027-01-05"),
        ("from the 3rd of March", "2027-03-03"),
        ("tomorrow", "2026-11-23"),
        ("the day after tomorrow", "2026-11-24"),
        ("next week", "2026-11-29"),
        ("next month", "2026-12-01"),
        ("and next year?", "2027-01-01"),
        ("by the end of the year", "2026-12-31"),
        ("in 2028", "2028-01-01"),
    ],
)
def test_a_named_day_is_found(text: str, day: str) -> None:
    assert day_asked(text, TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "text",
    [
        "社保卡丢了",
        "我的卡明年1月到期",
        "2020年办的卡",
        "2月30日",
        "我等了3个月",
        "请拨打12333",
        "去年办的",
        "my card expires in January 2027",
        "it expired in March",
        "may I go in person",
        "valid until next year",
        "in 2019",
    ],
)
def test_other_days_are_not_what_is_asked_about(text: str) -> None:
    assert day_asked(text, TODAY) is None


def test_december_is_followed_by_january() -> None:
    assert day_asked("下个月", date(2026, 12, 31)) == date(2027, 1, 1)
