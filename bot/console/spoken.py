"""Text as an operator says it: numbers in words, telephone numbers digit by digit, abbreviations by their letters."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Callable

from bot.catalogue.text import Language

_ZH_DIGITS = "零一二三四五六七八九"
_ZH_PHONE = "零幺二三四五六七八九"
_ZH_UNITS = ("", "十", "百", "千")
_COUNTED = "份个张次天年月人项种家位条"
"""Words before which two is 两."""
_PHONE = re.compile(r"(?<![\d.])(?:0\d{2,3}-?\d{7,8}|12\d{3}|9[56]\d{3}|400-?\d{3}-?\d{4})(?![\d.元年月日天个份])")
_YEAR = re.compile(r"(?<!\d)(\d{4})(?=年)")
_RANGE = re.compile(r"(?<=\d)\s*[-–~～至]\s*(?=\d)")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_LETTERS = re.compile(r"(?<![A-Za-z])[A-Z]{2,5}(?![A-Za-z])")
_URL = re.compile(r"https?://\S+|\b(?:[a-z0-9-]+\.)+(?:cn|com|org|net)\b(?:/\S*)?", re.IGNORECASE)
_EN_ONES: list[str] = re.findall(
    r"\w+",
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen",
)
_EN_TENS: tuple[str, ...] = ("", "", *re.findall(r"\w+", "twenty thirty forty fifty sixty seventy eighty ninety"))
_SHORT = {"e.g.": "for example", "i.e.": "that is", "No.": "number", "etc.": "and so on", "&": "and"}


def spoken(text: str, language: Language) -> str:
    """The text to say aloud."""
    return _chinese(text) if language == "zh" else _english(text)


def _chinese(text: str) -> str:
    text = _URL.sub("网站", text)
    text = _ISO.sub(lambda m: f"{m[1]}年{int(m[2])}月{int(m[3])}日", text)
    text = _PHONE.sub(lambda m: _digits(m[0], _ZH_PHONE), text)
    text = _YEAR.sub(lambda m: _digits(m[1], _ZH_DIGITS), text)
    text = re.sub(r"(\d+(?:\.\d+)?)\s*%", r"百分之\1", text)
    text = _NUMBER.sub(_counted, _RANGE.sub("到", text))
    return _LETTERS.sub(_spelled, text)


def _english(text: str) -> str:
    text = _URL.sub("the website", text)
    for short, long in _SHORT.items():
        text = text.replace(short, long)
    text = _ISO.sub(lambda m: f"{int(m[3])} {month_name[int(m[2])]} {m[1]}", text)
    text = _PHONE.sub(lambda m: _by_digit(m[0]), text)
    text = re.sub(r"(\d+(?:\.\d+)?)\s*%", r"\1 percent", text)
    text = re.sub(
        r"\d+(?:\.\d+)?", lambda m: m[0] if _is_year(m[0]) else english_number(m[0]), _RANGE.sub(" to ", text)
    )
    return _LETTERS.sub(_spelled, text)


def _spelled(match: re.Match[str]) -> str:
    return " ".join(match[0])


def _digits(number: str, names: str) -> str:
    return "".join(names[int(digit)] for digit in number if digit.isdigit())


def _counted(match: re.Match[str]) -> str:
    after = match.string[match.end() : match.end() + 1]
    return "两" if match[0] == "2" and after and after in _COUNTED and after != "月" else chinese_number(match[0])


def chinese_number(number: str) -> str:
    """ "20" → 二十, "0.5" → 零点五; five digits and more digit by digit."""
    whole, _, rest = number.partition(".")
    said = _digits(whole, _ZH_DIGITS) if len(whole) > 4 else _chinese_whole(int(whole))
    return said + ("点" + _digits(rest, _ZH_DIGITS) if rest else "")


def _chinese_whole(value: int) -> str:
    if value == 0:
        return "零"
    digits, gap = str(value), False
    parts: list[str] = []
    for place, digit in enumerate(digits):
        unit = _ZH_UNITS[len(digits) - place - 1]
        if digit == "0":
            gap = bool(parts)
            continue
        parts.append(("零" if gap else "") + _ZH_DIGITS[int(digit)] + unit)
        gap = False
    said = "".join(parts)
    return said[1:] if said.startswith("一十") else said


def _is_year(number: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d", number))


def english_number(number: str) -> str:
    """ "20" → twenty, "2.5" → two point five; five digits and more digit by digit."""
    whole, _, rest = number.partition(".")
    said = _by_digit(whole) if len(whole) > 4 else _english_whole(int(whole))
    return said + (" point " + _by_digit(rest) if rest else "")


def _by_digit(digits: str) -> str:
    return " ".join(_EN_ONES[int(digit)] for digit in digits if digit.isdigit())


def _english_whole(value: int) -> str:
    if value < 20:
        return _EN_ONES[value]
    if value < 100:
        return _EN_TENS[value // 10] + (f"-{_EN_ONES[value % 10]}" if value % 10 else "")
    size, name = (1000, "thousand") if value >= 1000 else (100, "hundred")
    rest: Callable[[int], str] = _english_whole
    return f"{_EN_ONES[value // size]} {name}" + (f" and {rest(value % size)}" if value % size else "")
