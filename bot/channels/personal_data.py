"""What personal numbers and names look like: patterns, and what kind a match is.

`bot/widget/masking.js` is the same, rule by rule, for the browser; `tests/channels/masking_cases.yml` holds both to it.
For that, patterns are plain enough for both languages and match ASCII letters, digits and word borders only.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.channels.id_check import PROVINCES

_PROVINCE = "|".join(sorted(PROVINCES))
_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_BIRTH_18 = re.compile(rf"(?:{_PROVINCE}|9\d)\d{{4}}(?:19|20)\d\d{_DAY}", re.A)
_BIRTH_15 = re.compile(rf"(?:{_PROVINCE})\d{{6}}{_DAY}\d{{3}}", re.A)
_DATE_PART = re.compile(rf"(?:19|20)\d\d(?:{_DAY})?", re.A)
_HOTLINE = re.compile(r"1[0-2]\d{3}|9[56]\d{3}|11\d|12\d", re.A)

_ABROAD = re.compile(r"00861\d{10}", re.A)

_SEPARATOR = r"[ \-‐–—_.·・]"
_ANY_SEPARATOR = r"[ \-‐–—_.·・,/、|]"
_X = "[XxХх×]"  # Latin, Cyrillic, multiplication sign
_HAN_DIGIT = "[〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]"
_GAP = (
    r"(?:号码|号|最后|[后末尾前]|[四六八468] ?位|位|数字|数|几|的|是|系|为|写|填|输|成|错|了|尾号"
    r"|\b(?:no|number|card|is|was|are|ends?|ending|in|with|the|last|first|four|six|digits?|of|my|[468])\b|[:=#,. ])*"
)
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪"
    "范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_SURNAME = f"(?:欧阳|上官|司马|诸葛|司徒|东方|慕容|[{_SURNAMES}])"

EMAIL = re.compile(r"[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+")
STARRED = re.compile(rf"\d{{3,10}}\*{{3,12}}\d{{0,6}}{_X}?", re.A)
CONTIGUOUS = re.compile(rf"\d{{15,}}{_X}?|\d{{14}}{_X}|\d{{14}}(?!\d)", re.A)
SEPARATED = re.compile(rf"\d(?:{_ANY_SEPARATOR}{{0,3}}\d){{13,24}}(?:{_ANY_SEPARATOR}?{_X})?(?!\d)", re.A)
MOBILE = re.compile(
    rf"(?<!\d)(?:\(?(?:\+|00)?86\)?{_SEPARATOR}{{0,2}})?(1{_SEPARATOR}?\d(?:{_SEPARATOR}?\d){{9}})(?!{_SEPARATOR}?\d)",
    re.A,
)
LANDLINE = re.compile(
    rf"(?<![\d.])(?:\+\d{{1,3}}{_SEPARATOR}?(?:\d{_SEPARATOR}?){{7,12}}"
    rf"|\(?0\d{{2,3}}\)?{_SEPARATOR}?[1-9]\d{{2,3}}{_SEPARATOR}?\d{{4}}(?:(?:{_SEPARATOR}|转)\d{{1,6}})?)(?!\d)",
    re.A,
)
PERMIT = re.compile(
    r"(?<![A-Za-z0-9])(?:[A-Za-z]{1,3}\d{7,12}|[HMCEGTPDShmcegtpds][A-Za-z]? \d{7,10}|[A-Za-z]{1,2}\d{6} ?\([0-9Aa]\)"
    r"|[A-Z]{3} ?\d{4} \d{4} \d{4}|[157]\d{6} ?\(\d\)|[157]/\d{6}/\d)(?![A-Za-z0-9])",
    re.A,
)
SPOKEN = re.compile(f"{_HAN_DIGIT}{{7,}}")
_ID_WORDS = r"身[份分]证|社会?保障?号码?|公民身份号码|\bID(?: (?:card|number|no))?\b|identity (?:card|number)"
_NOT_A_COUNT = r"(?![\d年月日元岁个天块张次])"
ID_PART = re.compile(
    rf"({_ID_WORDS})({_GAP})(\d(?:{_SEPARATOR}?\d){{3,13}}{_X}?|\d{{3}}{_X}){_NOT_A_COUNT}", re.I | re.A
)
CARD_PART = re.compile(
    rf"(银行卡|卡号|账号|账户|尾号|(?:card|account) (?:number|no))({_GAP})([A-Za-z]?\d(?:{_SEPARATOR}?\d){{3,13}})"
    rf"{_NOT_A_COUNT}",
    re.I | re.A,
)
PERMIT_PART = re.compile(
    rf"(护照|通行证|居住证|台胞证|回乡证|居留证|永居证|passport|permit)({_GAP})"
    rf"([A-Z]{{0,3}} ?\d(?:{_SEPARATOR}?\d){{6,13}})(?!\d)",
    re.I | re.A,
)
PHONE_PART = re.compile(
    rf"(手机|电话|座机|联系方式|\b(?:phone|mobile|tel)\b)({_GAP})(?![48]00)(\d(?:{_SEPARATOR}?\d){{6,11}})(?!\d)",
    re.I | re.A,
)
NAME = re.compile(
    rf"(我叫|名叫|名字[是叫]|姓名)([是为: ]{{0,2}})({_SURNAME}[一-鿿]{{1,2}}|[一-鿿]{{2,6}}(?:·[一-鿿]{{2,6}})+)"
    r"(?=[,。.!?;、~ \[]|的|今年|$)"
)
NAME_EN = re.compile(r"([Mm]y name(?: is|'s|’s)|[Ii] am called)( )([A-Z][a-z]+(?: [A-Z][a-z]+){1,2})(?![A-Za-z])")
_LAST_DIGITS = re.compile(r"[后末尾前]|last|first|end", re.I)

KindOf = Callable[[re.Match[str]], str | None]


def digits_of(text: str) -> str:
    """The digits of a match in one row, with a final X if it has one."""
    ends_with_x = not text[-1].isdigit()
    return "".join(sign for sign in text if sign.isdigit()) + ("X" if ends_with_x else "")


def kind_of_digits(number: str) -> str | None:
    """What 14 or more digits in a row are; None for a time stamp such as 20240101120000."""
    if _ABROAD.fullmatch(number):
        return "mobile"
    if _BIRTH_18.match(number) or (not number.startswith("62") and (number[-1] == "X" or len(number) in (15, 18))):
        return "id_number"
    if len(number) == 14:
        return None
    return "bank_card" if len(number) <= 19 else "card_number"


def contiguous(match: re.Match[str]) -> str | None:
    """Kind of a number without gaps."""
    return kind_of_digits(digits_of(match.group()))


def separated(match: re.Match[str]) -> str | None:
    """An identity number in any grouping, or groups that are neither dates, hotlines nor amounts."""
    groups = re.findall(r"\d+", match.group())
    number = digits_of(match.group())
    listed = re.search("[,/、|]", match.group())
    if _BIRTH_18.match(number) and (not listed or 17 <= len(number) <= 19):
        return "id_number"
    if listed or not 15 <= len(number) <= 19:
        return None
    if _BIRTH_15.fullmatch(number) or _is_grouped_like_one([len(group) for group in groups]):
        return kind_of_digits(number)
    if any(len(group) < 3 for group in groups[:-1]) and not number.startswith("62"):
        return None
    if all(_DATE_PART.fullmatch(group) or _HOTLINE.fullmatch(group) or group.endswith("00") for group in groups):
        return None
    return kind_of_digits(number)


def _is_grouped_like_one(sizes: list[int]) -> bool:
    """Whether groups are those of an identity number, whatever its digits are, or single digits."""
    *first, last = sizes
    return (first in ([6, 8], [6, 4, 2, 2], [6, 4, 4]) and 3 <= last <= 5) or set(first) == {1}


def starred(match: re.Match[str]) -> str | None:
    """Kind of a number somebody hid in part."""
    return "mobile" if match.group().startswith("1") and len(match.group()) <= 12 else "id_number"


def mobile(match: re.Match[str]) -> str | None:
    """A mobile number, however it is grouped; short groups need a first one like 138."""
    sizes = [len(group) for group in re.findall(r"\d+", match.group(1))]
    spelled = set(sizes) == {1} and match.group(1)[2] in "3456789"
    return "mobile" if min(sizes) >= 3 or spelled or (sizes[0] == 3 and min(sizes) == 2) else None


def spoken(match: re.Match[str]) -> str | None:
    """Kind of a number written with Chinese digits."""
    length = len(match.group())
    if length >= 15:
        return "id_number" if length in (15, 17, 18) else "bank_card"
    return "mobile" if length == 11 and match.group()[0] in "一幺壹" else "card_number"


def part(kind: str) -> KindOf:
    """A number after a word that says what it is; a year or a date is one only when the words say 'the last digits'."""

    def kind_of(match: re.Match[str]) -> str | None:
        number = re.sub(r"\D", "", match.group(3))
        date = match.group(3)[-1].isdigit() and (_DATE_PART.fullmatch(number) or _HOTLINE.fullmatch(number))
        return None if date and not _LAST_DIGITS.search(match.group(2)) else kind

    return kind_of


def always(kind: str) -> KindOf:
    """Every match is of this kind."""
    return lambda match: kind


PARTS = frozenset({ID_PART, CARD_PART, PERMIT_PART, PHONE_PART, NAME, NAME_EN})
"""Patterns of words, a gap and what is hidden: the first two groups are kept."""

WHOLE = frozenset({CONTIGUOUS, SEPARATED})
"""Patterns of whole numbers, whose form can be judged."""

RULES: tuple[tuple[re.Pattern[str], KindOf], ...] = (
    (EMAIL, always("email")),
    (STARRED, starred),
    (CONTIGUOUS, contiguous),
    (SEPARATED, separated),
    (MOBILE, mobile),
    (LANDLINE, always("landline")),
    (PERMIT, always("permit_number")),
    (SPOKEN, spoken),
    (ID_PART, part("id_number")),
    (CARD_PART, part("card_number")),
    (PERMIT_PART, part("permit_number")),
    (PHONE_PART, part("mobile")),
    (NAME, always("name")),
    (NAME_EN, always("name")),
)
