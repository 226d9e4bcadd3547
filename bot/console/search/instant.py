"""One text typed → topics, passages and articles together, what was heard of the caller, and what was rejected."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, Protocol

from bot.answers.outcome import ArticleText
from bot.catalogue import Catalogue
from bot.catalogue.text import Language
from bot.channels.text import normalise
from bot.console.search.articles import number_typed, with_number
from bot.console.search.found import hit
from bot.console.search.topics import Topics
from bot.nlu.said import SaidFinder
from bot.retrieval.results import SearchResult

CODE = re.compile(r"\d{6}")
_LETTERS = re.compile(r"[a-z' ]{1,12}", re.IGNORECASE)
PASSAGES, ARTICLES = 6, 6


class Finder(Protocol):
    """The search of ``bot.retrieval``."""

    def search(
        self, question: str, *, language: str, date: date, region: str | None = None, limit: int = 3
    ) -> SearchResult:
        """See ``bot.retrieval.search.Searcher.search``."""


@dataclass(frozen=True)
class Instant:
    """Everything the box searches. ``today`` gives the day whose rules are shown."""

    catalogue: Catalogue
    topics: Topics
    said: SaidFinder
    finder: Finder
    official: ArticleText
    today: Callable[[], date] = date.today

    def find(self, typed: str, language: Language, region: str | None = None) -> dict[str, Any]:
        """``hits`` in the order shown, ``rejected``, the facts ``said``, and whether it looks like a case ``code``."""
        text = normalise(typed)
        if not text:
            return {"hits": self._frequent(language), "rejected": [], "said": {}, "code": None}
        if CODE.fullmatch(text):
            return {"hits": [], "rejected": [], "said": {}, "code": text}
        number = number_typed(text)
        if number:
            day = self.today()
            found = with_number(self.catalogue, number, self.official, language, day)
            hits = [{**one, "score": 1.0, "words": [number], "by": "number"} for one in islice(found, ARTICLES)]
            return {"hits": hits, "rejected": [], "said": {}, "code": None}
        topics = self._topics(text, language)
        passages, rejected = self._passages(text, language, region, bool(topics))
        named = [one for one in passages if one["by"] == "article_named"]
        others = [one for one in passages if one["by"] != "article_named"]
        return {"hits": named + topics + others, "rejected": rejected, "said": self.heard(text), "code": None}

    def heard(self, text: str) -> dict[str, str]:
        """The facts the words speak of, fact → value."""
        return {one.name: one.value for one in self.said.find(text) if one.name in self.catalogue.facts}

    def _frequent(self, language: Language) -> list[dict[str, Any]]:
        """Before anything is typed: the topics in the editors' order, the most frequent first."""
        topics = sorted(self.catalogue.topics.values(), key=lambda topic: topic.order)
        return [self._topic(topic.id, topic.choice.say(language), 0.0, (), "frequent", language) for topic in topics]

    def _topics(self, text: str, language: Language) -> list[dict[str, Any]]:
        found = self.topics.find(text)
        return [self._topic(one.topic, one.phrase, one.score, one.words, one.by, language) for one in found]

    def _topic(
        self, topic: str, phrase: str, score: float, words: tuple[str, ...], by: str, language: Language
    ) -> dict[str, Any]:
        title = self.catalogue.topics[topic].title.say(language)
        why = {"score": round(score, 2), "words": list(words), "by": by}
        return {"kind": "topic", "id": topic, "title": title, "text": phrase, **why}

    def _passages(
        self, text: str, language: Language, region: str | None, named: bool
    ) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Nothing for one character, nor for a topic's initials: letters without meaning find no passage."""
        if len(text) < 2:
            return [], []
        if named and _LETTERS.fullmatch(text) and self.topics.find(text)[0].by == "initials":
            return [], []
        day = self.today()
        result = self.finder.search(text, language=language, date=day, region=region, limit=PASSAGES)
        served = [hit(self.catalogue, scored, language, day) for scored in result.passages]
        return served, [hit(self.catalogue, scored, language, day) for scored in result.rejected]
