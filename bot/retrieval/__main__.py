"""``python -m bot.retrieval build`` makes the index; ``search QUESTION`` tries it; ``train`` learns the adapter."""

import argparse
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np

from bot.catalogue import load
from bot.errors import BanshiError
from bot.retrieval.adapter import OUTSIDE, SHIPPED
from bot.retrieval.cache import VectorCache
from bot.retrieval.corpus import Corpus
from bot.retrieval.encoder import SentenceEncoder
from bot.retrieval.live import LiveSearcher, build_index
from bot.retrieval.settings import Settings
from bot.settings import ROOT, knowledge_folder


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 when it worked, 1 with one sentence when it did not."""
    parser = argparse.ArgumentParser(prog="python -m bot.retrieval", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("build", help="build the index, or find that nothing changed")
    train = commands.add_parser("train", help="learn the adapter again, from our own questions and STARD")
    train.add_argument("--stard", type=Path, default=None, help="the folder of the data set STARD; left out: not used")
    search = commands.add_parser("search", help="search it as the assistant does")
    search.add_argument("question")
    search.add_argument("--language", choices=["zh", "en"], default="zh")
    search.add_argument("--region", default=None)
    options = parser.parse_args(arguments)
    try:
        if options.command == "build":
            return _build()
        if options.command == "train":
            return _train(options.stard)
        return _search(options.question, options.language, options.region)
    except BanshiError as error:
        print(error, file=sys.stderr)
        return 1


def _build() -> int:
    built = build_index(Settings.from_environment(), progress=True)
    print(f"Index {built.version}: {'built' if built.rebuilt else 'up to date'}.")
    return 0


def _train(stard: Path | None) -> int:
    from bot.retrieval import lessons, training  # torch

    settings = Settings.from_environment()
    encoder = SentenceEncoder(settings.encoder, settings.threads)
    cache = VectorCache(settings.folder / "embeddings.sqlite")
    catalogue = load(knowledge_folder())
    corpus = Corpus.of(catalogue)
    learnt = [lessons.own(corpus, encoder, cache)]
    learnt += [lessons.stard(stard, encoder, cache)] if stard else []
    adapter = training.learn(
        learnt, encoder.fingerprint, report=lambda epoch, loss: print(f"Epoch {epoch}: loss {loss:.3f}")
    )
    others = cache.questions(lessons.outside(ROOT / "data" / "nlu"), encoder, progress=True)
    told = lessons.matters(corpus) + lessons.topics(ROOT / "data" / "nlu", sorted(catalogue.topics))
    vectors = np.concatenate([cache.questions([question for question, _ in told], encoder, progress=True), others])
    names = [name for _, name in told] + [OUTSIDE] * len(others)
    adapter = replace(
        adapter,
        domain=training.learn_domain(learnt[0].questions, others),
        matters=training.learn_matters(vectors, names),
    )
    adapter.save(SHIPPED)
    print(f"Learnt from {sum(len(lesson.questions) for lesson in learnt)} questions; written to {SHIPPED}.")
    return 0


def _search(question: str, language: str, region: str | None) -> int:
    result = LiveSearcher(Settings.from_environment()).search(
        question, language=language, date=date.today(), region=region
    )
    print(
        f"Index {result.version}, confidence {result.confidence:.2f}"
        + (f", abstains: {result.reason}" if result.abstained else "")
    )
    for scored in result.passages:
        print(f"{scored.score:6.2f}  {scored.passage.id}  {scored.why}  {' '.join(scored.matched_words)}")
        print(f"        {scored.passage.text(language)}")
    for rejected in result.rejected:
        print(f"{rejected.score:6.2f}  {rejected.passage.id}  not served: {rejected.reason}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
