"""Reading a request's body as a stream, never more of it than allowed."""

from __future__ import annotations

from typing import Any

from sanic.request import Request


class BodyTooLarge(Exception):
    """The body is larger than allowed; the rest of it was not read."""


def limit_body(request: Request, largest: int) -> None:
    """Have Sanic close the connection instead of reading on when a body is far too large, whoever reads it."""
    stream: Any = request.stream
    stream.request_max_size = 2 * largest


async def read_body(request: Request, largest: int) -> bytes:
    """The whole body; raises BodyTooLarge when it has more than `largest` bytes."""
    stream: Any = request.stream
    body = b""
    while (part := await stream.read()) is not None:
        body += part
        if len(body) > largest:
            raise BodyTooLarge
    return body
