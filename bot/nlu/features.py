"""What a text looks like to the intent classifier: character and word n-grams, and one pooled sentence vector."""

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
from bot.nlu.encoder import Matrix, sentence_encoder

NGRAM_WEIGHT = 0.5
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

    ``ngrams`` (n × n-grams) is sparse; ``pooled`` (n × 512) is what the sentence encoder's head is given.
    """

    ngrams: scipy.sparse.csr_matrix
    pooled: Matrix


class Features:
    """Learns the n-grams of the training texts."""

    def __init__(self) -> None:
        self._ngrams = FeatureUnion(
            [
                ("characters", _counts(analyzer="char", ngram_range=(1, 5), min_df=2)),
                ("words", _counts(token_pattern=_WORD, ngram_range=(1, 3))),
            ]
        )

    def fit(self, texts: Sequence[str]) -> Rows:
        """Learn from ``texts`` and give their rows."""
        plain = [normalise(text) for text in texts]
        self._ngrams.fit(plain)
        return self._rows(plain, self._ngrams.transform(plain))

    def rows(self, texts: Sequence[str]) -> Rows:
        """The rows of ``texts``."""
        plain = [normalise(text) for text in texts]
        return self._rows(plain, self._counting.rows(plain) if len(plain) <= _FEW else self._ngrams.transform(plain))

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if name != "_counting"}

    @cached_property
    def _counting(self) -> Counting:
        return Counting(self._ngrams)

    def _rows(self, plain: list[str], ngrams: scipy.sparse.csr_matrix) -> Rows:
        return Rows(ngrams * np.float32(NGRAM_WEIGHT), sentence_encoder().pooled(plain))


def _counts(**settings: Any) -> TfidfVectorizer:
    return TfidfVectorizer(sublinear_tf=True, dtype=np.float32, **settings)
