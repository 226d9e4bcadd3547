"""Refuses requests whose length cannot be told, before Sanic trusts it.

Sanic 21.12, which Rasa 3.6 pins, reads a body of a negative Content-Length for ever: one such request from anybody
stops the server. Lengths that are no numbers end in a 500, and of two framings it picks one, where a proxy in front
might pick the other (RFC 9112, section 6.3).
"""

from __future__ import annotations

from typing import Any

from sanic.exceptions import InvalidUsage
from sanic.request import Request


def install() -> None:
    """Check every request's head from now on; a second call changes nothing."""
    if not hasattr(Request, "checks_framing"):
        Request.checks_framing = True
        Request.__init__ = _checked(Request.__init__)


def _checked(init: Any) -> Any:
    """Sanic makes the request after it has read the head and before it looks at the length."""

    def __init__(request: Any, url_bytes: bytes, headers: Any, *others: Any, **named: Any) -> None:
        lengths, encodings = headers.getall("content-length", []), headers.getall("transfer-encoding", [])
        numbers = all(length.isascii() and length.isdigit() for length in lengths)
        if len(lengths) + len(encodings) > 1 or not numbers or encodings not in ([], ["chunked"]):
            raise InvalidUsage("Bad Request")
        init(request, url_bytes, headers, *others, **named)

    return __init__
