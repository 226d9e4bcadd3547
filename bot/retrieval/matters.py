"""How likely a question is about the matter each row belongs to."""

import numpy as np

from bot.retrieval.adapter import OUTSIDE, Adapter
from bot.retrieval.encoder import Vectors
from bot.retrieval.store import SearchIndex


class MattersOfRows:
    """The matters of an index's rows: the topic of a statement, the law of an article."""

    def __init__(self, index: SearchIndex, adapter: Adapter) -> None:
        self._matters = adapter.matters
        self._rows = len(index.rows)
        known = {name: number for number, name in enumerate(adapter.matters.names)} if adapter.matters else {}
        names = [passage.topic or passage.law or "" for passage in index.corpus.passages]
        # The column after the last one is that of matters nothing was learnt about.
        self._columns = np.array([known.get(names[row.passage], len(known)) for row in index.rows], dtype=np.int64)

    def about(self, plain: Vectors) -> Vectors:
        """Log-probabilities (n, rows) for questions as the encoder made them; 0 where nothing was learnt."""
        if self._matters is None:
            return np.zeros((len(plain), self._rows), dtype=np.float32)
        found = self._matters.log_probabilities(plain)
        unknown = np.full((len(plain), 1), self._matters.unknown, dtype=np.float32)
        return np.concatenate([found, unknown], axis=1)[:, self._columns]

    def outside(self, plain: Vectors) -> Vectors:
        """Log-probabilities (n,) that the questions are about none of our matters; 0 where nothing was learnt."""
        if self._matters is None or OUTSIDE not in self._matters.names:
            return np.zeros(len(plain), dtype=np.float32)
        return self._matters.log_probabilities(plain)[:, self._matters.names.index(OUTSIDE)]
