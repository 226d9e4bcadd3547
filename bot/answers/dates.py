"""The day a question is about: "明年1月办还是这样吗", "what about in January?"."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

_DIGITS = {digit: number for number, digit in enumerate("零一二三四五六七八九")}
_NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_YEAR = r"(?:(?P<year>20\d\d)年?|(?P<word>今年|明年|后年))"
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_OTHER_DAYS = re.compile(
    r"[\d年月日号份初底今明后去前零一二三四五六七八九十/.-]+(?:才|就|刚|要|快)?(?:到期|过期|失效|截止|出生|办的|发的|领的|丢的)"
    r"|\b(?:expire[sd]?|valid|born|issued|since|dated)\b(?:\s+(?:on|in|until|till|to|by))?"
    rf"(?:\s+(?:\d{{1,2}}(?:st|nd|rd|th)?|of|the|next|this|month|year|{_MONTH}|20\d\d)\b,?)+",
    re.IGNORECASE,
)
"""Days on which something runs out or was issued."""


def day_asked(text: str, today: date) -> date | None:
    """The first day named in ``text`` that is today or still to come; a month or year stands for its first day.

    A day on which something runs out or was issued is not the day the question is about.
    """
    text = _OTHER_DAYS.sub(" ", text)
    for pattern, read in _READERS:
        match = pattern.search(text)
        day = _safely(read, match, today) if match else None
        if day is not None:
            return day if day >= today else None
    return None


def _safely(read: Callable[[re.Match[str], date], date | None], match: re.Match[str], today: date) -> date | None:
    try:
        return read(match, today)
    except ValueError:  # a day that does not exist
        return None


def _iso(match: re.Match[str], today: date) -> date:
    return date(int(match["year"]), int(match["month"]), int(match["day"] or 1))


def _chinese(match: re.Match[str], today: date) -> date | None:
    year = int(match["year"]) if match["year"] else today.year + {"今年": 0, "明年": 1, "后年": 2}.get(match["word"], 0)
    named = bool(match["year"] or match["word"])
    if not match["month"]:
        return date(year, 1, 1) if year > today.year else None
    return _upcoming(year, _read(match["month"]), _read(match["day"]) if match["day"] else None, named, today)


def _english(match: re.Match[str], today: date) -> date:
    day = match["before"] or match["after"]
    year = int(match["year"]) if match["year"] else today.year
    return _upcoming(year, _MONTHS[match["month"].lower()], int(day) if day else None, bool(match["year"]), today)


def _upcoming(year: int, month: int, day: int | None, year_named: bool, today: date) -> date:
    """The day in that year; without a named year the next such day. The running month means today."""
    if (year, month) == (today.year, today.month) and day is None:
        return today
    found = date(year, month, day or 1)
    return found if year_named or found >= today else date(year + 1, month, day or 1)


def _read(number: str) -> int:
    """ "12" or "十二"."""
    if number.isdigit():
        return int(number)
    tens, ten, ones = number.rpartition("十") if "十" in number else ("", "", number)
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + (_DIGITS[ones] if ones else 0)


def _later(days: int) -> Callable[[re.Match[str], date], date]:
    return lambda match, today: today + timedelta(days=days)


def _next_month(match: re.Match[str], today: date) -> date:
    return date(today.year + today.month // 12, today.month % 12 + 1, 1)


def _next_year(match: re.Match[str], today: date) -> date:
    return date(today.year + 1, 1, 1)


def _year_end(match: re.Match[str], today: date) -> date:
    return date(today.year, 12, 31)


_Reader = tuple[re.Pattern[str], Callable[[re.Match[str], date], date | None]]


def _en(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)


_READERS: tuple[_Reader, ...] = (
    (re.compile(r"(?P<year>20\d\d)[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2}))?(?!\d)"), _iso),
    (re.compile(rf"{_YEAR}?(?P<month>{_NUMBER})月(?:份|初)?(?:(?P<day>{_NUMBER})[日号])?(?![份初\d])"), _chinese),
    (re.compile("今天|现在就"), _later(0)),
    (re.compile("大后天"), _later(3)),
    (re.compile("后天"), _later(2)),
    (re.compile("明天|明日"), _later(1)),
    (re.compile("下周|下个?星期|下礼拜"), _later(7)),
    (re.compile("下个?月"), _next_month),
    (re.compile("今?年底|年末"), _year_end),
    (
        _en(
            rf"(?:(?:in|by|from|until|next|this|on|after|for|starting|the)\s+|(?=\w+\s+\d)|(?=\d))"
            rf"(?:(?P<before>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<month>{_MONTH})\.?"
            rf"(?:\s+(?P<after>\d{{1,2}})(?:st|nd|rd|th)?(?!\d))?(?:,?\s+(?P<year>20\d\d))?"
        ),
        _english,
    ),
    (_en("day after tomorrow"), _later(2)),
    (_en("tomorrow"), _later(1)),
    (_en("today|right now"), _later(0)),
    (_en("next week"), _later(7)),
    (_en("next month"), _next_month),
    (_en("next year|the new year"), _next_year),
    (_en("(?:the )?end of (?:the|this) year"), _year_end),
    (re.compile(rf"(?<!\d){_YEAR}(?!\d)(?P<month>(?!))?(?P<day>(?!))?"), _chinese),
)
