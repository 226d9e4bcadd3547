"""The console as a process of its own: for a hotline whose bot runs elsewhere, or not at all."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date

import uvicorn

from bot.answers.assistant import Assistant
from bot.answers.official import official_text
from bot.catalogue import load
from bot.console.case_codes import CaseCodes
from bot.console.database import connect
from bot.console.retention import sweep_while_serving
from bot.console.serve import server
from bot.console.settings import DEFAULT_PORT, ConsoleSettings
from bot.retrieval.live import LiveSearcher
from bot.retrieval.settings import Settings
from bot.settings import announce_days, knowledge_folder


def console() -> uvicorn.Server:
    """Everything loaded and warm, ready to run. Raises BanshiError when knowledge, index or a setting is at fault."""
    read = ConsoleSettings.from_environment(os.environ)
    settings = replace(read, port=read.port or DEFAULT_PORT)
    catalogue, engine = load(knowledge_folder()), connect()
    sweep_while_serving(engine, settings.queue_days)
    finder = LiveSearcher(Settings.from_environment())
    finder.search(catalogue.say("which_topic").zh, language="zh", date=date.today())
    assistant = Assistant(catalogue, finder, official_text, CaseCodes(engine), announce=announce_days())
    return server(assistant, finder, engine, settings)
