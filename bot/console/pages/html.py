"""Templates → pages. Jinja escapes everything; no template marks anything as safe."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from bot.catalogue.text import Language
from bot.console.accounts import Account, Role
from bot.console.answering import BASE, Asked
from bot.console.words import say

_TEMPLATES = Path(__file__).parents[1] / "templates"
NAVIGATION: tuple[tuple[str, str, Role], ...] = (
    ("nav_call", "/", "operator"),
    ("nav_queue", "/queue", "editor"),
    ("nav_overview", "/overview", "editor"),
    ("nav_audit", "/audit", "admin"),
    ("nav_accounts", "/accounts", "admin"),
)


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates."""
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def page(asked: Asked, name: str, status: int = 200, **values: Any) -> HTMLResponse:
    """The page ``name`` for whoever asked."""
    session = asked.session
    path = asked.request.url.path.removeprefix(BASE)
    account = session.account if session else None
    return rendered(
        name, asked.language, status, account=account, form_key=session.form_key if session else "", path=path, **values
    )


def rendered(
    name: str, language: Language, status: int = 200, account: Account | None = None, **values: Any
) -> HTMLResponse:
    """A template filled in; ``t`` says the console's words."""

    def t(key: str, **named: object) -> str:
        return say(key, language, **named)

    navigation = [(key, BASE + to) for key, to, role in NAVIGATION if account and account.may(role)]
    html = (
        environment()
        .get_template(name)
        .render(
            t=t,
            base=BASE,
            language=language,
            account=account,
            navigation=navigation,
            **{"form_key": "", "path": "", **values},
        )
    )
    return HTMLResponse(html, status)
