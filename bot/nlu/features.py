"""What a text looks like to the intent classifier: character and word n-grams, and one sentence vector."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import scipy.sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion

from bot.nlu.counting import Counting
from bot.nlu.encoder import DIMENSIONS, Matrix, sentence_encoder

NGRAM_WEIGHT = 0.6
"""Weight of the n-grams beside the sentence vector; cross-validated, see docs/measurements.md."""
_FEW = 16  # texts; scikit-learn is quicker with more
_WORD = r"(?u)[a-z]+|[㐀-鿿]"


@lru_cache(maxsize=1)
def _simplifier() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


def normalise(text: str) -> str:
    """Half-width, lower-case, simplified characters, single spaces."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return " ".join(str(_simplifier().convert(folded)).split())


@dataclass(frozen=True)
class Rows:
    """The features of n texts.

    ``plain`` are the texts in one way of writing; ``ngrams`` (n × n-grams) is sparse; ``vectors`` (n × 512) are centred
    sentence vectors of length 1.
    """

    plain: list[str]
    ngrams: scipy.sparse.csr_matrix
    vectors: Matrix


class Features:
    """Learns the n-grams and the mean vector of the training texts."""

    def __init__(self) -> None:
        self._ngrams = FeatureUnion(
            [
                ("characters", _counts(analyzer="char", ngram_range=(1, 5), min_df=2)),
                ("words", _counts(token_pattern=_WORD, ngram_range=(1, 3))),
            ]
        )
        self._mean = np.zeros(DIMENSIONS, dtype=np.float32)

    def fit(self, texts: Sequence[str]) -> Rows:
        """Learn from ``texts`` and give their rows."""
        plain = [normalise(text) for text in texts]
        self._ngrams.fit(plain)
        vectors = sentence_encoder().encode(plain)
        self._mean = vectors.mean(axis=0)
        return Rows(plain, self._ngrams.transform(plain) * NGRAM_WEIGHT, self._centred(vectors))

    def counted(self, texts: Sequence[str]) -> tuple[list[str], scipy.sparse.csr_matrix]:
        """``plain`` and ``ngrams`` of ``texts``, which take a tenth of the time of the vectors."""
        plain = [normalise(text) for text in texts]
        ngrams = self._counting.rows(plain) if len(plain) <= _FEW else self._ngrams.transform(plain)
        ngrams *= NGRAM_WEIGHT
        return plain, ngrams

    def rows(self, plain: list[str], ngrams: scipy.sparse.csr_matrix) -> Rows:
        """The rows of what was counted."""
        return Rows(plain, ngrams, self._centred(sentence_encoder().encode(plain)))

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if name != "_counting"}

    @cached_property
    def _counting(self) -> Counting:
        return Counting(self._ngrams)

    def _centred(self, vectors: Matrix) -> Matrix:
        centred = vectors - self._mean
        length = np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-9)
        return np.asarray(centred / length, dtype=np.float32)


def _counts(**settings: Any) -> TfidfVectorizer:
    return TfidfVectorizer(sublinear_tf=True, dtype=np.float32, **settings)
