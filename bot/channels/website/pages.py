"""The demo page and its files, read once at start; nothing but the files of `bot/widget` can be asked for."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sanic.request import Request
from sanic.response import HTTPResponse

FOLDER = Path(__file__).resolve().parents[2] / "widget"

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
_HEADERS = {
    "cache-control": "no-cache",
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
    "cross-origin-opener-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


@dataclass(frozen=True)
class Page:
    """One file and the headers it is sent with."""

    body: bytes
    headers: dict[str, str]

    def respond(self, request: Request) -> HTTPResponse:
        """The file, or 304 when the browser has it already."""
        if request.headers.get("if-none-match") == self.headers["etag"]:
            return HTTPResponse(None, 304, self.headers)
        return HTTPResponse(self.body, 200, self.headers, self.headers["content-type"])


def read_pages(folder: Path = FOLDER) -> dict[str, Page]:
    """The files by name; `demo.html` is served as `demo`."""
    pages = {}
    for path in sorted(folder.glob("*")):
        if path.suffix in _TYPES:
            body = path.read_bytes()
            etag = f'"{sha256(body).hexdigest()[:16]}"'
            headers = {**_HEADERS, "content-type": _TYPES[path.suffix], "etag": etag}
            pages[path.stem if path.suffix == ".html" else path.name] = Page(body, headers)
    return pages
