"""Names of places that mean a place, and the one the card belongs to when several are named."""

from __future__ import annotations

import re

_PART_OF_A_NAME = re.compile(
    r"(?:[东南西北中一二三四]?路|街|大道|大街|时间|银行|商行|农商|大学|医院|烤鸭|拉面|火锅|热干面|火车站|南站|北站)"
    r"|\s+(?:road|street|avenue|bank|university|hotel|time|roast)\b",
    re.IGNORECASE,
)
_RESIDENCE = re.compile(
    r"(?:人在|人现在在|住在|住|现居|居住在|待在|live in|living in|stay in|staying in|i am in|i'm in)\s*$"
)
_OCCUPIED = re.compile(
    r"(?:这边|那边|这里|市|的?一家.{1,6}?)?(?:上班|打工|工作|上学|读书|念书|出差|干活|上大学)|,? for work\b"
)
_AT_WORK = re.compile(r"(?:在|working in|work in|works in|study in|studying in|job in|moved to|moved back to)\s*$")
_FORMER = re.compile(r"(?:以前在|以前住在?|原先在|used to live in|used to be in|moved from|came from)\s*$")
_INSTEAD = re.compile(
    r"(?:那|那么)?(?:要是|如果|若是|假如)(?:卡)?(?:是|在)?"
    r"|(?:and |but )?(?:what )?if (?:it is|it's|i am|i'm|the card is)? ?(?:in|from)?"
)
_AND_THEN = re.compile(r"(?:的?卡|办)?(?:的话)?呢?")


def is_instead(text: str, start: int, end: int) -> bool:
    """Whether all of ``text`` (lower case) asks about another place than before: "那要是武汉呢"."""
    before, after = text[:start].strip(), text[end:].strip(" ?？。.!！")
    return bool(_INSTEAD.fullmatch(before) and _AND_THEN.fullmatch(after))


def is_place(text: str, start: int, end: int) -> bool:
    """Whether the name in ``text[start:end]`` stands for the place, and not for a street or bank named after it."""
    return _PART_OF_A_NAME.match(text, end) is None and not text[:start].endswith(("bank of ", "university of "))


def is_only_residence(text: str, start: int, end: int) -> bool:
    """Whether the name in ``text[start:end]`` says where somebody lives, lived, works or studies.

    ``text`` is in lower case.
    """
    before = text[:start]
    if _RESIDENCE.search(before) or _FORMER.search(before):
        return True
    at = _AT_WORK.search(before)
    return at is not None and (at[0].strip() != "在" or _OCCUPIED.match(text, end) is not None)
