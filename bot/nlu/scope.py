"""Whether words are meant as a statement: neither denied nor only supposed.

These are words of grammar, the same for every bureau; what the facts are called stands in the knowledge.
"""

from __future__ import annotations

import re

_END = re.compile(r"[，。！？；、,.!?;\n]|\b(?:but|however)\b|但是|可是|而是|结果")
_DENIED = re.compile(
    r"(?:不|没|未|不是|并不是|并非|不再是|不在|不属于|不用|不让|不叫|不想让|不要|没让|没有|别让|别)(?:给|在|让|叫|由|我的?|什么|他|她)?$"
    r"|\b(?:not|never|no|nor|isn't|aren't|wasn't|don't|doesn't|didn't|won't|without|instead of|rather than)"
    r"(?: (?:a|an|the|my|in|at|for|from|have|to|with|on|any|want|be))*\s$"
)
_SUPPOSED = re.compile(
    r"如果|要是|万一|假如|假设|倘若|若是|会不会|怕|\b(?:if|in case|suppose|what happens when|unless)\b"
)
_AFTER_SUPPOSED = re.compile(r"^(?:的话|时候|了的话)")
_AFTER_EVENT = re.compile(r"^(?:了?以后|了?之后|后)")
_WHAT_IF = re.compile(
    r"(?:那|那么)?(?:要是|如果|若是|假如)[^，。！？；、,.!?;\n]+呢[?？。]*"
    r"|(?:and |but |so |ok |okay )?(?:what|how about) if [^，。！？；,.!?;\n]+[?.]*"
)
_ASKED = re.compile(r"怎么|咋|如何|吗|吧|呢|能不能|要不要|可不可以|可以|需要|多久|多少|哪|什么|啥|会|能|[?？]")


def is_denied(text: str, start: int) -> bool:
    """Whether the words right before ``start`` deny what follows: "不是" or "not", in the same clause.

    ``text`` is in lower case.
    """
    return _DENIED.search(_since(_END, text, start)) is not None


def is_what_if(text: str) -> bool:
    """Whether all of ``text`` (lower case) asks how things would be otherwise: "那要是我自己去呢", "what if I go"."""
    return _WHAT_IF.fullmatch(text.strip()) is not None


def is_supposed(text: str, start: int, end: int) -> bool:
    """Whether what stands in ``text[start:end]`` is a mere possibility: "如果…", "if …", "…的话", "…以后怎么…"."""
    if _SUPPOSED.search(_since(_END, text, start)) or _AFTER_SUPPOSED.match(text[end:]):
        return True
    after = _AFTER_EVENT.match(text[end:])
    return after is not None and _ASKED.search(text, end) is not None


def _since(boundary: re.Pattern[str], text: str, start: int) -> str:
    """The part of ``text`` before ``start`` back to the last ``boundary``."""
    ends = [match.end() for match in boundary.finditer(text, 0, start)]
    return text[ends[-1] if ends else 0 : start]
