"""A page with one sentence: why something was refused."""

from __future__ import annotations

from starlette.responses import HTMLResponse

from bot.catalogue.text import Language
from bot.console.answering import Refused
from bot.console.pages.html import rendered


def message(refused: Refused, language: Language) -> HTMLResponse:
    """The sentence with its status; nothing else of the console is in it."""
    return rendered("message.html", language, refused.status, key=refused.key)
