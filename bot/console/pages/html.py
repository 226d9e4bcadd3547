"""A page for whoever asked."""

from __future__ import annotations

from typing import Any

from starlette.responses import HTMLResponse

from bot.console.answering import Asked
from bot.console.rendering import BASE, rendered


def page(asked: Asked, name: str, status: int = 200, **values: Any) -> HTMLResponse:
    """The template ``name`` with the account's navigation and form key."""
    session = asked.session
    path = asked.request.url.path.removeprefix(BASE)
    account = session.account if session else None
    form_key = session.form_key if session else ""
    return rendered(name, asked.language, status, account=account, form_key=form_key, path=path, **values)
