"""Who is at the other end, and what a trusted proxy says about it."""

from __future__ import annotations

from starlette.requests import Request

from bot.console.settings import ConsoleSettings


def is_proxy(request: Request, settings: ConsoleSettings) -> bool:
    """Whether the request comes straight from a proxy that is trusted."""
    return request.client is not None and request.client.host in settings.proxies


def forwarded_https(request: Request, settings: ConsoleSettings) -> bool:
    """Whether a trusted proxy says that the browser speaks TLS with it."""
    return is_proxy(request, settings) and request.headers.get("x-forwarded-proto") == "https"


def address(request: Request, settings: ConsoleSettings) -> str:
    """The browser's address: the peer, or what the trusted proxy right before us wrote last."""
    if is_proxy(request, settings):
        hops = [hop.strip() for hop in request.headers.get("x-forwarded-for", "").split(",") if hop.strip()]
        if hops:
            return hops[-1][:64]
    return request.client.host if request.client else "unknown"
