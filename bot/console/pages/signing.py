"""Signing in and out, and the language of the console's words."""

from __future__ import annotations

import secrets

from starlette.responses import RedirectResponse, Response

from bot.console.accounts import Account
from bot.console.answering import COOKIE, FORM_COOKIE, LANGUAGE_COOKIE, Asked, Refused, with_cookie
from bot.console.failures import ADDRESS, NAME
from bot.console.pages.html import page
from bot.console.peers import address
from bot.console.rendering import BASE
from bot.console.single_sign_on import signed_on


def form(asked: Asked, failed: str = "", status: int = 200) -> Response:
    """The sign-in page; where a trusted proxy names the person, there is nothing to fill in."""
    if asked.session is not None:
        return RedirectResponse(f"{BASE}/", 303)
    name = signed_on(asked.request, asked.desk.settings)
    if name is not None:
        account = asked.desk.accounts.find(name)
        if account is None:
            asked.desk.audit.note("unknown", "sign_in_failed", "single-sign-on")
            raise Refused(403, "not_allowed")
        return _signed_in(asked, account)
    key = asked.request.cookies.get(FORM_COOKIE) or secrets.token_urlsafe(24)
    response = page(asked, "sign_in.html", status, failed=failed, form_cookie=key)
    return with_cookie(response, asked.request, asked.desk, FORM_COOKIE, key)


def sign_in(asked: Asked) -> Response:
    """Check the password; too many failures of a name or from an address pause the sign-in for both alike."""
    name, password, desk = asked.text("name", 64), asked.text("password", 200), asked.desk
    known = name if any(name == one.name for one in desk.accounts.all()) else "unknown"  # anything may be typed there
    keys = f"name:{name.lower()}", f"address:{address(asked.request, desk.settings)}"
    if desk.failures.too_many(keys[0], NAME) or desk.failures.too_many(keys[1], ADDRESS):
        desk.audit.note(known, "locked_out")
        return form(asked, "locked", 429)
    account = desk.accounts.verified(name, password)
    if account is None:
        desk.failures.add(*keys)
        desk.audit.note(known, "sign_in_failed")
        return form(asked, "sign_in_failed", 401)
    desk.failures.forget(keys[0])
    return _signed_in(asked, account)


def sign_out(asked: Asked) -> Response:
    """End the session."""
    asked.desk.sessions.end(asked.who)
    asked.desk.audit.note(asked.who.account.name, "sign_out")
    return with_cookie(RedirectResponse(f"{BASE}/sign-in", 303), asked.request, asked.desk, COOKIE, "")


def language(asked: Asked) -> Response:
    """The other language, and back to the page it was asked on."""
    other = "en" if asked.language == "zh" else "zh"
    back = asked.text("back")
    known = back in ("/", "/queue", "/overview", "/audit", "/accounts", "/sign-in")
    response = RedirectResponse(BASE + (back if known else "/"), 303)
    return with_cookie(response, asked.request, asked.desk, LANGUAGE_COOKIE, other)


def _signed_in(asked: Asked, account: Account) -> Response:
    token = asked.desk.sessions.begin(account)
    asked.desk.audit.note(account.name, "sign_in")
    return with_cookie(RedirectResponse(f"{BASE}/", 303), asked.request, asked.desk, COOKIE, token)
