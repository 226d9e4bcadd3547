"""Templates → pages. Jinja escapes everything; no template marks anything as safe."""

from __future__ import annotations

from datetime import datetime, timezone
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from bot.catalogue.text import Language
from bot.console.accounts import Account, Role
from bot.console.words import say

BASE = "/console"
NAVIGATION: tuple[tuple[str, str, Role], ...] = (
    ("nav_call", "/", "operator"),
    ("nav_queue", "/queue", "editor"),
    ("nav_overview", "/overview", "editor"),
    ("nav_audit", "/audit", "admin"),
    ("nav_accounts", "/accounts", "admin"),
)
_TEMPLATES = Path(__file__).with_name("templates")


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates."""
    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["local"] = local
    return made


def local(at: datetime, form: str = "%Y-%m-%d %H:%M") -> str:
    """A moment of the tables, which is in UTC, by the clock of the place the server stands in (``TZ``)."""
    return at.replace(tzinfo=timezone.utc).astimezone().strftime(form)


def rendered(
    name: str, language: Language, status: int = 200, account: Account | None = None, **values: Any
) -> HTMLResponse:
    """A template filled in; ``t`` says the console's words."""

    def t(key: str, **named: object) -> str:
        return say(key, language, **named)

    navigation = [(key, BASE + to) for key, to, role in NAVIGATION if account and account.may(role)]
    filled = {"form_key": "", "path": "", **values}
    html = (
        environment()
        .get_template(name)
        .render(t=t, base=BASE, language=language, account=account, navigation=navigation, **filled)
    )
    return HTMLResponse(html, status)
