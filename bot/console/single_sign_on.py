"""Single sign-on by a trusted proxy: off unless ``BANSHI_CONSOLE_SSO_HEADER`` is set."""

from __future__ import annotations

import hmac

from starlette.requests import Request

from bot.console.peers import is_proxy
from bot.console.settings import ConsoleSettings


def signed_on(request: Request, settings: ConsoleSettings) -> str | None:
    """The name the proxy vouches for; None unless it is on, the proxy is trusted and its secret is right."""
    sso = settings.single_sign_on
    if sso is None or not is_proxy(request, settings):
        return None
    secret = request.headers.get("x-banshi-proxy-secret", "")
    if not hmac.compare_digest(secret.encode(), sso.secret.encode()):
        return None
    return request.headers.get(sso.header) or None
