"""HTTP manners of the website channel: bodies within limits, errors as JSON sentences, headers, origins."""

from __future__ import annotations

import asyncio
import json
import re
from typing import Any

from sanic.exceptions import PayloadTooLarge, SanicException
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.bodies import BodyTooLarge, read_body
from bot.channels.sentences import ERRORS, Language

LARGEST_BODY = 16 * 1024  # bytes: 2,000 characters fit even when each is escaped as \uXXXX
BODY_SECONDS = 10.0

_STATUS = {
    "malformed": 400,
    "empty": 400,
    "stale_choice": 400,
    "unknown_outcome": 400,
    "no_session": 401,
    "foreign_origin": 403,
    "not_found": 404,
    "method_not_allowed": 405,
    "message_id_reused": 409,
    "too_long": 413,
    "too_fast": 429,
    "unavailable": 503,
}
_HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


class HttpError(Exception):
    """A request that is refused; `code` is a key of sentences.ERRORS, `headers` go into the response."""

    def __init__(self, code: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.status = _STATUS[code]
        self.headers = {"www-authenticate": "Bearer"} if self.status == 401 else {}
        self.headers.update(headers or {})


def respond(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> HTTPResponse:
    """A JSON response; without a body when the body is None."""
    text = None if body is None else json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    content_type = None if body is None else "application/json; charset=utf-8"
    return HTTPResponse(text, status, {**_HEADERS, **(headers or {})}, content_type)


def refuse(error: HttpError, language: Language) -> HTTPResponse:
    """The error as JSON, with a sentence in the person's language."""
    body = {"error": {"code": error.code, "message": ERRORS[error.code][language]}}
    return respond(body, error.status, error.headers)


async def read_json(request: Request) -> dict[str, Any]:
    """The body as a JSON object; raises HttpError `malformed`, or `too_long` over 16 KiB."""
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
        raise HttpError("malformed")
    try:
        body = json.loads(await asyncio.wait_for(read_body(request, LARGEST_BODY), BODY_SECONDS))
    except (BodyTooLarge, PayloadTooLarge) as error:
        raise HttpError("too_long") from error
    except (ValueError, RecursionError, asyncio.TimeoutError, SanicException) as error:
        raise HttpError("malformed") from error
    if not isinstance(body, dict):
        raise HttpError("malformed")
    return body


async def discard_body(request: Request) -> None:
    """Read and forget the body of a call that takes none; raises HttpError `too_long` or `malformed`."""
    try:
        await asyncio.wait_for(read_body(request, LARGEST_BODY), BODY_SECONDS)
    except (BodyTooLarge, PayloadTooLarge) as error:
        raise HttpError("too_long") from error
    except (asyncio.TimeoutError, SanicException) as error:
        raise HttpError("malformed") from error


def asked_language(request: Request) -> Language:
    """The language to refuse in when nothing better is known: the first of zh and en in Accept-Language, else zh."""
    match = re.search(r"(?:^|[,\s])(zh|en)\b", request.headers.get("accept-language", "")[:200].lower())
    return "en" if match and match.group(1) == "en" else "zh"


def check_origin(request: Request, allowed: frozenset[str]) -> dict[str, str]:
    """The CORS headers of the response; raises HttpError `foreign_origin` for a page of a site that is not allowed.

    Requests without an Origin header (same-origin GET, programs) and from the server's own pages need no headers.
    """
    origin = request.headers.get("origin")
    if origin is None or origin.lower().partition("://")[2] == request.headers.get("host", "").lower():
        return {}
    if origin.lower() not in allowed:
        raise HttpError("foreign_origin")
    return {"access-control-allow-origin": origin, "vary": "Origin"}


def preflight(cors: dict[str, str], methods: list[str]) -> HTTPResponse:
    """The answer to OPTIONS: what a page of an allowed site may send."""
    allow = ", ".join([*methods, "OPTIONS"])
    headers = {"allow": allow, **cors}
    if cors:
        headers["access-control-allow-methods"] = allow
        headers["access-control-allow-headers"] = "authorization, content-type"
        headers["access-control-max-age"] = "600"
    return respond(None, 204, headers)
