"""The administrators' pages: the audit log and the accounts."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from bot.console.accounts import AccountError
from bot.console.answering import Asked, Refused
from bot.console.pages.html import page
from bot.console.rendering import BASE


def audit(asked: Asked) -> Response:
    """GET ?who=: the latest entries."""
    who = asked.text("who", 64)
    accounts = [account.name for account in asked.desk.accounts.all()]
    return page(asked, "audit.html", entries=asked.desk.audit.latest(who=who or None), accounts=accounts, who=who)


def accounts(asked: Asked) -> Response:
    """Every account with its role."""
    return page(asked, "accounts.html", accounts=asked.desk.accounts.all())


def switch(asked: Asked) -> Response:
    """POST {name, disabled}: an account is disabled, with its sessions, or enabled and its lock-out lifted."""
    name, disabled = asked.text("name", 64), asked.text("disabled") == "yes"
    if name == asked.who.account.name:
        raise Refused(409, "account_self")
    try:
        asked.desk.accounts.change(name, disabled=disabled)
    except AccountError:
        raise Refused(404, "not_found_page") from None
    if not disabled:
        asked.desk.failures.forget(f"name:{name.lower()}")
    asked.desk.audit.note(asked.who.account.name, "account", f"{name}:{'disabled' if disabled else 'enabled'}")
    return RedirectResponse(f"{BASE}/accounts", 303)
