"""What masking hides, what it hides by mistake, and how long it takes."""

from __future__ import annotations

import time
from dataclasses import dataclass
from random import Random
from statistics import median

from bot.channels.masking import hide
from bot.channels.text import language_of, normalise
from bot.evaluation.security.texts import harmless, personal

COUNT = 2_000
_LEFT = 3  # digits in a row of the written number that may stay


@dataclass(frozen=True)
class Measured:
    """``recall`` and ``false`` are shares; ``missed`` and ``wrong`` texts before and after; ``median`` and the 99th
    percentile ``slow`` are milliseconds a text."""

    recall: float
    false: float
    missed: tuple[tuple[str, str], ...]
    wrong: tuple[tuple[str, str], ...]
    median: float
    slow: float


def measure(seed: int, count: int = COUNT) -> Measured:
    """Over ``count`` texts with personal numbers and as many with others, all made from the seed."""
    chance = Random(seed)
    texts = [(normalise(typed), normalise(number)) for typed, number in personal(chance, count)]
    others = [normalise(typed) for typed in harmless(chance, count)]
    masked = [(text, number, hidden(text)) for text, number in texts]
    missed = tuple((text, after) for text, number, after in masked if _shows(text, number, after))
    wrong = tuple((text, after) for text in others if (after := hidden(text)) != text)
    times = sorted(_milliseconds(text) for text in [*[text for text, _ in texts], *others])
    return Measured(
        1 - len(missed) / count, len(wrong) / count, missed, wrong, median(times), times[int(len(times) * 0.99)]
    )


def hidden(text: str) -> str:
    """The masked text of a normalised one."""
    return hide(text, language_of(text) or "zh").text


def _shows(text: str, number: str, after: str) -> bool:
    """Whether four signs in a row of the number stayed that hold three digits, or any part of an address."""
    rows = [number[start : start + _LEFT + 1] for start in range(len(number) - _LEFT)]
    beside = text.replace(number, "")
    return any(
        after.count(row) > beside.count(row)
        for row in rows
        if sum(sign.isnumeric() for sign in row) >= _LEFT or "@" in row
    )


def _milliseconds(text: str) -> float:
    started = time.perf_counter()
    hidden(text)
    return (time.perf_counter() - started) * 1000
