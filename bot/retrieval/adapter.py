"""The domain adapter: one linear layer on the frozen encoder, learnt from questions and the passages answering them."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.errors import IndexFault
from bot.retrieval.encoder import Vectors, hash_of

SHIPPED = Path(__file__).parent / "model" / "adapter.npz"


@dataclass(frozen=True)
class Adapter:
    """``question`` and ``passage`` are (dimension, dimension); None leaves that side as the encoder made it.

    ``encoder`` is the fingerprint of the encoder it was learnt on; on any other its numbers mean nothing.
    """

    fingerprint: str = "none"
    encoder: str = ""
    question: Vectors | None = None
    passage: Vectors | None = None

    def questions(self, vectors: Vectors) -> Vectors:
        """Question vectors (n, dimension), adapted, of length 1."""
        return _applied(self.question, vectors)

    def passages(self, vectors: Vectors) -> Vectors:
        """Passage vectors (n, dimension), adapted, of length 1."""
        return _applied(self.passage, vectors)

    def save(self, path: Path) -> None:
        """Write the weights in half precision, which loses nothing that shows in a ranking."""
        assert self.question is not None
        assert self.passage is not None
        path.parent.mkdir(parents=True, exist_ok=True)
        about = np.array(json.dumps({"encoder": self.encoder}))
        question, passage = self.question.astype(np.float16), self.passage.astype(np.float16)
        np.savez_compressed(path, about=about, question=question, passage=passage)

    @classmethod
    def load(cls, path: Path) -> "Adapter":
        """Read weights back. Raises IndexFault when the file is not whole."""
        try:
            with np.load(path) as file:
                about = json.loads(str(file["about"]))
                question, passage = (file[name].astype(np.float32) for name in ("question", "passage"))
        except (OSError, ValueError, KeyError) as error:
            raise IndexFault(
                f"The adapter {path} cannot be read ({error}); run: python -m bot.retrieval train"
            ) from error
        mark = hash_of(path.read_bytes().hex())
        return cls(mark, about["encoder"], question, passage)

    @classmethod
    def for_encoder(cls, fingerprint: str, path: Path = SHIPPED) -> "Adapter":
        """The adapter at ``path`` if there is one and it was learnt on this encoder, else one that changes nothing."""
        if not path.is_file():
            return cls()
        adapter = cls.load(path)
        return adapter if adapter.encoder == fingerprint else cls()


def _applied(matrix: Vectors | None, vectors: Vectors) -> Vectors:
    if matrix is None:
        return vectors
    moved = vectors @ matrix.T
    return np.ascontiguousarray(moved / np.linalg.norm(moved, axis=1, keepdims=True), dtype=np.float32)
