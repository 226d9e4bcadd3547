"""Builds the index of a corpus, or finds that the one on disk is already it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.errors import IndexFault
from bot.retrieval import store
from bot.retrieval.abstention import Calibration
from bot.retrieval.adapter import Adapter
from bot.retrieval.cache import CachedEncoder, VectorCache
from bot.retrieval.calibrate import Question, calibrated
from bot.retrieval.corpus import Corpus
from bot.retrieval.encoder import Encoder, hash_of
from bot.retrieval.index import DenseIndex
from bot.retrieval.lexical import LexicalIndex
from bot.retrieval.moments import Moments
from bot.retrieval.passages import rows
from bot.retrieval.search import Searcher
from bot.retrieval.settings import Settings
from bot.retrieval.store import SearchIndex


@dataclass(frozen=True)
class Built:
    """The version on disk, and whether it had to be built."""

    version: str
    rebuilt: bool


@dataclass(frozen=True)
class Plan:
    """What an index is made of. The calibration ``questions`` may be empty: then the default calibration serves."""

    corpus: Corpus
    encoder: Encoder
    adapter: Adapter
    settings: Settings
    questions: Sequence[Question] = ()

    @property
    def version(self) -> str:
        """What identifies the index before it is built: a hash of all of it."""
        passages = json.dumps([passage.as_record() for passage in self.corpus.passages], ensure_ascii=False)
        others = (self.corpus.laws, self.corpus.regions, self.questions, self.settings.exact_up_to)
        marks = (str(store.FORMAT), self.encoder.fingerprint, self.adapter.fingerprint)
        return hash_of(passages, repr(others), *marks)[:16]


def make(plan: Plan, day: date, *, progress: bool = False) -> SearchIndex:
    """The index in memory, calibrated as on ``day``; vectors come from the cache where it has them.

    Raises EncoderError when the corpus holds no text at all.
    """
    all_rows = rows(plan.corpus.passages)
    encoder = CachedEncoder(plan.encoder, VectorCache(plan.settings.folder / "embeddings.sqlite"), progress=progress)
    vectors = plan.adapter.passages(encoder.passages([row.encoded for row in all_rows]))
    index = SearchIndex(
        version=plan.version,
        encoder=plan.encoder.fingerprint,
        adapter=plan.adapter.fingerprint,
        corpus=plan.corpus,
        rows=all_rows,
        dense=DenseIndex.build(vectors, plan.settings.exact_up_to),
        lexical=LexicalIndex.build([row.text for row in all_rows]),
        moments=Moments.of(vectors),
        calibration=Calibration(),
    )
    if not plan.questions:
        return index
    encoder.queries([question.text for question in plan.questions])
    return calibrated(Searcher(index, encoder, plan.adapter), plan.questions, day)


def ensure(plan: Plan, day: date, *, progress: bool = False) -> Built:
    """Make sure the index on disk is the planned one, whole and unchanged; build it otherwise.

    Where it is, nothing is loaded and nothing encoded.
    """
    try:
        if store.version(plan.settings.folder) == plan.version:
            return Built(plan.version, rebuilt=False)
    except IndexFault:
        pass  # missing, broken or foreign: all are cured by building
    store.write(make(plan, day, progress=progress), plan.settings.folder)
    return Built(plan.version, rebuilt=True)
