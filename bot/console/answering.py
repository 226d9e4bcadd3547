"""One request on its way: who asks, whether they may, and what every answer of the console carries."""

from __future__ import annotations

import hmac
import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import parse_qsl, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route as StarletteRoute

from bot.catalogue.text import Language
from bot.console.accounts import Role
from bot.console.desk import Desk
from bot.console.peers import forwarded_https
from bot.console.rendering import BASE, rendered
from bot.console.sessions import Session
from bot.console.single_sign_on import signed_on
from bot.console.words import say

_log = logging.getLogger(__name__)

COOKIE, LANGUAGE_COOKIE = "banshi_console", "banshi_console_language"
FORM_COOKIE = "banshi_console_form"
"""Before there is a session, the form key of the sign-in page is in this cookie and in the form."""
LONGEST_BODY = 16 * 1024
HEADERS = {
    # Not "no-referrer": browsers then send "Origin: null" with our own forms.
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


class Refused(Exception):
    """The request is not carried out; ``key`` names the sentence in ``words.yml``."""

    def __init__(self, status: int, key: str) -> None:
        super().__init__(key)
        self.status, self.key = status, key


@dataclass(frozen=True)
class Asked:
    """A request whose body is read; ``session`` is None only on public routes."""

    desk: Desk
    request: Request
    language: Language
    session: Session | None = None
    sent: Mapping[str, Any] = field(default_factory=dict)

    @property
    def who(self) -> Session:
        """The session; every route but the public ones has one."""
        assert self.session is not None
        return self.session

    def text(self, name: str, longest: int = 500) -> str:
        """A field sent with the request. Raises Refused when it is no text or too long."""
        value = self.sent.get(name, "")
        if not isinstance(value, str) or len(value) > longest:
            raise Refused(400, "malformed")
        return value


@dataclass(frozen=True)
class Route:
    """One address. ``role`` None is public; ``kind`` says how a refusal is told."""

    method: Literal["GET", "POST"]
    path: str
    role: Role | None
    answer: Callable[[Asked], Response]
    kind: Literal["page", "data"] = "page"

    def mounted(self, desk: Desk) -> StarletteRoute:
        """The route as Starlette serves it."""

        async def endpoint(request: Request) -> Response:
            body = await _body(request)
            return await run_in_threadpool(self.answered, desk, request, body)

        return StarletteRoute(BASE + self.path, endpoint, methods=[self.method])

    def answered(self, desk: Desk, request: Request, body: bytes | None) -> Response:
        """The answer, or the refusal, with the console's headers."""
        language = language_of(request)
        try:
            if body is None:
                raise Refused(413, "too_large")
            response = self.answer(self._admitted(desk, request, body, language))
        except Refused as refused:
            response = self._refusal(refused, request, language)
        except Exception:
            _log.exception("%s %s failed.", self.method, self.path)
            response = self._refusal(Refused(500, "trouble"), request, language)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    def _admitted(self, desk: Desk, request: Request, body: bytes, language: Language) -> Asked:
        session = _session(desk, request)
        if self.role is not None:
            if session is None:
                raise Refused(401, "session_over")
            if not session.account.may(self.role):
                raise Refused(403, "not_allowed")
        sent = _sent(request, body) if self.method == "POST" else dict(request.query_params)
        if self.method == "POST":
            _require_own(request, session, sent)
        return Asked(desk, request, language, session, sent)

    def _refusal(self, refused: Refused, request: Request, language: Language) -> Response:
        if self.kind == "data":
            return JSONResponse({"error": refused.key, "message": say(refused.key, language)}, refused.status)
        if refused.status == 401:
            return RedirectResponse(f"{BASE}/sign-in", 303)
        return rendered("message.html", language, refused.status, key=refused.key)


def language_of(request: Request) -> Language:
    """The language of the console's own words: chosen before, or the browser's first."""
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    if chosen in ("zh", "en"):
        return "en" if chosen == "en" else "zh"
    return "en" if request.headers.get("accept-language", "zh").lower().startswith("en") else "zh"


def with_cookie(response: Response, request: Request, desk: Desk, name: str, value: str) -> Response:
    """The response with a cookie that scripts and other sites never see; an empty value deletes it."""
    secure = request.url.scheme == "https" or forwarded_https(request, desk.settings)
    age = None if value else 0
    response.set_cookie(name, value, max_age=age, path=BASE, httponly=True, samesite="strict", secure=secure)
    return response


async def _body(request: Request) -> bytes | None:
    """The body, or None when it is too large."""
    read = b""
    async for part in request.stream():
        read += part
        if len(read) > LONGEST_BODY:
            return None
    return read


def _session(desk: Desk, request: Request) -> Session | None:
    token = request.cookies.get(COOKIE)
    session = desk.sessions.find(token) if token else None
    name = signed_on(request, desk.settings)
    return session if name is None or (session and session.account.name == name) else None


def _sent(request: Request, body: bytes) -> dict[str, Any]:
    try:
        if request.headers.get("content-type", "").startswith("application/json"):
            sent = json.loads(body or b"{}")
            if isinstance(sent, dict):
                return sent
        else:
            return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=50))
    except ValueError:
        pass
    raise Refused(400, "malformed")


def _require_own(request: Request, session: Session | None, sent: Mapping[str, Any]) -> None:
    """What changes something comes from our own pages: same origin, and the session's form key with it (CSRF)."""
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise Refused(403, "form_over")
    key = session.form_key if session else request.cookies.get(FORM_COOKIE, "")
    given = request.headers.get("x-form-key") or sent.get("form_key")
    if not key or not isinstance(given, str) or not hmac.compare_digest(key.encode(), given.encode()):
        raise Refused(403, "form_over")
