"""The dense index from a thousand to a million passages: build time, memory, latency, recall against exact search."""

import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import faiss
import numpy as np

from bot.retrieval.encoder import Vectors
from bot.retrieval.index import DenseIndex, Numbers, kind
from bot.retrieval.settings import Settings

Search = Callable[[Vectors, int], tuple[Vectors, Numbers]]
QUESTIONS = 200
TOP = 10


@dataclass(frozen=True)
class Scale:
    """One size: build time, size on disk, peak memory, median of one search (ours, FAISS's own), recall@10."""

    rows: int
    kind: str
    build_seconds: float
    disk_mb: float
    peak_mb: float
    ours_ms: float
    faiss_ms: float
    recall: float


def vectors(rows: int, base: Vectors, seed: int) -> Vectors:
    """``rows`` unit vectors spread like ``base`` (n, dimension): between two near ones of it, with a little noise."""
    random = np.random.default_rng(seed)
    near = _neighbours(base)
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


def _neighbours(base: Vectors) -> Numbers:
    """The sixteen nearest of each vector of ``base``, itself left out."""
    index = faiss.IndexFlatIP(base.shape[1])
    index.add(base)
    return np.asarray(index.search(base, 17)[1][:, 1:], dtype=np.int64)


def measure(rows: int, base: Vectors, settings: Settings) -> Scale:
    """Build, save, load memory-mapped and search an index of ``rows`` vectors; one question at a time."""
    made, questions = vectors(rows, base, seed=rows), vectors(QUESTIONS, base, seed=1)
    exact = _exact(made, questions)
    start = time.perf_counter()
    index = DenseIndex.build(made, settings.exact_up_to)
    seconds = time.perf_counter() - start
    del made
    with TemporaryDirectory() as folder:
        path = Path(folder) / "dense.faiss"
        index.save(path)
        del index
        loaded = DenseIndex.load(path)
        size = path.stat().st_size / 1e6
        ours, found = _timed(loaded.search, questions)
        raw, _ = _timed(loaded.faiss.search, questions)
    recall = float(np.mean([len(set(a) & set(b)) / TOP for a, b in zip(found.tolist(), exact.tolist())]))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Scale(rows, kind(rows, settings.exact_up_to), seconds, size, peak, ours, raw, recall)


def _exact(made: Vectors, questions: Vectors) -> Numbers:
    flat = faiss.IndexFlatIP(made.shape[1])
    flat.add(made)
    return np.asarray(flat.search(questions, TOP)[1], dtype=np.int64)


def _timed(search: Search, questions: Vectors) -> tuple[float, Numbers]:
    """Median milliseconds of one search, the first few left out, and the rows found."""
    times, found = [], []
    for question in [*questions[:5], *questions]:
        start = time.perf_counter()
        found.append(search(question[None], TOP)[1][0])
        times.append(time.perf_counter() - start)
    return median(times[5:]) * 1000, np.stack(found[5:])
