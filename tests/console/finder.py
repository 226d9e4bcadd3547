"""A search over the real passages by words and named articles: no sentence encoder, no index on disk."""

from __future__ import annotations

from datetime import date

import numpy as np

from bot.catalogue import Catalogue
from bot.retrieval.corpus import Corpus
from bot.retrieval.lexical import LexicalIndex
from bot.retrieval.named import NamedArticles
from bot.retrieval.passages import rows
from bot.retrieval.results import Query, Rejected, Scored, SearchResult, fault
from bot.retrieval.words import matched, normalise

ENOUGH = 9.0
"""BM25 above which a passage is served."""


class WordFinder:
    """Serves what shares enough words with the question; the rest is rejected with its reason."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.corpus = Corpus.of(catalogue)
        self._named = NamedArticles(self.corpus)
        self._rows = rows(self.corpus.passages)
        self._lexical = LexicalIndex.build([row.text for row in self._rows])

    def search(
        self,
        question: str,
        *,
        language: str,
        date: date,
        region: str | None = None,
        topic: str | None = None,
        limit: int = 3,
    ) -> SearchResult:
        """The passages by words, best first."""
        around = tuple(self.corpus.regions.get(region, ())) if region else ()
        query = Query(normalise(question), language, date, around, topic, None, limit)
        if references := self._named.references(query):
            articles, others, missing = self._named.find(references, query)
            return SearchResult(tuple(articles), tuple(others), not articles, missing, "test", 1.0)
        found: dict[str, Scored] = {}
        scores = self._lexical.scores(query.text)
        for place in np.argsort(-scores)[:40]:
            row = self._rows[int(place)]
            passage = self.corpus.passages[row.passage]
            if scores[place] > 0:
                words = matched(query.text, row.text)
                found.setdefault(passage.id, Scored(passage, float(scores[place]), words, "words"))
        served: list[Scored] = []
        rejected: list[Rejected] = []
        for scored in found.values():
            reason = fault(scored.passage, query) or ("not_sure_enough" if scored.score < ENOUGH else None)
            if reason or len(served) == limit:
                rejected.append(scored.rejected(reason or "beyond_limit"))
            else:
                served.append(scored)
        none = "nothing_close" if not served else None
        return SearchResult(tuple(served), tuple(rejected[:10]), not served, none, "test", 1.0)
