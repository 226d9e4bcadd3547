"""``python -m bot.evaluation.retrieval``: own questions; ``--stard``, ``--statutes`` and ``--scale`` add more."""

import argparse
import resource
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import median

import numpy as np

from bot.catalogue import load
from bot.evaluation.retrieval import scale, stard
from bot.evaluation.retrieval.own import Own
from bot.evaluation.retrieval.whole import with_all_statutes
from bot.retrieval import store
from bot.retrieval.adapter import Adapter
from bot.retrieval.build import Plan, ensure
from bot.retrieval.cache import CachedEncoder, VectorCache
from bot.retrieval.calibrate import QUESTIONS, read_questions
from bot.retrieval.corpus import Corpus
from bot.retrieval.encoder import SentenceEncoder, Vectors
from bot.retrieval.live import build_index
from bot.retrieval.search import Searcher
from bot.retrieval.settings import Settings
from bot.retrieval.texts.files import read_all
from bot.settings import knowledge_folder

SIZES = (1_000, 10_000, 100_000, 1_000_000)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m bot.evaluation.retrieval", description=__doc__)
    parser.add_argument("--stard", type=Path, default=None, help="the folder of the data set STARD")
    parser.add_argument("--statutes", action="store_true", help="also among all statutes; long the first time")
    parser.add_argument(
        "--scale", type=int, nargs="*", default=None, help="sizes to try; none: 1 thousand to 1 million"
    )
    parser.add_argument(
        "--like", type=Path, default=None, help="STARD's folder: --scale spreads its vectors like those"
    )
    parser.add_argument(
        "--kept", type=Path, default=None, help="where the indexes of --scale are kept, to measure them again"
    )
    parser.add_argument("--skip-own", action="store_true", help="leave out our own questions among our own passages")
    parser.add_argument("--mistakes", action="store_true", help="print the own questions that went wrong")
    options = parser.parse_args()
    settings = Settings.from_environment()
    build_index(settings, progress=True)
    encoder = SentenceEncoder(settings.encoder, settings.threads)
    cache = VectorCache(settings.folder / "embeddings.sqlite")
    cached = CachedEncoder(encoder, cache, progress=True)
    own = Own(store.read(settings.folder), cached, Adapter.for_encoder(encoder.fingerprint), date.today())
    if not options.skip_own:
        _print_own(own, mistakes=options.mistakes)
        _print_latency(own, encoder)
    if options.statutes:
        _print_statutes(settings, encoder)
    if options.stard:
        print("\nSTARD, five folds")
        for name, ranking in stard.rankings(options.stard, encoder, cache).items():
            print(f"  {name:28} {ranking}")
    if options.scale is not None:
        base = _ready(options.like) if options.like else cached.passages([row.encoded for row in own.index.rows])
        _print_scale(options.scale or SIZES, scale.Likeness(base), settings, options.kept or settings.folder / "scale")


def _print_scale(sizes: Sequence[int], like: scale.Likeness, settings: Settings, kept: Path) -> None:
    print()
    for rows in sizes:
        print(scale.measure(rows, like, settings, kept), flush=True)


def _print_statutes(settings: Settings, encoder: SentenceEncoder) -> None:
    settings = replace(settings, folder=settings.folder / "statutes")
    day, adapter = date.today(), Adapter.for_encoder(encoder.fingerprint)
    knowledge = knowledge_folder()
    corpus = with_all_statutes(Corpus.of(load(knowledge), read_all(knowledge)), day)
    start = time.perf_counter()
    built = ensure(Plan(corpus, encoder, adapter, settings, read_questions(QUESTIONS)), day, progress=True)
    seconds = time.perf_counter() - start if built.rebuilt else 0.0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    cache = VectorCache(settings.folder / "embeddings.sqlite")
    own = Own(store.read(settings.folder), CachedEncoder(encoder, cache, progress=True), adapter, day)
    print(f"\nAmong all statutes: {len(corpus.passages)} passages, built in {seconds:.0f} s, {peak:.0f} MB at most")
    for name, ranking in own.rankings().items():
        print(f"  {name:28} {ranking}")


def _print_own(own: Own, *, mistakes: bool) -> None:
    print(f"\nOwn questions, held apart: {len(own.answerable)} answerable, {len(own.unanswerable)} unanswerable")
    for language in (None, "zh", "en"):
        print(f" {language or 'both'}")
        for name, ranking in own.rankings(language).items():
            print(f"  {name:28} {ranking}")
    calibrated = own.index.calibration.threshold
    print("\nAbstention: threshold, right first, right in three, answerable not answered, unanswerable answered")
    for threshold in sorted({0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, calibrated}):
        served = own.served(threshold)
        print(
            f"  {threshold:.3f}  {served.right_first:.3f}  {served.right_in_three:.3f}  {served.abstained:.3f}  "
            f"{served.wrongly_answered:.3f}{'  <- calibrated' if threshold == calibrated else ''}"
        )
    for question, found in own.mistakes() if mistakes else []:
        print(f"  {question.text}  wanted {', '.join(question.gold)}  got {', '.join(found) or 'nothing'}")


def _print_latency(own: Own, encoder: SentenceEncoder) -> None:
    searcher = Searcher(own.index, encoder, own.adapter)
    texts = own.answerable
    searcher.search("预热", language="zh", date=own.day)
    first: list[float] = []
    again: list[float] = []
    for times in (first, again):
        for question in texts:
            start = time.perf_counter()
            searcher.search(question.text, language=question.language, date=own.day)
            times.append((time.perf_counter() - start) * 1000)
    print(
        f"\nOne search with encoding: median {median(first):.1f} ms, p10 {np.quantile(first, 0.1):.1f}; "
        f"the same question again: {median(again):.3f} ms"
    )


def _ready(folder: Path) -> Vectors:
    vectors = np.load(folder / "corpus-e5.npy").astype(np.float32)[::3]
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


if __name__ == "__main__":
    main()
