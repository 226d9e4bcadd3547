"""Everything the console works with, put together once per process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.answers.assistant import Assistant
from bot.console.accounts import Accounts
from bot.console.audit import Audit
from bot.console.case_codes import CaseCodes
from bot.console.failures import Failures
from bot.console.overview import Overview
from bot.console.queue import Queue
from bot.console.search.instant import Finder, Instant
from bot.console.search.phrases import phrases
from bot.console.search.topics import Topics
from bot.console.sessions import Sessions
from bot.console.settings import ConsoleSettings
from bot.console.tailored import Tailor
from bot.nlu.said import SaidFinder
from bot.settings import nlu_folder


@dataclass(frozen=True)
class Desk:
    """What a request may need."""

    settings: ConsoleSettings
    assistant: Assistant
    instant: Instant
    tailor: Tailor
    accounts: Accounts
    sessions: Sessions
    failures: Failures
    audit: Audit
    codes: CaseCodes
    queue: Queue
    overview: Overview


def instant(assistant: Assistant, finder: Finder) -> Instant:
    """The search over the assistant's records and the training phrases (some seconds)."""
    catalogue = assistant.catalogue
    topics = Topics(catalogue, phrases(catalogue, nlu_folder()))
    return Instant(catalogue, topics, SaidFinder(catalogue), finder, assistant.official, assistant.today)


def desk(assistant: Assistant, search: Instant, engine: Any, settings: ConsoleSettings) -> Desk:
    """The console's means over an assistant, its search and a database."""
    return Desk(
        settings=settings,
        assistant=assistant,
        instant=search,
        tailor=Tailor(assistant),
        accounts=Accounts(engine),
        sessions=Sessions(engine, settings.lasts, settings.idle),
        failures=Failures(engine),
        audit=Audit(engine),
        codes=CaseCodes(engine),
        queue=Queue(engine),
        overview=Overview(engine),
    )
