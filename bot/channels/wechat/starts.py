"""QR scenes and menu keys of the account that begin with a matter or a region: `topic:lost-card`, `region:dalian`."""

from __future__ import annotations

import re

_START = re.compile(r"(topic|region)[:_]([a-z0-9]+(?:-[a-z0-9]+)*)")


def start_of(key: str) -> str | None:
    """The internal payload of a choice such a key stands for; None when it says nothing of the kind.

    An id the knowledge does not have changes nothing in a conversation: the answer side asks which matter it is.
    """
    match = _START.fullmatch(key.strip().lower())
    if not match:
        return None
    kind, name = match.groups()
    return f"topic:{name}" if kind == "topic" else f"fact:region={name}"
