"""Dense and lexical scores of the rows worth looking at, added after each is standardised over the whole corpus."""

from dataclasses import dataclass

import numpy as np

from bot.retrieval.encoder import Vectors
from bot.retrieval.index import Numbers
from bot.retrieval.store import SearchIndex

# What a deviation of BM25 counts against one of the cosine. A few rows share a rare word, so the best BM25 lies tens of
# deviations out, the best cosine four or five; tuned on the calibration questions and on STARD's training folds.
LEXICAL_WEIGHT = 0.1
# What the log-probability of a passage's matter counts; chosen on held-out folds of our pairs and the calibration
# questions.
MATTER_WEIGHT = 0.2
# How many rows each of the two searches may propose; a row in neither list cannot have a high sum.
PROPOSED = 100


@dataclass(frozen=True)
class Candidates:
    """Rows, best first: cosine, cosine and BM25 in deviations above their corpus means, and the weighted sum.

    ``about`` is the log-probability that the question is about the row's matter.
    """

    rows: Numbers
    cosine: Vectors
    dense: Vectors
    lexical: Vectors
    about: Vectors
    score: Vectors


def candidates(
    index: SearchIndex, question: str, vector: Vectors, about: Vectors, also: Numbers | None = None
) -> Candidates:
    """The rows proposed by either search, and those in ``also``; ``vector`` is the question's, (dimension,).

    ``about`` is the log-probability of every row's matter, (rows,).
    """
    words = index.lexical.scores(question)
    limit = min(PROPOSED, len(index.rows))
    proposed = [index.dense.search(vector[None], limit)[1][0], _best(words, limit)]
    numbers = np.unique(np.concatenate([*proposed, *([] if also is None else [also])]))
    numbers = numbers[numbers >= 0]
    cosine = index.dense.vectors(numbers) @ vector
    mean, deviation = index.moments.spread(vector)
    dense = (cosine - mean) / deviation
    lexical = (words[numbers] - words.mean()) / max(float(words.std()), 1e-6)
    known = about[numbers]
    score = dense + LEXICAL_WEIGHT * lexical + MATTER_WEIGHT * known
    order = np.argsort(-score, kind="stable")
    return Candidates(numbers[order], cosine[order], dense[order], lexical[order], known[order], score[order])


def _best(words: Vectors, limit: int) -> Numbers:
    """The rows with the highest BM25, those without a shared word left out."""
    best = np.argpartition(-words, limit - 1)[:limit]
    return best[words[best] > 0]
