"""The dense index from a thousand to a million passages: build time, memory, latency, recall against exact search.

Building a million takes the better part of an hour, so what was built is kept: another run only measures it again.
"""

import json
import os
import resource
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from statistics import median

import faiss
import numpy as np

from bot.retrieval.encoder import Vectors, hash_of
from bot.retrieval.index import DenseIndex, Numbers, kind
from bot.retrieval.settings import Settings

Search = Callable[[Vectors, int], tuple[Vectors, Numbers]]
QUESTIONS = 200
TOP = 10
_INDEX, _QUESTIONS, _EXACT, _RECORD = "dense.faiss", "questions.npy", "exact.npy", "built.json"


@dataclass(frozen=True)
class Scale:
    """One size: build time, memory at most while building, size on disk, one search (ours, FAISS's own), recall@10.

    Times of a search are the median over ``QUESTIONS`` questions, one at a time, and for ours also the 90th percentile.
    """

    rows: int
    kind: str
    build_seconds: float
    build_mb: float
    disk_mb: float
    ours_ms: float
    ours_p90_ms: float
    faiss_ms: float
    recall: float

    def __str__(self) -> str:
        return (
            f"{self.rows} rows, {self.kind}: built in {self.build_seconds:.1f} s with {self.build_mb:.0f} MB at most, "
            f"{self.disk_mb:.0f} MB on disk; search median {self.ours_ms:.3f} ms, p90 {self.ours_p90_ms:.3f} ms, "
            f"FAISS alone {self.faiss_ms:.3f} ms; recall@10 {self.recall:.4f}"
        )


class Likeness:
    """Makes any number of unit vectors spread like ``base`` (n, dimension)."""

    def __init__(self, base: Vectors) -> None:
        self.base = base

    @cached_property
    def _near(self) -> Numbers:
        """The sixteen nearest of each vector, itself left out."""
        found = faiss.knn(self.base, self.base, 17, metric=faiss.METRIC_INNER_PRODUCT)[1]
        return np.asarray(found[:, 1:], dtype=np.int64)

    def vectors(self, rows: int, seed: int) -> Vectors:
        """(rows, dimension): each between a vector of the base and one near it, with a little noise."""
        return _between(self.base, self._near, rows, np.random.default_rng(seed))


def _between(base: Vectors, near: Numbers, rows: int, random: np.random.Generator) -> Vectors:
    made = np.empty((rows, base.shape[1]), dtype=np.float32)
    for start in range(0, rows, 50_000):
        size = min(50_000, rows - start)
        one = random.integers(0, len(base), size)
        other = near[one, random.integers(0, near.shape[1], size)]
        share = random.random((size, 1), dtype=np.float32)
        mixed = (1 - share) * base[one] + share * base[other]
        mixed += 0.01 * random.standard_normal(mixed.shape, dtype=np.float32)
        made[start : start + size] = mixed / np.linalg.norm(mixed, axis=1, keepdims=True)
    return made


def measure(rows: int, like: Likeness, settings: Settings, kept: Path) -> Scale:
    """Search an index of ``rows`` vectors, memory-mapped; it is built into the folder ``kept`` unless it is there."""
    path = _built(rows, like, settings, kept)
    questions = np.load(path / _QUESTIONS)
    record = json.loads((path / _RECORD).read_text(encoding="utf-8"))
    loaded = DenseIndex.load(path / _INDEX)
    found = np.stack([loaded.search(question[None], TOP)[1][0] for question in questions])
    ours, raw = _timed([loaded.search, loaded.faiss.search], questions)
    exact = np.load(path / _EXACT)
    recall = float(np.mean([len(set(a) & set(b)) / TOP for a, b in zip(found.tolist(), exact.tolist())]))
    size = (path / _INDEX).stat().st_size / 1e6
    times = (median(ours), float(np.quantile(ours, 0.9)), median(raw))
    return Scale(rows, record["kind"], record["seconds"], record["mb"], size, *times, recall)


def _built(rows: int, like: Likeness, settings: Settings, kept: Path) -> Path:
    """The folder of the index, questions, exact answers, what building took; built aside: half of one never counts."""
    wanted = kind(rows, settings.exact_up_to)
    path = kept / f"{rows}-{hash_of(like.base.tobytes().hex(), wanted)[:8]}"
    if path.is_dir():
        return path
    aside = path.with_name(f"{path.name}-building-{os.getpid()}")
    aside.mkdir(parents=True)
    try:
        made, questions = like.vectors(rows, seed=rows), like.vectors(QUESTIONS, seed=1)
        np.save(aside / _QUESTIONS, questions)
        np.save(aside / _EXACT, faiss.knn(questions, made, TOP, metric=faiss.METRIC_INNER_PRODUCT)[1])
        start = time.perf_counter()
        index = DenseIndex.build(made, settings.exact_up_to)
        seconds = time.perf_counter() - start
        index.save(aside / _INDEX)
        record = {"kind": wanted, "seconds": seconds, "mb": _peak()}
        (aside / _RECORD).write_text(json.dumps(record), encoding="utf-8")
        aside.rename(path)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return path


def _peak() -> float:
    """The most memory the process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _timed(searches: Sequence[Search], questions: Vectors) -> list[list[float]]:
    """Milliseconds of each question by each of the ``searches``, in turns: other work hits all alike."""
    times: list[list[float]] = [[] for _ in searches]
    for number, question in enumerate(questions):
        order = list(enumerate(searches))
        for place, search in order if number % 2 else reversed(order):
            start = time.perf_counter()
            search(question[None], TOP)
            times[place].append((time.perf_counter() - start) * 1000)
    return times
