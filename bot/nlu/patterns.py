"""Ways of saying something, as editors write them, → what is looked for in a text.

``{word}`` stands for any word of a list, ``…`` for up to six words or twelve characters that do not
end the clause. A phrase without either is a plain phrase.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from bot.catalogue.text import Words

_BEGINNING = 2
"""Characters by which words are looked up; a text holds few of the two thousand words."""
Meaning = tuple[str, str]
"""The fact (or ``aspect``) and its value."""
_GAP_ZH = r"[^，。！？；,.!?;]{0,12}?"
_GAP_EN = r"(?:[\s'’-]+[^\s,.!?;]+){0,6}?[\s'’-]+"
_PIECE = re.compile(r"\{(\w+)\}|(…)|([^{}…]+)")


@dataclass(frozen=True, eq=False)
class WordList:
    """The words of a list in one language, longest first, so that the longest matches; one object for each list."""

    words: tuple[str, ...]

    def in_text(self, text: str) -> bool:
        """Whether any word stands in ``text`` (lower case)."""
        return any(word in text for word in self.words)


@dataclass(frozen=True)
class Pattern:
    """A way of saying with lists or gaps; its expression is made when a text first holds what it needs.

    ``anchors`` are the literal pieces any match must contain, ``lists`` those of which it must contain one word each.
    """

    anchors: tuple[str, ...]
    lists: tuple[WordList, ...]
    source: str

    @property
    def needed(self) -> tuple[str, ...]:
        """Of these words any match contains one: those of the piece that texts probably hold least often."""
        pieces = [(anchor,) for anchor in self.anchors] + [words.words for words in self.lists]
        return max(pieces, key=lambda words: (min(map(len, words), default=0), -len(words)), default=("",))

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Start and end of every match in ``text`` (lower case)."""
        if all(anchor in text for anchor in self.anchors) and all(words.in_text(text) for words in self.lists):
            for match in self._expression.finditer(text):
                yield match.span()

    @cached_property
    def _expression(self) -> re.Pattern[str]:
        return re.compile(self.source)


class Patterns:
    """Many patterns, each with what it means; a text is compared with those alone of whose words it holds one."""

    def __init__(self) -> None:
        self._all: list[tuple[Pattern, Meaning]] = []
        self._words: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))

    def add(self, pattern: Pattern, meaning: Meaning) -> None:
        """Look for this pattern as well."""
        for word in pattern.needed:
            self._words[word[:_BEGINNING]][word].append(len(self._all))
        self._all.append((pattern, meaning))

    def spans(self, text: str) -> Iterator[tuple[Meaning, int, int]]:
        """Meaning, start and end of every match in ``text`` (lower case), in the order in which they were added."""
        for place in sorted(self._possible(text)):
            pattern, meaning = self._all[place]
            for start, end in pattern.spans(text):
                yield meaning, start, end

    def _possible(self, text: str) -> set[int]:
        """The places of the patterns that need a word which stands in the text."""
        beginnings = {text[start : start + length] for start in range(len(text)) for length in range(1, _BEGINNING + 1)}
        near = (self._words[one] for one in ("", *beginnings) if one in self._words)
        return {place for words in near for word, places in words.items() if word in text for place in places}


def is_plain(phrase: str) -> bool:
    """Whether the phrase has neither lists nor gaps."""
    return "{" not in phrase and "…" not in phrase


def compile_pattern(phrase: str, groups: Mapping[str, Words], language: str) -> Pattern:
    """The pattern of a phrase in ``language``; an unknown ``{word}`` matches nothing."""
    anchors, lists, expression = [], [], ""
    for group, gap, literal in _PIECE.findall(re.sub(r"\s*…\s*", "…", phrase.lower())):
        if group:
            words = _word_list(groups.get(group, Words()), language)
            lists.append(words)
            expression += "(?:" + "|".join(map(re.escape, words.words)) + ")" if words.words else r"(?!)"
        elif gap:
            expression += _GAP_ZH if language == "zh" else _GAP_EN
        else:
            anchors.append(literal.strip())
            expression += re.escape(literal)
    if language == "en":
        expression = rf"(?<!\w){expression}(?!\w)"
    return Pattern(tuple(filter(None, anchors)), tuple(lists), expression)


@lru_cache(maxsize=1024)
def _word_list(words: Words, language: str) -> WordList:
    spoken = words.zh if language == "zh" else words.en
    return WordList(tuple(sorted(map(str.lower, spoken), key=len, reverse=True)))
