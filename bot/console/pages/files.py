"""Style sheets and modules: the console's own and those shared with the widget, for people with a session only."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from starlette.responses import Response

from bot.console.answering import Asked, Refused
from bot.widget.files import FOLDER as WIDGET
from bot.widget.files import TYPES

_FOLDER = Path(__file__).parents[1] / "static"
SHARED = ("dom.js", "elements.js", "masking.js", "words.js", "icon.svg")
"""Files of the widget that the console uses as they are: the elements both show an outcome with, and their words."""
_PUBLIC = ("sign-in.css", "icon.svg")
"""What the sign-in page needs, and nothing else, is given to anybody."""


def file(asked: Asked) -> Response:
    """A file by its name."""
    return _served(asked, asked.request.path_params["name"])


def public_file(asked: Asked) -> Response:
    """One of the sign-in page's files."""
    name = asked.request.path_params["name"]
    if name not in _PUBLIC:
        raise Refused(401, "session_over")
    return _served(asked, name)


def _served(asked: Asked, name: str) -> Response:
    found = _files().get(name)
    if found is None:
        raise Refused(404, "not_found_page")
    body, kind, tag = found
    headers = {"cache-control": "private, no-cache", "etag": tag}
    if asked.request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type=kind)


@lru_cache(maxsize=1)
def _files() -> dict[str, tuple[bytes, str, str]]:
    from hashlib import sha256

    paths = [path for path in sorted(_FOLDER.iterdir()) if path.suffix in TYPES]
    paths += [WIDGET / name for name in SHARED]
    found = {}
    for path in paths:
        body = path.read_bytes()
        found[path.name] = (body, TYPES[path.suffix], f'"{sha256(body).hexdigest()[:16]}"')
    return found
