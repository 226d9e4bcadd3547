"""Text somebody typed, without what identifies a citizen, before anything of it is kept."""

from __future__ import annotations

import re

from bot.channels.masking import mask
from bot.channels.text import language_of, normalise

LONGEST = 500
_DIGITS = re.compile(r"\d{7,}")
_HOTLINES = re.compile(r"400\d{7}")


def masked(text: str) -> str:
    """The text as every channel would keep it; besides, no run of seven digits and more stays."""
    plain = normalise(text)[:LONGEST]
    hidden, _ = mask(plain, language_of(plain) or "zh")
    return _DIGITS.sub(lambda run: run.group() if _HOTLINES.fullmatch(run.group()) else "#" * 6, hidden)
