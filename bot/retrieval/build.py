"""Builds the index of a corpus, or finds that the one on disk is already it."""

import json
from dataclasses import dataclass

from bot.errors import IndexFault
from bot.retrieval import store
from bot.retrieval.abstention import Calibration
from bot.retrieval.adapter import Adapter
from bot.retrieval.cache import VectorCache
from bot.retrieval.corpus import Corpus
from bot.retrieval.encoder import Encoder, hash_of
from bot.retrieval.index import DenseIndex
from bot.retrieval.lexical import LexicalIndex
from bot.retrieval.moments import Moments
from bot.retrieval.passages import rows
from bot.retrieval.settings import Settings
from bot.retrieval.store import SearchIndex


@dataclass(frozen=True)
class Built:
    """The version on disk, and whether it had to be built."""

    version: str
    rebuilt: bool


def version(corpus: Corpus, encoder: str, adapter: Adapter, settings: Settings) -> str:
    """What identifies an index before it is built: a hash of the corpus, encoder fingerprint, adapter and settings."""
    passages = json.dumps([passage.as_record() for passage in corpus.passages], ensure_ascii=False)
    names = repr((corpus.laws, corpus.regions))
    return hash_of(str(store.FORMAT), passages, names, encoder, adapter.fingerprint, str(settings.exact_up_to))[:16]


def make(
    corpus: Corpus, encoder: Encoder, adapter: Adapter, settings: Settings, *, progress: bool = False
) -> SearchIndex:
    """The index of ``corpus`` in memory; vectors come from the cache where it has them.

    Raises EncoderError when the corpus holds no text at all.
    """
    all_rows = rows(corpus.passages)
    cache = VectorCache(settings.folder / "embeddings.sqlite")
    vectors = adapter.passages(cache.vectors([row.encoded for row in all_rows], encoder, progress=progress))
    return SearchIndex(
        version=version(corpus, encoder.fingerprint, adapter, settings),
        encoder=encoder.fingerprint,
        corpus=corpus,
        rows=all_rows,
        dense=DenseIndex.build(vectors, settings.exact_up_to),
        lexical=LexicalIndex.build([row.text for row in all_rows]),
        moments=Moments.of(vectors),
        calibration=Calibration(),
    )


def ensure(corpus: Corpus, encoder: Encoder, adapter: Adapter, settings: Settings, *, progress: bool = False) -> Built:
    """Make sure the index on disk is that of ``corpus``, whole and unchanged; build it otherwise.

    Nothing is loaded when it is.
    """
    wanted = version(corpus, encoder.fingerprint, adapter, settings)
    try:
        if store.version(settings.folder) == wanted:
            return Built(wanted, rebuilt=False)
    except IndexFault:
        pass  # missing, broken or foreign: all are cured by building
    store.write(make(corpus, encoder, adapter, settings, progress=progress), settings.folder)
    return Built(wanted, rebuilt=True)
