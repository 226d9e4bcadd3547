"""The files of the widget and the headers each is served with."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from bot.widget.plain import plain

FOLDER = Path(__file__).resolve().parent

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
# The modules name one another without a version, so a browser asks each time whether its copy is still the current one.
HEADERS = {
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
class File:
    """One file as bytes, the same packed with gzip, and its headers."""

    body: bytes
    packed: bytes
    headers: dict[str, str]


def read_files(folder: Path = FOLDER) -> dict[str, File]:
    """The files by name; `demo.html` is served as `demo`, `demo-en.html` as `demo-en`."""
    files = {}
    for path in sorted(folder.glob("*")):
        if path.suffix in TYPES:
            body = plain(path.read_bytes()) if path.suffix == ".js" else path.read_bytes()
            etag = f'"{sha256(body).hexdigest()[:16]}"'
            headers = {**HEADERS, "content-type": TYPES[path.suffix], "etag": etag}
            files[path.stem if path.suffix == ".html" else path.name] = File(
                body, gzip.compress(body, mtime=0), headers
            )
    return files
