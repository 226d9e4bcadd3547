"""What rankings are judged by."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from bot.retrieval.encoder import Vectors


@dataclass(frozen=True)
class Ranking:
    """Means over questions: an answer first, among the first three, 1/rank up to rank 10, part of answers in 100."""

    questions: int
    hit_1: float
    hit_3: float
    mrr_10: float
    recall_100: float

    def __str__(self) -> str:
        return (
            f"hit@1 {self.hit_1:.3f}  hit@3 {self.hit_3:.3f}  MRR@10 {self.mrr_10:.3f}  "
            f"recall@100 {self.recall_100:.3f}  ({self.questions} questions)"
        )


def judged(scores: Vectors, answers: Sequence[Collection[int]]) -> Ranking:
    """Judge ``scores`` (questions, passages) by each question's ``answers``, of which there must be at least one.

    Equal scores count against us: an answer's rank is that of the last passage scoring the same.
    """
    ranks = [np.array([int((row >= row[answer]).sum()) for answer in sorted(a)]) for row, a in zip(scores, answers)]
    best = np.array([r.min() for r in ranks])
    return Ranking(
        questions=len(ranks),
        hit_1=float((best == 1).mean()),
        hit_3=float((best <= 3).mean()),
        mrr_10=float(np.where(best <= 10, 1 / best, 0).mean()),
        recall_100=float(np.mean([(r <= 100).mean() for r in ranks])),
    )


def standardised(scores: Vectors) -> Vectors:
    """Each question's scores in standard deviations above its mean."""
    spread = scores.std(axis=1, keepdims=True) + 1e-6
    return np.asarray((scores - scores.mean(axis=1, keepdims=True)) / spread, dtype=np.float32)
