"""One id for a request on its way through both servers: taken over when a proxy gave one, else made here."""

from __future__ import annotations

import re
import uuid
from contextvars import ContextVar

HEADER = "X-Request-Id"
_FIT = re.compile(r"[A-Za-z0-9_-]{8,64}")
_current: ContextVar[str] = ContextVar("banshi_request_id", default="")


def begin(given: str | None) -> str:
    """The id of the request that begins; one given in another form than ours is not believed."""
    request_id = given if given and _FIT.fullmatch(given) else uuid.uuid4().hex
    _current.set(request_id)
    return request_id


def current() -> str:
    """The id of the request this code runs for, or an empty text."""
    return _current.get()
