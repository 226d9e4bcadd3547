"""The console as an ASGI application. ``ROUTES`` is all it answers; what is not in it needs a session too."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.responses import RedirectResponse, Response

from bot.console.answering import Asked, Refused, Route
from bot.console.desk import Desk
from bot.console.pages import call, editing, files, managing, signing
from bot.console.rendering import BASE


def _nothing(asked: Asked) -> Response:
    raise Refused(404, "not_found_page")


def _home(asked: Asked) -> Response:
    return RedirectResponse(f"{BASE}/", 303)


ROUTES = (
    Route("GET", "/sign-in", None, signing.form),
    Route("POST", "/sign-in", None, signing.sign_in),
    Route("POST", "/language", None, signing.language),
    Route("GET", "/public/{name}", None, files.public_file, "data"),
    Route("POST", "/sign-out", "operator", signing.sign_out),
    Route("GET", "/static/{name}", "operator", files.file, "data"),
    Route("GET", "", "operator", _home),
    Route("GET", "/", "operator", call.show),
    Route("GET", "/search", "operator", call.search, "data"),
    Route("GET", "/outcome", "operator", call.outcome, "data"),
    Route("POST", "/case", "operator", call.open_case, "data"),
    Route("POST", "/flag", "operator", call.flag, "data"),
    Route("POST", "/note", "operator", call.note, "data"),
    Route("GET", "/queue", "editor", editing.queue),
    Route("POST", "/queue", "editor", editing.move),
    Route("GET", "/overview", "editor", editing.overview),
    Route("GET", "/audit", "admin", managing.audit),
    Route("GET", "/accounts", "admin", managing.accounts),
    Route("POST", "/accounts", "admin", managing.switch),
    Route("GET", "/{anything:path}", "operator", _nothing),
    Route("POST", "/{anything:path}", "operator", _nothing),
)


def application(desk: Desk) -> Starlette:
    """The console over ``desk``."""
    return Starlette(routes=[route.mounted(desk) for route in ROUTES])
