"""Fits a fresh index's calibration on questions that neither train the adapter nor judge the search."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path

import yaml

from bot.retrieval.abstention import Signals, fitted
from bot.retrieval.passages import Passage
from bot.retrieval.results import Query
from bot.retrieval.search import Searcher
from bot.retrieval.store import SearchIndex
from bot.retrieval.words import normalise

QUESTIONS = Path(__file__).parent / "calibration_questions.yml"


@dataclass(frozen=True)
class Question:
    """A question with the ids (patterns with *) of the passages that answer it; none: nothing does."""

    text: str
    language: str
    gold: tuple[str, ...] = ()

    def answered_by(self, passage: str) -> bool:
        """Whether the passage of that id answers it."""
        return any(fnmatchcase(passage, pattern) for pattern in self.gold)


def accepted(question: Question, passages: Sequence[Passage]) -> frozenset[str]:
    """The ids of the passages that answer ``question``: those named, and those that say the very same words.

    The same sentence stands under several topics ("the guardian's identity document"); who asks reads the same.
    """
    words = {(p.text_zh, p.text_en) for p in passages if question.answered_by(p.id)}
    return frozenset(p.id for p in passages if (p.text_zh, p.text_en) in words)


def read_questions(path: Path) -> list[Question]:
    """The questions of a file: answerable ones by language with their gold, unanswerable ones by language."""
    lists: Mapping[str, Mapping[str, Sequence[Mapping[str, object]]]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    answerable = [
        Question(str(item["q"]), language, tuple(map(str, _list(item["gold"]))))
        for language, items in lists["answerable"].items()
        for item in items
    ]
    unanswerable = [
        Question(str(text), language) for language, texts in lists["unanswerable"].items() for text in texts
    ]
    return [*answerable, *unanswerable]


def calibrated(searcher: Searcher, questions: Sequence[Question], day: date) -> SearchIndex:
    """The searcher's index with a calibration of its own, judged on the day ``day``.

    An answerable question counts as such only where the best passage answers it: a wrong best passage is better not
    shown. Questions none of whose answers is in the corpus are left out.
    """
    right: list[Signals] = []
    wrong: list[Signals] = []
    for question in questions:
        answers = accepted(question, searcher.index.corpus.passages)
        if question.gold and not answers:
            continue
        query = Query(normalise(question.text), question.language, day)
        ranked = searcher.rank(query)
        if not ranked.served:
            continue
        signals = searcher.signals(query, ranked, ranked.served[0])
        if not question.gold:
            wrong.append(signals)
        elif searcher.passage(ranked, ranked.served[0]).id in answers:
            right.append(signals)
    return replace(searcher.index, calibration=fitted(right, wrong))


def _list(value: object) -> list[object]:
    assert isinstance(value, list)
    return value
