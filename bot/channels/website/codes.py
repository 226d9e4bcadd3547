"""QR codes of the links that reopen an outcome, and of nothing else: this is no service for anybody's addresses."""

from __future__ import annotations

import re
from typing import Any

import segno

from bot.channels.website.outcomes import open_link

LONGEST = 1_200
_LINK = re.compile(r"https?://[^\s#]+#banshi=(?P<outcome>[^\s#]+)")


def code_of(link: str) -> dict[str, Any] | None:
    """``size`` in modules and the dark ones as an SVG ``path``; None unless the link reopens an outcome."""
    match = _LINK.fullmatch(link) if len(link) <= LONGEST else None
    if match is None or open_link(match["outcome"], "zh") is None:
        return None
    code = segno.make_qr(link, error="l", boost_error=False)
    return {"size": len(code.matrix), "path": _path(code.matrix)}


def _path(rows: tuple[bytearray, ...]) -> str:
    """Each run of dark modules as one rectangle."""
    runs = []
    for y, row in enumerate(rows):
        for run in re.finditer(b"\x01+", bytes(row)):
            runs.append(f"M{run.start()} {y}h{run.end() - run.start()}v1H{run.start()}z")
    return "".join(runs)
