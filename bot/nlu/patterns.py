"""Ways of saying something, as editors write them, → what is looked for in a text.

``{word}`` stands for any word of a list, ``…`` for up to six words or twelve characters that do not
end the clause. A phrase without either is a plain phrase.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

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

    def standing_in(self, text: str) -> tuple[str, ...]:
        """Those of the words that stand in ``text`` (lower case)."""
        return tuple(word for word in self.words if word in text)


class Holding:
    """A text (lower case) with the words of the lists that were looked for in it; many patterns share a list."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._found: dict[WordList, tuple[str, ...]] = {}

    def words(self, words: WordList) -> tuple[str, ...]:
        """Those of a list that stand in the text."""
        if words not in self._found:
            self._found[words] = words.standing_in(self.text)
        return self._found[words]


@dataclass(frozen=True)
class Pattern:
    """A way of saying with lists or gaps.

    ``anchors`` are the literal pieces any match must contain, ``lists`` those of which it must contain one word each;
    ``source`` is the regular expression with ``%s`` in the place of every list.
    """

    anchors: tuple[str, ...]
    lists: tuple[WordList, ...]
    source: str

    @property
    def needed(self) -> tuple[str, ...]:
        """Of these words any match contains one: those of the piece that texts probably hold least often."""
        pieces = [(anchor,) for anchor in self.anchors] + [words.words for words in self.lists]
        return max(pieces, key=lambda words: (min(map(len, words), default=0), -len(words)), default=("",))

    def spans(self, holding: Holding) -> Iterator[tuple[int, int]]:
        """Start and end of every match in a text."""
        if not all(anchor in holding.text for anchor in self.anchors):
            return
        held = tuple(holding.words(words) for words in self.lists)
        if all(held):
            for match in _expression(self.source, held).finditer(holding.text):
                yield match.span()


@lru_cache(maxsize=4096)
def _expression(source: str, held: tuple[tuple[str, ...], ...]) -> re.Pattern[str]:
    """With those words of the lists alone that a text holds: a list of a hundred takes ten times as long to compile."""
    return re.compile(source % tuple("(?:" + "|".join(map(re.escape, words)) + ")" for words in held))


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
        holding = Holding(text)
        for place in sorted(self._possible(text)):
            pattern, meaning = self._all[place]
            for start, end in pattern.spans(holding):
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
            expression += "%s"
        elif gap:
            expression += _GAP_ZH if language == "zh" else _GAP_EN
        else:
            anchors.append(literal.strip())
            expression += re.escape(literal).replace("%", "%%")
    if language == "en":
        expression = rf"(?<!\w){expression}(?!\w)"
    return Pattern(tuple(filter(None, anchors)), tuple(lists), expression)


@lru_cache(maxsize=1024)
def _word_list(words: Words, language: str) -> WordList:
    spoken = words.zh if language == "zh" else words.en
    return WordList(tuple(sorted(map(str.lower, spoken), key=len, reverse=True)))
