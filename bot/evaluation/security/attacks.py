"""The corpus of injections, and the ways an intent payload may be dressed up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import yaml

_FILE = Path(__file__).with_name("injections.yml")
_REPEAT = "@repeat "
_PAYLOADS = (
    "/restart",
    "/session_start",
    '/choose{"choice": "topic:lost-card"}',
    '/open{"language": "en"}',
    '/inform{"region": "dalian"}',
    "/back",
)
_SLASHES = ("/", "／", "⁄/", "//", "/ /", "\\/", "&#47;/", "%2F/")
_NOTHING_SEEN = (
    *("", " ", "\t", "\n", "\r\n", "\u3000", "\xa0", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad"),
    *("\u202e", "\u202a", "\u2066", "\u061c", "\ufe0f", "\u180e", "\u034f", "\u115f", "\u3164", "\u2800", "\x00"),
    *("\x1b", "\x7f", "\u0085", "\U000e0001", "\U000e0020", "\ue000", "\ud800", "\u17b4", "\u20e3"),
)


def injections() -> Iterator[tuple[str, str]]:
    """Kind and text of every attack."""
    for kind, texts in yaml.safe_load(_FILE.read_text(encoding="utf-8")).items():
        for text in texts:
            yield kind, _spelled_out(text)


def disguises(chance: Random, count: int) -> Iterator[str]:
    """Intent payloads behind what nobody sees, with other slashes, in pieces."""
    for _ in range(count):
        payload = chance.choice(_PAYLOADS)
        before = "".join(chance.choice(_NOTHING_SEEN) for _ in range(chance.randrange(4)))
        between = "".join(chance.choice(_NOTHING_SEEN) for _ in range(chance.randrange(3)))
        yield before + chance.choice(_SLASHES) + between + payload[1:]


def _spelled_out(text: str) -> str:
    if not text.startswith(_REPEAT):
        return text
    part, times = text[len(_REPEAT) :].rsplit(" ", 1)
    return part * int(times)
