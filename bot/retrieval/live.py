"""The index of the project's knowledge: built when something changed, and followed while serving."""

import logging
from datetime import date

from bot.catalogue import Catalogue, load
from bot.errors import IndexFault
from bot.retrieval import store
from bot.retrieval.adapter import Adapter
from bot.retrieval.build import Built, Plan, ensure
from bot.retrieval.calibrate import QUESTIONS, read_questions
from bot.retrieval.corpus import Corpus
from bot.retrieval.encoder import Encoder, SentenceEncoder
from bot.retrieval.results import SearchResult
from bot.retrieval.search import Searcher
from bot.retrieval.settings import Settings
from bot.retrieval.texts.files import read_all
from bot.settings import knowledge_folder

_log = logging.getLogger(__name__)


def build_index(settings: Settings, catalogue: Catalogue | None = None, *, progress: bool = False) -> Built:
    """Index the knowledge (the project's own where None) unless that is done already.

    Raises BanshiError when the knowledge or the encoder is at fault.
    """
    encoder = SentenceEncoder(settings.encoder, settings.threads)
    folder = knowledge_folder()
    corpus = Corpus.of(catalogue or load(folder), read_all(folder))
    adapter = Adapter.for_encoder(encoder.fingerprint)
    plan = Plan(corpus, encoder, adapter, settings, read_questions(QUESTIONS))
    return ensure(plan, date.today(), progress=progress)


def open_searcher(catalogue: Catalogue) -> "LiveSearcher":
    """What a server searches with: the index of ``catalogue``, built first where it is not whole or not current."""
    settings = Settings.from_environment()
    build_index(settings, catalogue, progress=True)
    return LiveSearcher(settings)


class LiveSearcher:
    """Searches the index on disk, and takes up a newer one at the next question once it has been swapped in."""

    def __init__(self, settings: Settings, encoder: Encoder | None = None) -> None:
        self._settings = settings
        self._encoder = encoder or SentenceEncoder(settings.encoder, settings.threads)
        self._name = store.current(settings.folder)
        self._searcher = self._open()

    @property
    def version(self) -> str:
        """The version of the index being served."""
        return self._searcher.index.version

    def search(
        self,
        question: str,
        *,
        language: str,
        date: date,
        region: str | None = None,
        topic: str | None = None,
        law: str | None = None,
        limit: int = 3,
    ) -> SearchResult:
        """See ``Searcher.search``."""
        self._follow()
        return self._searcher.search(
            question, language=language, date=date, region=region, topic=topic, law=law, limit=limit
        )

    def _follow(self) -> None:
        name = store.current(self._settings.folder)
        if name in (None, self._name):
            return
        self._name = name
        try:
            self._searcher = self._open()
        except IndexFault as fault:  # the old index is whole and its knowledge was right a moment ago
            _log.warning("The new index is not taken up: %s", fault)

    def _open(self) -> Searcher:
        """Raises IndexFault when the index is broken, or was built with another encoder."""
        index = store.read(self._settings.folder)
        if index.encoder != self._encoder.fingerprint:
            raise IndexFault(
                f"The index was built with the encoder {index.encoder}, and {self._encoder.fingerprint} is set; "
                "run: python -m bot.retrieval build"
            )
        adapter = Adapter.for_encoder(self._encoder.fingerprint)
        if index.adapter != adapter.fingerprint:
            raise IndexFault("The index was built with another adapter; run: python -m bot.retrieval build")
        return Searcher(index, self._encoder, adapter)
