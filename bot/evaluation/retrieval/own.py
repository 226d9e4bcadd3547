"""Our own questions over our own knowledge: what finds the passage, and what is answered though nothing answers it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np

from bot.evaluation.retrieval.measures import Ranking, judged, standardised
from bot.retrieval.adapter import Adapter
from bot.retrieval.calibrate import Question, accepted, read_questions
from bot.retrieval.encoder import Encoder, Vectors
from bot.retrieval.fusion import LEXICAL_WEIGHT, MATTER_WEIGHT
from bot.retrieval.matters import MattersOfRows
from bot.retrieval.passages import Passage
from bot.retrieval.results import Query, fault
from bot.retrieval.search import Searcher
from bot.retrieval.store import SearchIndex
from bot.retrieval.words import normalise

HELD_APART = Path(__file__).parent / "questions" / "held_apart.yml"


@dataclass(frozen=True)
class Served:
    """What people would see: of answerable questions, how many get an answer first, among three, or none shown."""

    right_first: float
    right_in_three: float
    abstained: float
    wrongly_answered: float


class Own:
    """The held-apart questions over one index. Questions whose answers the knowledge no longer has are left out."""

    def __init__(self, index: SearchIndex, encoder: Encoder, adapter: Adapter, day: date) -> None:
        self.searcher = Searcher(index, encoder, adapter)
        self.index, self.encoder, self.adapter, self.day = index, encoder, adapter, day
        asked = read_questions(HELD_APART)
        self.servable = [n for n, p in enumerate(index.corpus.passages) if self._servable(p)]
        self.accepted = {q: accepted(q, index.corpus.passages) for q in asked}
        self.answers = {q: self._answers(q) for q in asked}
        self.answerable = [q for q in asked if self.answers[q]]
        self.unanswerable = [q for q in asked if not q.gold]

    def rankings(self, language: str | None = None) -> dict[str, Ranking]:
        """Every way of ranking side by side, for one language or all."""
        questions = [q for q in self.answerable if language in (None, q.language)]
        texts = [normalise(q.text) for q in questions]
        plain = self.encoder.queries(texts)
        rows = self.encoder.passages([row.encoded for row in self.index.rows])
        words = np.stack([self.index.lexical.scores(text) for text in texts])
        dense = plain @ rows.T
        adapted = self.adapter.questions(plain) @ self.adapter.passages(rows).T
        weighted = LEXICAL_WEIGHT * standardised(words)
        about = MattersOfRows(self.index, self.adapter).about(plain)
        ways = {
            "BM25 alone": words,
            "encoder alone (plain FAISS)": dense,
            "encoder + BM25": standardised(dense) + weighted,
            "encoder with adapter": adapted,
            "encoder with adapter + BM25": standardised(adapted) + weighted,
            "all, with the matter": standardised(adapted) + weighted + MATTER_WEIGHT * about,
        }
        answers = [self.answers[q] for q in questions]
        return {name: judged(self._by_passage(scores), answers) for name, scores in ways.items()}

    def served(self, threshold: float | None = None) -> Served:
        """What the searcher itself serves, at its own threshold or another."""
        if threshold is None:
            threshold = self.index.calibration.threshold
        calibration = replace(self.index.calibration, threshold=threshold)
        searcher = Searcher(replace(self.index, calibration=calibration), self.encoder, self.adapter)
        found = {q: self._found(searcher, q) for q in [*self.answerable, *self.unanswerable]}
        return Served(
            right_first=_part(not self.accepted[q].isdisjoint(found[q][:1]) for q in self.answerable),
            right_in_three=_part(not self.accepted[q].isdisjoint(found[q][:3]) for q in self.answerable),
            abstained=_part(not found[q] for q in self.answerable),
            wrongly_answered=_part(bool(found[q]) for q in self.unanswerable),
        )

    def mistakes(self) -> list[tuple[Question, list[str]]]:
        """Answerable questions whose first passage is wrong or missing, with what came instead."""
        found = [(q, self._found(self.searcher, q)) for q in self.answerable]
        return [(q, ids) for q, ids in found if self.accepted[q].isdisjoint(ids[:1])]

    def _found(self, searcher: Searcher, question: Question) -> list[str]:
        result = searcher.search(question.text, language=question.language, date=self.day)
        return [scored.passage.id for scored in result.passages]

    def _servable(self, passage: Passage) -> bool:
        return fault(passage, Query("", "zh", self.day)) is None

    def _answers(self, question: Question) -> set[int]:
        ids = [self.index.corpus.passages[n].id for n in self.servable]
        return {place for place, id in enumerate(ids) if id in self.accepted[question]}

    def _by_passage(self, scores: Vectors) -> Vectors:
        """Scores of rows (questions, rows) → of servable passages (questions, passages): the better language."""
        best = np.full((len(scores), len(self.index.corpus.passages)), -np.inf, dtype=np.float32)
        for number, row in enumerate(self.index.rows):
            best[:, row.passage] = np.maximum(best[:, row.passage], scores[:, number])
        return best[:, self.servable]


def _part(true: Iterable[bool]) -> float:
    values = list(true)
    return sum(values) / len(values) if values else 0.0
