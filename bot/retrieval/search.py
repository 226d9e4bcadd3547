"""Question → the passages that answer it, what was rejected and why, or an abstention."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from heapq import merge
from itertools import islice
from math import inf

import numpy as np

from bot.courtesies import without_courtesies
from bot.retrieval.abstention import Signals
from bot.retrieval.adapter import Adapter
from bot.retrieval.encoder import Encoder
from bot.retrieval.fusion import Candidates, candidates
from bot.retrieval.index import Numbers
from bot.retrieval.matters import MattersOfRows
from bot.retrieval.named import NamedArticles
from bot.retrieval.passages import Passage, Row
from bot.retrieval.remembered import Remembered
from bot.retrieval.results import (
    Abstention,
    Query,
    Rejected,
    Rejection,
    Scored,
    SearchResult,
    Why,
    fault,
    fault_of_filter,
)
from bot.retrieval.store import SearchIndex
from bot.retrieval.words import matched, normalise

# How many rejected passages are worth showing to staff, and how many answers and lists of a filter's rows are kept.
_REJECTED, _REMEMBERED, _FILTERS = 10, 1_024, 256

# Characters of a long question that are read, at its beginning and at its end, where what is wanted stands. Encoding
# grows with the length: 2,000 Chinese characters took five seconds of a processor, and thirty may come a minute.
_BEGINNING, _END = 200, 100


def shortened(question: str) -> str:
    """A question no longer than is worth reading."""
    if len(question) <= _BEGINNING + _END:
        return question
    return f"{question[:_BEGINNING]} {question[-_END:]}"


@dataclass(frozen=True)
class Ranked:
    """The candidates of one question with each passage's best row, best first: what may be served and what may not.

    Both lists are of places among the candidates. What is told of a passage, like the words it shares with the
    question, is worked out for those that are shown: over all candidates that would take as long as the search.
    """

    found: Candidates
    inside: float
    outside: float
    served: list[int]
    rejected: list[tuple[int, Rejection]]


class Searcher:
    """Searches one index. Safe to share between threads; repeated questions are answered from memory."""

    def __init__(self, index: SearchIndex, encoder: Encoder, adapter: Adapter | None = None) -> None:
        self.index = index
        self._encoder = encoder
        self._adapter = adapter or Adapter()
        self._named = NamedArticles(index.corpus)
        self._matters = MattersOfRows(index, self._adapter)
        self._remembered = Remembered(self._answer, _REMEMBERED)
        self._rows_within = lru_cache(maxsize=_FILTERS)(self._within)

    def search(
        self,
        question: str,
        *,
        language: str,
        date: date,
        region: str | None = None,
        topic: str | None = None,
        law: str | None = None,
        limit: int = 3,
    ) -> SearchResult:
        """The passages that answer ``question`` on the day ``date``, best first, at most ``limit``.

        ``language`` ("zh" or "en") breaks ties only: both are always searched. What holds in a region holds in the
        places inside it, and is served nowhere else. ``topic`` and ``law`` leave out every other topic's statements
        and every other law's articles.
        """
        regions = self.index.corpus.regions.get(region, ()) if region else ()
        wanted = shortened(normalise(without_courtesies(question)))
        return self._remembered(Query(wanted, language, date, regions, topic, law, limit))

    def rank(self, query: Query) -> Ranked:
        """Every candidate in order, before the decision to serve or to abstain."""
        plain = self._encoder.queries([query.text])
        vector = self._adapter.questions(plain)[0]
        wanted = self._rows_within(query.topic, query.law)
        found = candidates(self.index, query.text, vector, self._matters.about(plain)[0], wanted)
        inside, outside = float(self._adapter.inside(plain)[0]), float(self._matters.outside(plain)[0])
        ranked = Ranked(found, inside, outside, [], [])
        passages = self.index.corpus.passages
        for number, place in self._best_rows(found, query.language).items():
            reason = fault(passages[number], query)
            if reason:
                ranked.rejected.append((place, reason))
            else:
                ranked.served.append(place)
        return ranked

    def passage(self, ranked: Ranked, place: int) -> Passage:
        """The passage whose best row is at ``place``."""
        return self.index.corpus.passages[self._row(ranked, place).passage]

    def signals(self, query: Query, ranked: Ranked, place: int) -> Signals:
        """What is known about the passage at ``place`` of those ranked, against those that may be served."""
        found, matter = ranked.found, self._matter(ranked, place)
        others = (found.score[other] for other in ranked.served if self._matter(ranked, other) != matter)
        return Signals(
            cosine=float(found.cosine[place]),
            coverage=self.index.lexical.coverage(query.text, self._row(ranked, place).text),
            deviations=float(found.dense[place]),
            margin=float(found.score[place]) - float(next(others, found.score[place])),
            inside=ranked.inside,
            about=float(found.about[place]),
            outside=ranked.outside,
            lexical=float(found.lexical[place]),
        )

    def _answer(self, query: Query) -> SearchResult:
        if not any(char.isalnum() for char in query.text):
            return self._result((), (), "no_words")
        references = self._named.references(query)
        if references:
            served, rejected, reason = self._named.find(references, query)
            coming = [one for one in rejected if one.reason == "not_yet_in_force"]
            return self._result(served[: query.limit], rejected, reason, 0.0 if reason else 1.0, coming[: query.limit])
        return self._decided(query, self.rank(query))

    def _decided(self, query: Query, ranked: Ranked) -> SearchResult:
        """Serve the best, or abstain when the calibration is not sure enough of it."""
        confidence = self._confidence(query, ranked, ranked.served[0]) if ranked.served else 0.0
        sure = bool(ranked.served) and confidence >= self.index.calibration.threshold
        shown = ranked.served[: query.limit] if sure else []
        reason: Rejection = "beyond_limit" if sure else "not_sure_enough"
        left = [(place, reason) for place in ranked.served[len(shown) : len(shown) + _REJECTED]]
        best = merge(ranked.rejected[:_REJECTED], left, key=lambda one: -ranked.found.score[one[0]])
        served = [self._scored(query, ranked, place) for place in shown]
        rejected = [self._scored(query, ranked, place).rejected(why) for place, why in islice(best, _REJECTED)]
        coming = self._coming(query, ranked, shown)
        return self._result(served, rejected, None if sure else "nothing_close", confidence, coming)

    def _coming(self, query: Query, ranked: Ranked, shown: Sequence[int]) -> list[Rejected]:
        """What would be served, were it in force already: as good as the last one served, and sure enough."""
        least = ranked.found.score[shown[-1]] if shown else -inf
        soon = [place for place, why in ranked.rejected if why == "not_yet_in_force"]
        near = [place for place in soon if ranked.found.score[place] >= least][: query.limit]
        threshold = self.index.calibration.threshold
        sure = [place for place in near if self._confidence(query, ranked, place) >= threshold]
        return [self._scored(query, ranked, place).rejected("not_yet_in_force") for place in sure]

    def _confidence(self, query: Query, ranked: Ranked, place: int) -> float:
        return self.index.calibration.confidence(self.signals(query, ranked, place))

    def _within(self, topic: str | None, law: str | None) -> Numbers | None:
        """All rows of the topic or law asked for, so that a filter never leaves a search without candidates."""
        if not topic and not law:
            return None
        passages = self.index.corpus.passages
        wanted = [n for n, row in enumerate(self.index.rows) if not fault_of_filter(passages[row.passage], topic, law)]
        return np.array(wanted, dtype=np.int64)

    def _best_rows(self, found: Candidates, language: str) -> dict[int, int]:
        """By passage the place of its best row among the candidates; equal scores go to the asker's language."""
        best: dict[int, int] = {}
        scores = found.score.tolist()
        for place, number in enumerate(found.rows.tolist()):
            row = self.index.rows[number]
            other = best.setdefault(row.passage, place)
            if scores[place] == scores[other] and row.language == language:
                best[row.passage] = place
        return best

    def _row(self, ranked: Ranked, place: int) -> Row:
        return self.index.rows[int(ranked.found.rows[place])]

    def _matter(self, ranked: Ranked, place: int) -> tuple[str | None, str | None]:
        passage = self.passage(ranked, place)
        return passage.topic, passage.law

    def _scored(self, query: Query, ranked: Ranked, place: int) -> Scored:
        """What is told of the passage at ``place``."""
        row, found = self._row(ranked, place), ranked.found
        dense, lexical = found.dense[place], found.lexical[place]
        why: Why = "meaning_and_words" if min(dense, lexical) > 1 else "meaning" if dense >= lexical else "words"
        words = matched(query.text, row.text)
        return Scored(self.index.corpus.passages[row.passage], float(found.score[place]), words, why)

    def _result(
        self,
        passages: Sequence[Scored],
        rejected: Sequence[Rejected],
        reason: Abstention | None,
        confidence: float = 0.0,
        coming: Sequence[Rejected] = (),
    ) -> SearchResult:
        shown, hidden = tuple(passages), tuple(rejected[:_REJECTED])
        return SearchResult(shown, hidden, reason is not None, reason, self.index.version, confidence, tuple(coming))
