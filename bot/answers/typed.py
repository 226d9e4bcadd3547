"""Answers typed in a word or two: a label, what people answer instead, or the number of a choice."""

from __future__ import annotations

import re
import unicodedata

from bot.catalogue.records import Fact, FactValue
from bot.catalogue.text import Text
from bot.retrieval.numerals import to_int

SHORTEST = 2
"""Fewer characters than this are no part of a label."""

_FILLERS = re.compile(
    r"^(?:[嗯哦噢啊对那就是]|应该|大概|好像|可能|当然"
    r"|well\b|um+\b|oh\b|it is\b|it's\b|that is\b|i think\b|probably\b|just\b|maybe\b|[\s,，.。、!！~～…])+"
    r"|(?:[吧啊呀哦呢的了嘛哈咯啦喔]|\bplease|\bi think|[\s,，.。、!！~～…])+$"
)
_NUMBER = re.compile(
    r"(?:我?选择?|我?要|就|option|number|no|choice|the)?\s*第?\s*"
    r"(?P<number>\d{1,2}|[一二两三四五六七八九十]{1,3}|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)"
    r"\s*(?:个|项|种|条|号|one|option|choice)?"
)
_ENGLISH = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def typed_value(fact: Fact, text: str, for_another: bool = False) -> str | None:
    """The value that ``text`` as a whole answers the question of ``fact`` with, if any.

    It may be a label, one of the value's ``answers``, or words that stand in one label only ("employee" for
    "Employee insurance"), each with or without "well" and "I think" around it. ``for_another``: the card is another
    person's, so that "me" is not the cardholder.
    """
    for words in dict.fromkeys((plain(text), plain(_FILLERS.sub("", folded(text))))):
        for value in _in_order(fact, for_another):
            if words in (plain(value.label.zh), plain(value.label.en)) or words in map(plain, value.answers.both()):
                return value.id
            if for_another and words in map(plain, value.answers_for_another.both()):
                return value.id
    return _words_of_one(fact, text)


def place_of(text: str) -> int | None:
    """The number of a choice, from 1: "2", "第二个", "the second one"; None when ``text`` is anything else."""
    match = _NUMBER.fullmatch(folded(text).strip(" .。、)）(（!！吧"))
    if match is None:
        return None
    number = match["number"]
    return _ENGLISH.index(number) + 1 if number in _ENGLISH else to_int(number)


def plain(text: str) -> str:
    """Letters and digits only, half-width, lower case."""
    return "".join(character for character in folded(text) if character.isalnum())


def folded(text: str) -> str:
    """Half-width, lower case."""
    return unicodedata.normalize("NFKC", text).casefold()


def _in_order(fact: Fact, for_another: bool) -> list[FactValue]:
    """The values; those that have answers for another person's card come first when it is one."""
    return sorted(fact.values.values(), key=lambda value: not (for_another and value.answers_for_another.both()))


def _words_of_one(fact: Fact, text: str) -> str | None:
    chinese, english = plain(text), set(folded(text).split())
    if len(chinese) < SHORTEST or any(character.isdigit() for character in chinese):
        return None
    values = (value for value in fact.values.values() if _has(value.label, chinese, english))
    first, second, *_ = (*values, None, None)
    return first.id if first and not second else None


def _has(label: Text, chinese: str, english: set[str]) -> bool:
    return chinese in plain(label.zh) or english <= set(re.findall(r"[a-z]+", label.en.casefold()))
