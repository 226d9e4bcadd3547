"""STARD: lay questions to 62,491 law articles, in five folds, each judged with an adapter that never saw it."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from bot.evaluation.retrieval.measures import Ranking, judged, standardised
from bot.retrieval.cache import VectorCache
from bot.retrieval.encoder import Encoder, Vectors
from bot.retrieval.fusion import LEXICAL_WEIGHT
from bot.retrieval.index import Numbers
from bot.retrieval.lessons import stard, stard_texts
from bot.retrieval.lexical import LexicalIndex
from bot.retrieval.training import Lesson, Recipe, learn

FOLDS = 5


def rankings(folder: Path, encoder: Encoder, cache: VectorCache) -> dict[str, Ranking]:
    """Every way of ranking, the means over the folds. Takes minutes on two cores."""
    lesson = stard(folder, encoder, cache)
    articles, questions = stard_texts(folder)
    lexical = LexicalIndex.build(articles)
    found: dict[str, list[Ranking]] = {}
    for train, test in folds(len(lesson.questions)):
        words = np.stack([lexical.scores(questions[n]) for n in test])
        answers = [lesson.answers[n] for n in test]
        for name, scores in _ways(lesson, train, test, words):
            found.setdefault(name, []).append(judged(scores, answers))
    return {name: _mean(parts) for name, parts in found.items()}


def folds(questions: int) -> Iterator[tuple[Numbers, Numbers]]:
    """The numbers of the questions to learn from and to judge with, five times; together all are judged once."""
    parts = np.array_split(np.random.default_rng(0).permutation(questions), FOLDS)
    for place, test in enumerate(parts):
        yield np.concatenate([part for other, part in enumerate(parts) if other != place]), test


def _ways(lesson: Lesson, train: Numbers, test: Numbers, words: Vectors) -> Iterator[tuple[str, Vectors]]:
    weighted = LEXICAL_WEIGHT * standardised(words)
    yield "BM25 alone", words
    plain = lesson.questions[test] @ lesson.passages.T
    yield "encoder alone (plain FAISS)", plain
    yield "encoder + BM25", standardised(plain) + weighted
    learnt = Lesson(lesson.questions[train], lesson.passages, [lesson.answers[n] for n in train])
    adapter = learn([learnt], "a fold", Recipe())
    adapted = adapter.questions(lesson.questions[test]) @ adapter.passages(lesson.passages).T
    yield "encoder with adapter", adapted
    yield "encoder with adapter + BM25", standardised(adapted) + weighted


def _mean(parts: list[Ranking]) -> Ranking:
    weights = [part.questions for part in parts]
    names = ("hit_1", "hit_3", "mrr_10", "recall_100")
    means = {name: float(np.average([getattr(part, name) for part in parts], weights=weights)) for name in names}
    return Ranking(questions=sum(weights), **means)
