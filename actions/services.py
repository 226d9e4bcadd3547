"""The assistant the actions share, built once per process."""

from __future__ import annotations

from functools import lru_cache

from bot.answers.assistant import Assistant
from bot.answers.official import official_text
from bot.catalogue import load
from bot.console.case_codes import SqliteCaseCodes
from bot.retrieval.live import open_searcher
from bot.settings import knowledge_folder, var_folder


@lru_cache(maxsize=1)
def assistant() -> Assistant:
    """The assistant over the knowledge folder and its index.

    Raises:
        KnowledgeProblems: the knowledge cannot be served.
    """
    catalogue = load(knowledge_folder())
    return Assistant(
        catalogue=catalogue,
        finder=open_searcher(catalogue),
        official=official_text,
        codes=SqliteCaseCodes(var_folder() / "cases.db"),
    )
