"""A tiny encoder that needs no model: a text's vector counts its terms, hashed into a few dimensions."""

from collections.abc import Sequence
from datetime import date
from zlib import crc32

import numpy as np

from bot.retrieval.encoder import Vectors
from bot.retrieval.passages import Passage
from bot.retrieval.words import terms

DAY = date(2026, 11, 21)


class FakeEncoder:
    """Counts of hashed terms, length 1. Remembers what it was given."""

    def __init__(self, fingerprint: str = "fake 1", dimension: int = 64) -> None:
        self.fingerprint = fingerprint
        self.dimension = dimension
        self.encoded: list[str] = []

    def queries(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self._vector(text) for text in texts])

    def passages(self, texts: Sequence[str]) -> Vectors:
        self.encoded.extend(texts)
        return self.queries(texts)

    def _vector(self, text: str) -> Vectors:
        vector = np.full(self.dimension, 1e-3, dtype=np.float32)
        for term in terms(text):
            vector[crc32(term.encode()) % self.dimension] += 1
        return vector / np.float32(np.linalg.norm(vector))


def passage(
    id: str = "lost-card/steps/report", zh: str = "先挂失", en: str = "Report the loss first.", **changes: object
) -> Passage:
    """A passage of which a test sets only what it is about."""
    standard: dict[str, object] = {
        "topic": id.split("/")[0], "law": None, "article": None, "region": None, "source": "a-source",
        "valid_from": date(2020, 1, 1), "valid_to": None, "kind": "statement",
    }  # fmt: skip
    return Passage(id=id, text_zh=zh, text_en=en, **{**standard, **changes})  # type: ignore[arg-type]


def article(law: str = "sil", number: str = "58", zh: str = "用人单位为职工申请登记。", **changes: object) -> Passage:
    """An article of a law in force."""
    return passage(
        f"{law}/{number}", zh, changes.pop("en", ""), topic=None, law=law, article=number, kind="article", **changes  # type: ignore[arg-type]
    )  # fmt: skip
