"""The assistant the actions share, built once per process."""

from __future__ import annotations

from functools import lru_cache

from bot.answers.assistant import Assistant
from bot.answers.official import official_text
from bot.catalogue import load
from bot.console.case_codes import SqliteCaseCodes
from bot.procedures import decide
from bot.retrieval.live import LiveSearcher
from bot.retrieval.settings import Settings
from bot.settings import announce_days, knowledge_folder, var_folder


def warm_up() -> None:
    """Load everything and plan every topic's questions, so that the first citizen does not wait for it."""
    ready = assistant()
    ready.finder.search(ready.catalogue.say("which_topic").zh, language="zh", date=ready.today())
    for topic in ready.catalogue.topics:
        decide(ready.catalogue, topic, {}, ready.today())


@lru_cache(maxsize=1)
def assistant() -> Assistant:
    """The one assistant of this process; see ``build``."""
    return build()


def build() -> Assistant:
    """An assistant over the knowledge folder and its index.

    Raises:
        KnowledgeProblems: the knowledge cannot be served.
    """
    catalogue = load(knowledge_folder())
    return Assistant(
        catalogue=catalogue,
        finder=LiveSearcher(Settings.from_environment()),
        official=official_text,
        announce=announce_days(),
        codes=SqliteCaseCodes(var_folder() / "cases.db"),
    )
