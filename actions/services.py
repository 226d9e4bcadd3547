"""The assistant the actions share, built once per process."""

from __future__ import annotations

import logging
import os
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.answers.assistant import Assistant
from bot.answers.official import official_text
from bot.catalogue import load
from bot.console.case_codes import CaseCodes
from bot.console.database import connect
from bot.console.queue import Queue
from bot.console.retention import sweep_while_serving
from bot.console.settings import ConsoleSettings
from bot.console.turns import Turns
from bot.errors import BanshiError, IndexFault
from bot.procedures import decide
from bot.retrieval.live import LiveSearcher, open_searcher
from bot.retrieval.settings import Settings
from bot.retrieval.store import current
from bot.settings import announce_days, knowledge_folder


def warm_up() -> None:
    """Load everything and plan every topic's questions, so that the first citizen does not wait for it."""
    ready = assistant()
    ready.finder.search(ready.catalogue.say("which_topic").zh, language="zh", date=ready.today())
    for topic in ready.catalogue.topics:
        decide(ready.catalogue, topic, {}, ready.today())


logger = logging.getLogger(__name__)
_serving: dict[Path, Assistant] = {}
_refused: set[Path] = set()


def assistant() -> Assistant:
    """The one assistant of this process; see ``build``."""
    if not _serving:
        _serving[knowledge_folder()] = build()
    return next(reversed(_serving.values()))


def forget() -> None:
    """Build the assistant anew the next time it is asked for."""
    _serving.clear()
    _refused.clear()


def follow_knowledge() -> bool:
    """Serve the knowledge of another release when the folder leads there now; whether it was taken up.

    Knowledge with problems is refused and the present stays. The search index is followed by the searcher itself.
    """
    folder = knowledge_folder()
    if folder in _serving or folder in _refused:
        return False
    try:
        fresh = replace(assistant(), catalogue=load(folder))
        for topic in fresh.catalogue.topics:
            decide(fresh.catalogue, topic, {}, fresh.today())
    except BanshiError as error:
        _refused.add(folder)
        logger.error("The knowledge in %s is refused and the present stays: %s", folder, type(error).__name__)
        return False
    _refused.clear()
    _serving[folder] = fresh  # from here on the one that serves; never none, other threads answer meanwhile
    for other in [other for other in _serving if other != folder]:
        del _serving[other]
    logger.info("The knowledge in %s serves now.", folder)
    return True


def build() -> Assistant:
    """An assistant over the knowledge folder and its index.

    Raises:
        KnowledgeProblems: the knowledge cannot be served.
    """
    catalogue = load(knowledge_folder())
    return Assistant(
        catalogue=catalogue,
        finder=searcher(),
        official=official_text,
        announce=announce_days(),
        codes=CaseCodes(database()),
    )


@lru_cache(maxsize=1)
def searcher() -> LiveSearcher:
    """The search over the knowledge's index; one that was damaged is built again first.

    Raises:
        IndexFault: there is no index yet.
    """
    settings = Settings.from_environment()
    try:
        return LiveSearcher(settings)
    except IndexFault as fault:
        if current(settings.folder) is None:
            raise
        logger.error("%s", fault)
        return open_searcher(load(knowledge_folder()))


@lru_cache(maxsize=1)
def database() -> Any:
    """The database of case codes, counts and the console, its tables up to date."""
    return connect()


@lru_cache(maxsize=1)
def turns() -> Turns:
    """What counts the bot's turns."""
    return Turns(database(), Queue(database()))


def start_console() -> None:
    """Delete what is past its time, now and every hour, and serve the console where a port is set for it.

    Raises:
        SettingError: a setting of the console is wrong, or its port is taken.
    """
    settings = ConsoleSettings.from_environment(os.environ)
    sweep_while_serving(database(), settings.queue_days)
    if settings.port:
        from bot.console.serve import beside  # its libraries are loaded only where it runs

        beside(assistant(), searcher(), database(), settings)
