"""The widget and the demo pages over HTTP; nothing but the files of `bot/widget` can be asked for."""

from __future__ import annotations

from sanic.request import Request
from sanic.response import HTTPResponse

from bot.widget.files import File


def serve(file: File, request: Request) -> HTTPResponse:
    """The file, packed where that is understood, or 304 when the browser has it already."""
    if request.headers.get("if-none-match") == file.headers["etag"]:
        return HTTPResponse(None, 304, file.headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers = {**file.headers, "content-encoding": "gzip"}
        return HTTPResponse(file.packed, 200, headers, file.headers["content-type"])
    return HTTPResponse(file.body, 200, file.headers, file.headers["content-type"])
