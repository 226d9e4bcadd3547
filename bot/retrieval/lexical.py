"""Lexical search: BM25 (the library bm25s) over the terms of ``bot.retrieval.words``."""

from collections.abc import Sequence
from math import log
from pathlib import Path

import bm25s
import numpy as np

from bot.retrieval.encoder import Vectors
from bot.retrieval.words import known, terms


class LexicalIndex:
    """BM25 scores of a question against every row."""

    def __init__(self, engine: bm25s.BM25, size: int) -> None:
        self._engine = engine
        self.size = size

    @classmethod
    def build(cls, texts: Sequence[str]) -> "LexicalIndex":
        """Index ``texts``; there must be at least one term in all of them together, or ValueError is raised."""
        vocabulary: dict[str, int] = {}
        ids = [[vocabulary.setdefault(term, len(vocabulary)) for term in terms(text)] for text in texts]
        if not vocabulary:
            raise ValueError("no words to index")
        engine = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
        engine.index((ids, vocabulary), show_progress=False, create_empty_token=False)
        return cls(engine, len(texts))

    def scores(self, question: str) -> Vectors:
        """BM25 of ``question`` with every row: (rows,), 0 where no term is shared."""
        ids = [self._engine.vocab_dict[term] for term in terms(question) if term in self._engine.vocab_dict]
        if not ids:
            return np.zeros(self.size, dtype=np.float32)
        return np.asarray(self._engine.get_scores_from_ids(ids), dtype=np.float32)

    def rarity(self, term: str) -> float:
        """How much a term tells, natural logarithm: high for a rare one, highest for one no row has."""
        number = self._engine.vocab_dict.get(term)
        column = self._engine.scores["indptr"]
        having = int(column[number + 1] - column[number]) if number is not None else 0
        return log(1 + (self.size - having + 0.5) / (having + 0.5))

    def coverage(self, question: str, text: str) -> float:
        """The part of the question's terms, weighted by rarity, that ``text`` has: 0 to 1."""
        rarity = {term: self.rarity(term) for term in set(terms(question))}
        total = sum(rarity.values())
        return sum(rarity[term] for term in rarity.keys() & known(text)) / total if total else 0.0

    def save(self, folder: Path) -> None:
        """Write the index into ``folder``."""
        self._engine.save(str(folder), show_progress=False)

    @classmethod
    def load(cls, folder: Path, size: int) -> "LexicalIndex":
        """Read the index of ``size`` rows back, its arrays memory-mapped."""
        return cls(bm25s.BM25.load(str(folder), mmap=True, load_vocab=True), size)
