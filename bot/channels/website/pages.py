"""The widget and the demo pages, read once at start; nothing but the files of `bot/widget` can be asked for."""

from __future__ import annotations

import gzip
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
# The modules name one another without a version, so a browser asks each time whether its copy is still the current one.
_HEADERS = {
    "cache-control": "no-cache",
    "vary": "Accept-Encoding, Origin",
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "cross-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


@dataclass(frozen=True)
class Page:
    """One file and the headers it is sent with."""

    body: bytes
    packed: bytes
    headers: dict[str, str]

    def respond(self, request: Request) -> HTTPResponse:
        """The file, packed where that is understood, or 304 when the browser has it already."""
        if request.headers.get("if-none-match") == self.headers["etag"]:
            return HTTPResponse(None, 304, self.headers)
        if "gzip" in request.headers.get("accept-encoding", ""):
            headers = {**self.headers, "content-encoding": "gzip"}
            return HTTPResponse(self.packed, 200, headers, self.headers["content-type"])
        return HTTPResponse(self.body, 200, self.headers, self.headers["content-type"])


def read_pages(folder: Path = FOLDER) -> dict[str, Page]:
    """The files by name; `demo.html` is served as `demo`, `demo-en.html` as `demo-en`."""
    pages = {}
    for path in sorted(folder.glob("*")):
        if path.suffix in _TYPES:
            body = path.read_bytes()
            etag = f'"{sha256(body).hexdigest()[:16]}"'
            headers = {**_HEADERS, "content-type": _TYPES[path.suffix], "etag": etag}
            pages[path.stem if path.suffix == ".html" else path.name] = Page(body, gzip.compress(body, mtime=0), headers)
    return pages
