"""The domain adapter: linear layers on the frozen encoder, learnt from questions and the passages answering them."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.errors import IndexFault
from bot.retrieval.encoder import Vectors, hash_of

# How a question about none of our matters is called, and the least a matter's log-probability counts.
OUTSIDE, FLOOR = "outside", -8.0
SHIPPED = Path(__file__).parent / "model" / "adapter.npz"


@dataclass(frozen=True)
class Matters:
    """Which matter a question is about: ``names`` are topics, laws, and OUTSIDE; ``weights`` (names, dimension + 1)."""

    names: tuple[str, ...]
    weights: Vectors

    def log_probabilities(self, vectors: Vectors) -> Vectors:
        """(n, names) of questions as the encoder made them, none below FLOOR: one odd word must not rule a law out."""
        scores = vectors @ self.weights[:, :-1].T + self.weights[:, -1]
        scores = scores - scores.max(axis=1, keepdims=True)
        found = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
        return np.asarray(np.maximum(found, FLOOR), dtype=np.float32)

    @property
    def unknown(self) -> float:
        """What a matter nothing was learnt about gets: as likely as any."""
        return float(-np.log(len(self.names)))


@dataclass(frozen=True)
class Adapter:
    """``question`` and ``passage`` are (dimension, dimension); None leaves that side as the encoder made it.

    ``domain`` is (dimension + 1,): weights and bias of a line between questions about our matters and any others.
    ``matters`` tells topics and laws from each other, for ranking.
    ``encoder`` is the fingerprint of the encoder it was learnt on; on any other its numbers mean nothing.
    """

    fingerprint: str = "none"
    encoder: str = ""
    question: Vectors | None = None
    passage: Vectors | None = None
    domain: Vectors | None = None
    matters: Matters | None = None

    def inside(self, vectors: Vectors) -> Vectors:
        """Log-odds (n,) that questions, as the encoder made them, are about our matters; 0 where nothing was learnt."""
        if self.domain is None:
            return np.zeros(len(vectors), dtype=np.float32)
        return np.asarray(vectors @ self.domain[:-1] + self.domain[-1], dtype=np.float32)

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
        matters = self.matters or Matters((), np.zeros((0, 1), dtype=np.float32))
        about = np.array(json.dumps({"encoder": self.encoder, "matters": matters.names}))
        question, passage = self.question.astype(np.float16), self.passage.astype(np.float16)
        domain = np.zeros(0) if self.domain is None else self.domain
        np.savez_compressed(
            path,
            about=about,
            question=question,
            passage=passage,
            domain=domain,
            matters=matters.weights.astype(np.float16),
        )

    @classmethod
    def load(cls, path: Path) -> "Adapter":
        """Read weights back. Raises IndexFault when the file is not whole."""
        try:
            with np.load(path) as file:
                about = json.loads(str(file["about"]))
                names = ("question", "passage", "domain", "matters")
                question, passage, domain, weights = (file[name].astype(np.float32) for name in names)
                matters = Matters(tuple(about["matters"]), weights) if about["matters"] else None
        except (OSError, ValueError, KeyError) as error:
            raise IndexFault(
                f"The adapter {path} cannot be read ({error}); run: python -m bot.retrieval train"
            ) from error
        mark = hash_of(path.read_bytes().hex())
        return cls(mark, about["encoder"], question, passage, domain if domain.size else None, matters)

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
