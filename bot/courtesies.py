"""What people say before and after a question out of politeness, and what says nothing about their matter.

A greeting in front made up to three of a hundred questions be understood otherwise, and hid from the first look what it
knows (docs/measurements.md).
"""

from __future__ import annotations

import re

_PAUSE = r"[\s，,。.!！?？~～、：:；;…—-]"
_YOU = r"(?:你们?|您)?"
_GREETINGS_ZH = (
    r"(?:你们?|您|大家|各位)好(?!像|多|几|意思|慢|烦|笨|傻|蠢|厉害|棒|吗)",
    r"(?:早上|上午|中午|下午|晚上)好",
    r"哈[喽啰罗]",
    r"不好意思",
    r"(?:打扰|劳驾)(?:一下|了|您|你)*",
    r"(?:麻烦)?请问(?:一下|下)?",
    r"麻烦(?:问|请教)?(?:一下|下)",
    rf"(?:早|喂|嗨|亲|老师|同志|师傅|客服|在吗|在不在|有人吗|求助)(?={_PAUSE})",
    rf"帮(?:我|忙)(?:看|问)(?:看|问|一下|下)(?={_PAUSE})",
)
_ME = r"(?:我|本人)?"
_ASKING_ZH = (
    rf"{_ME}(?:就是|就|是)?(?:想要?|来|要)?(?:跟|向)?{_YOU}"
    rf"(?:请教|咨询|打听|问问|问)(?:一下子?|一句|下|一?个问题|个事){_YOU}",
    rf"{_ME}想(?:请教|咨询|打听|问问|问|了解){_YOU}",
)
_GREETINGS_EN = (
    r"hello|hi|hey|hiya|greetings|good (?:morning|afternoon|evening|day)|dear (?:sirs?|madam|team|all)",
    r"excuse me|pardon me|sorry to bother(?: you)?|(?:just )?(?:a |one )?quick question",
    r"(?:please )?help(?: me)?(?: please)?(?=[,.!:])",
    r"(?:may|can|could) i (?:please )?ask(?: you)?(?: something)?",
    r"i(?: just)?(?:'d like| would like| want(?:ed)?) to ask(?: you)?(?: something)?",
    r"(?:can|could|would) you (?:please )?tell me|please tell me",
)
_THERE = r"(?: (?:there|everyone|all|sir|madam|or madam|team|friends?|guys|staff)\b)*"
_THANKS_ZH = rf"{_PAUSE}*(?:谢谢|多谢|感谢|谢了)(?:你们?|您|啦|了|哈|呀|老师|大家)*"
_CLOSINGS = (
    rf"(?:麻烦|辛苦|拜托){_YOU}了?",
    r"[很挺真好]?急+|求助|求解答|在线等",
    r"(?:please )?help(?: me)?|please|pls|plz",
    r"thanks?(?: you)?(?: (?:so|very) much| a lot| in advance)?|many thanks|thx|cheers",
)


def _any(expressions: tuple[str, ...]) -> str:
    return "(?:" + "|".join(expressions) + ")"


_OPENING_ZH = rf"{_any(_GREETINGS_ZH + _ASKING_ZH)}[啊呀哈哦呢吧了]*"
_OPENING_EN = rf"{_any(_GREETINGS_EN)}\b{_THERE}"
_OPENING = re.compile(rf"{_PAUSE}*(?:(?:{_OPENING_ZH}|{_OPENING_EN}){_PAUSE}*)+", re.IGNORECASE)
_CLOSING = re.compile(rf"(?:{_THANKS_ZH}|{_PAUSE}+{_any(_CLOSINGS)})+{_PAUSE}*$", re.IGNORECASE)
_WORDS = re.compile(r"[㐀-鿿]|[^\W_㐀-鿿]+")
_LEFT_BEHIND, _LEFT_BEFORE = 3, 6
"""Words, or Chinese characters, that must be left: "thank you, bye" has no question before its courtesy."""
_LONGEST = 80
"""Characters at either end among which courtesies are looked for: thousands of commas must not take a second."""


def without_courtesies(text: str) -> str:
    """The text from its question on and up to its end; as it is where little else would be left."""
    opening = _OPENING.match(text, 0, _LONGEST)
    if opening and _words(text[opening.end() :]) >= _LEFT_BEHIND:
        text = text[opening.end() :]
    closing = _CLOSING.search(text, max(0, len(text) - _LONGEST))
    if closing and _words(text[: closing.start()]) >= _LEFT_BEFORE:
        text = text[: closing.start()]
    return text


def _words(text: str) -> int:
    return len(_WORDS.findall(text))
