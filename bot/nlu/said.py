"""Finds the facts, regions and aspects a text speaks of, by the words in the catalogue and nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span

from bot.catalogue import Catalogue
from bot.catalogue.text import Words
from bot.nlu.contractions import written_out
from bot.nlu.language import blank_language
from bot.nlu.patterns import Patterns, compile_pattern, is_plain
from bot.nlu.places import is_instead, is_only_residence, is_place
from bot.nlu.scope import is_denied, is_supposed, is_what_if

REGION = "region"
ASPECT = "aspect"
_PUNCTUATION = str.maketrans("，！？；：（）’", ",!?;:()'")
_NOT = ""
"""The value of a phrase that only looks like another one."""


@dataclass(frozen=True)
class Said:
    """A fact's value (or an aspect) and where in the text it is said."""

    name: str
    value: str
    start: int
    end: int


class SaidFinder:
    """Looks for every way of saying that the catalogue lists."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._language = blank_language()
        self._phrases = PhraseMatcher(self._language.vocab, attr="LOWER")
        self._patterns = Patterns()
        self._keys: dict[str, tuple[str, str]] = {}
        for name, value, words in _ways(catalogue):
            self._add(name, value, words)

    def find(self, text: str) -> list[Said]:
        """What is said and meant, in order; of overlapping ways of saying one fact the longest counts."""
        lower = _folded(text)
        if len(lower) != len(text):
            lower = text  # a character whose lower case is longer would shift positions
        found: dict[str, list[Said]] = defaultdict(list)
        for said in self._literal(lower):
            found[said.name].append(said)
        kept = [said for group in found.values() for said in _longest(group) if said.value != _NOT]
        meant = [said for said in kept if said.name == ASPECT or self._is_meant(said, lower)]
        return sorted(_where_the_card_is(self._innermost(meant), lower), key=lambda said: said.start)

    def _add(self, name: str, value: str, words: Words) -> None:
        for language, written in (("zh", words.zh), ("en", words.en)):
            phrases = [_folded(phrase) for phrase in written]
            plain = [phrase for phrase in phrases if is_plain(phrase)]
            key = f"{name}={value}={language}"
            self._keys[key] = (name, value)
            self._phrases.add(key, [self._language.make_doc(phrase) for phrase in plain])
            for phrase in phrases:
                if not is_plain(phrase):
                    self._patterns.add(compile_pattern(phrase, self._catalogue.words, language), (name, value))

    def _literal(self, lower: str) -> Iterator[Said]:
        """Every way of saying in the text as typed, and in the text written out; positions are those typed."""
        yield from (*self._plain(self._language.make_doc(lower)), *self._patterned(lower))
        full = written_out(lower)
        if full:
            for said in (*self._plain(self._language.make_doc(full.text)), *self._patterned(full.text)):
                start, end = full.span(said.start, said.end)
                yield Said(said.name, said.value, start, end)

    def _plain(self, doc: Doc) -> Iterator[Said]:
        for key, first, last in self._phrases(doc):
            name, value = self._keys[doc.vocab.strings[key]]
            span = Span(doc, first, last)
            yield Said(name, value, span.start_char, span.end_char)

    def _patterned(self, text: str) -> Iterator[Said]:
        for (name, value), start, end in self._patterns.spans(text):
            yield Said(name, value, start, end)

    def _is_meant(self, said: Said, text: str) -> bool:
        if is_denied(text, said.start):
            return False
        if is_supposed(text, said.start, said.end) and not self._is_tried(said, text):
            return False
        return said.name != REGION or is_place(text, said.start, said.end)

    def _is_tried(self, said: Said, text: str) -> bool:
        """Whether somebody wants to know how it would be for another place, agent or holder; a mishap that is only
        feared, like losing the card, is none."""
        if said.name == REGION:
            return is_instead(text, said.start, said.end)
        return self._catalogue.facts[said.name].scope == "person" and is_what_if(text)

    def _innermost(self, said: list[Said]) -> list[Said]:
        """Of "Urumqi, Xinjiang" only Urumqi: a region around another one that is named says nothing more."""
        around = {outer for one in said if one.name == REGION for outer in self._catalogue.lineage(one.value)[1:]}
        return [one for one in said if not (one.name == REGION and one.value in around)]


def _folded(text: str) -> str:
    """In lower case, with half-width punctuation: the website sends "，" as ",", WeChat as it was typed."""
    return text.lower().translate(_PUNCTUATION)


def _where_the_card_is(said: list[Said], text: str) -> list[Said]:
    """Without the places where somebody only lives, if another place is named."""
    homes = {one for one in said if one.name == REGION and is_only_residence(text, one.start, one.end)}
    others = any(one.name == REGION and one not in homes for one in said)
    return [one for one in said if one not in homes] if others else said


def _ways(catalogue: Catalogue) -> Iterator[tuple[str, str, Words]]:
    for fact in catalogue.facts.values():
        for value in fact.values.values():
            yield fact.id, value.id, value.said
            yield fact.id, _NOT, value.not_said
    for region in catalogue.regions.values():
        names = Words((region.name.zh,), (region.name.en,))
        for words in (names, region.aliases, region.districts):
            yield REGION, region.id, words
    for aspect in catalogue.aspects.values():
        yield ASPECT, aspect.id, aspect.said
        yield ASPECT, _NOT, aspect.not_said


def _longest(said: Iterable[Said]) -> list[Said]:
    kept: list[Said] = []
    for one in sorted(said, key=lambda one: (one.start - one.end, one.value == _NOT, one.start)):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return kept
