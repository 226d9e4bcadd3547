"""Hide personal numbers in a message before anything stores, logs or forwards it.

Hidden, whether the number is valid or not: identity numbers of 15 and 18 characters, permits and passports, bank and
social security card numbers, mobile and landline numbers, e-mail addresses, and parts of them when the words say so
("身份证后四位是1234"). Kept: dates, fees, 12333, document and article numbers.

Works on normalised text (`bot.channels.text`): NFKC, so every digit, dash and X is half width.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.channels.sentences import Language, placeholder

# First two digits of an identity number: the province (GB/T 2260), 81–83 residence permits of HK, Macao and Taiwan,
# 91 foreigners' permanent residence.
_PROVINCE = "1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91"
_BIRTH_18 = re.compile(rf"(?:{_PROVINCE})\d{{4}}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_BIRTH_15 = re.compile(rf"(?:{_PROVINCE})\d{{4}}\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{{3}}")
_DATE_PART = re.compile(r"(?:19|20)\d\d(?:(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))?")
_HOTLINE = re.compile(r"1[0-2]\d{3}|9[56]\d{3}|11[0-9]|12[0-9]")

_SEPARATOR = r"[ \-‐–—−_.·・]"
_X = "[XxХх×]"  # Latin, Cyrillic, multiplication sign
_GAP = (
    r"(?:号码|号|最后|[后末尾前]|[四六八468]\s?位|位|数字|数|几|的|是|为|写|填|输|成|错|了|尾号"
    r"|\b(?:no|number|card|is|was|are|ends?|ending|in|with|the|last|first|four|six|digits?|of|my|[468])\b|[:=#,.\s])*"
)

_EMAIL = re.compile(r"[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+")
_STARRED = re.compile(rf"\d{{3,10}}\*{{3,12}}\d{{0,6}}{_X}?")
_CONTIGUOUS = re.compile(rf"\d{{15,}}{_X}?|\d{{14}}{_X}|\d{{14}}(?!\d)")
_SEPARATED = re.compile(rf"\d(?:{_SEPARATOR}{{0,2}}\d){{13,24}}(?:{_SEPARATOR}?{_X})?(?!\d)")
_MOBILE = re.compile(rf"(?<!\d)(?:(?:\+|00)?86{_SEPARATOR}?)?(1\d(?:{_SEPARATOR}?\d){{9}})(?!{_SEPARATOR}?\d)")
_LANDLINE = re.compile(
    rf"(?<![\d.])(?:\+\d{{1,3}}{_SEPARATOR}?(?:\d{_SEPARATOR}?){{7,12}}"
    rf"|\(?0\d{{2,3}}\)?{_SEPARATOR}?[1-9]\d{{2,3}}{_SEPARATOR}?\d{{4}}(?:(?:{_SEPARATOR}|转)\d{{1,6}})?)(?!\d)"
)
_PERMIT = re.compile(r"(?<![A-Za-z0-9])(?:[A-Za-z]{1,3}\d{7,12}|[A-Z]{1,2}\d{6}\([0-9A]\))(?![A-Za-z0-9])")
_ID_WORDS = r"身份证|社会?保障?号码?|公民身份号码|\bID(?:\s(?:card|number|no))?\b|identity\s(?:card|number)"
_NOT_A_COUNT = r"(?![\d年月日元岁个天块张次])"
_ID_PART = re.compile(rf"({_ID_WORDS})({_GAP})(\d(?:{_SEPARATOR}?\d){{3,13}}{_X}?|\d{{3}}{_X}){_NOT_A_COUNT}", re.I)
_CARD_PART = re.compile(
    rf"(银行卡|卡号|账号|账户|尾号|(?:card|account)\s(?:number|no))({_GAP})([A-Za-z]?\d(?:{_SEPARATOR}?\d){{3,13}})"
    rf"{_NOT_A_COUNT}",
    re.I,
)
_PERMIT_PART = re.compile(
    rf"(护照|通行证|居住证|台胞证|回乡证|居留证|passport|permit)({_GAP})([A-Z]{{0,3}}\d{{7,14}})", re.I
)
_PHONE_PART = re.compile(
    rf"(手机|电话|座机|联系方式|\b(?:phone|mobile|tel)\b)({_GAP})(?![48]00)(\d(?:{_SEPARATOR}?\d){{6,11}})(?!\d)", re.I
)
_LAST_DIGITS = re.compile(r"[后末尾前]|last|first|end", re.I)

Replace = Callable[[re.Match[str]], str]


def mask(text: str, language: Language) -> tuple[str, list[str]]:
    """Text with personal details replaced by placeholders, and the kinds found, in order (keys of sentences.KINDS)."""
    found: list[str] = []
    for pattern, kind_of in _RULES:
        text = pattern.sub(_replacing(kind_of, language, found), text)
    return text, list(dict.fromkeys(found))


def _replacing(kind_of: Callable[[re.Match[str]], str | None], language: Language, found: list[str]) -> Replace:
    def replace(match: re.Match[str]) -> str:
        kind = kind_of(match)
        if kind is None:
            return match.group()
        found.append(kind)
        kept = match.group(1) + match.group(2) if match.re in _PARTS else ""
        return kept + placeholder(kind, language)

    return replace


def _always(kind: str) -> Callable[[re.Match[str]], str | None]:
    return lambda match: kind


def _kind_of_digits(number: str) -> str | None:
    """What 14 or more digits in a row are; None for a time stamp such as 20240101120000."""
    has_x = not number[-1].isdigit()
    if has_x or len(number) in (15, 18) or _BIRTH_18.match(number):
        return "id_number"
    if len(number) == 14:
        return None
    return "bank_card" if len(number) <= 19 else "card_number"


def _contiguous(match: re.Match[str]) -> str | None:
    return _kind_of_digits(match.group())


def _separated(match: re.Match[str]) -> str | None:
    """An identity number in any grouping, or groups of three and more that are neither dates, hotlines nor amounts."""
    groups = re.findall(r"\d+", match.group())
    number = "".join(groups) + ("X" if not match.group()[-1].isdigit() else "")
    if _BIRTH_18.match(number) or (len(number) == 15 and _BIRTH_15.fullmatch(number)):
        return "id_number"
    if not 15 <= len(number) <= 19 or any(len(group) < 3 for group in groups[:-1]):
        return None
    if all(_DATE_PART.fullmatch(group) or _HOTLINE.fullmatch(group) or group.endswith("00") for group in groups):
        return None
    return _kind_of_digits(number)


def _starred(match: re.Match[str]) -> str | None:
    return "mobile" if match.group().startswith("1") and len(match.group()) <= 12 else "id_number"


def _mobile(match: re.Match[str]) -> str | None:
    groups = re.findall(r"\d+", match.group(1))
    return "mobile" if all(len(group) >= 3 for group in groups) else None


def _part(kind: str) -> Callable[[re.Match[str]], str | None]:
    """A number after a word that says what it is; a year or a date is one only when the words say 'the last digits'."""

    def kind_of(match: re.Match[str]) -> str | None:
        number = re.sub(r"\D", "", match.group(3))
        date = match.group(3)[-1].isdigit() and (_DATE_PART.fullmatch(number) or _HOTLINE.fullmatch(number))
        return None if date and not _LAST_DIGITS.search(match.group(2)) else kind

    return kind_of


_PARTS = {_ID_PART, _CARD_PART, _PERMIT_PART, _PHONE_PART}
_RULES: list[tuple[re.Pattern[str], Callable[[re.Match[str]], str | None]]] = [
    (_EMAIL, _always("email")),
    (_STARRED, _starred),
    (_CONTIGUOUS, _contiguous),
    (_SEPARATED, _separated),
    (_MOBILE, _mobile),
    (_LANDLINE, _always("landline")),
    (_PERMIT, _always("permit_number")),
    (_ID_PART, _part("id_number")),
    (_CARD_PART, _part("card_number")),
    (_PERMIT_PART, _part("permit_number")),
    (_PHONE_PART, _part("mobile")),
]
