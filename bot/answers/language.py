"""Which language a message is written in."""

from __future__ import annotations

import re

from bot.catalogue.text import Language

_HAN = re.compile(r"[㐀-鿿]")
_WORD = re.compile(r"[A-Za-z]{2,}")
_CHINESE_GRAMMAR = re.compile(r"[的了吗呢吧怎么办我你他她去是在要想能不没有给帮把被]")
_COMMANDS = re.compile(
    r"back|go back|ok|okay|yes|no|repeat|again|restart|reset|start over|stop|cancel|next|menu|continue|skip|return|exit"
)
"""What people type out of habit, whatever language they speak."""


def detect(text: str, default: Language) -> Language:
    """The language of ``text``; ``default`` when it has no words (numbers, emoji) or is a bare command ("back").

    An English sentence may hold Chinese nouns ("my 社保卡 expired"): grammar words decide.
    """
    han, words = len(_HAN.findall(text)), len(_WORD.findall(text))
    if not han and (not words or _COMMANDS.fullmatch(text.strip(" .!?。！？").casefold())):
        return default
    if not han:
        return "en"
    if words < 2 or _CHINESE_GRAMMAR.search(text):
        return "zh"
    return "en" if words * 2 >= han else "zh"
