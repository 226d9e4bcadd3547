"""What the parts of a message say apart: two matters in one message, or a question beside an angry word."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

Ranking = Sequence[tuple[str, float]]

SURE = 0.6
"""The confidence with which a part of a message must name its matter."""
INSULT = "insult"
_SHORTEST = 4
_LEADS_ON = (
    r"(?:还有(?!效|多|没|几|钱|余)|另外|顺便|对了|再问|再就是|其次|同时|"
    r"\balso\b|\bbesides\b|\banother thing\b|\bby the way\b|\bplus\b|\bone more thing\b|\bsecondly\b)"
)
_SENTENCES = re.compile(rf"[。！？!?；;\n]+|\.\s+|[,，\s]*{_LEADS_ON}[,，：:\s]*", re.IGNORECASE)
_CLAUSES = re.compile(rf"[。！？!?；;\n,，、]+|\.\s+|{_LEADS_ON}", re.IGNORECASE)


@dataclass(frozen=True)
class Heard:
    """What the parts add to the whole: an ``intent`` that replaces the whole's (or None), further topics, rudeness."""

    intent: str | None = None
    confidence: float = 0.0
    also: tuple[str, ...] = ()
    rude: bool = False


NOTHING = Heard()


def heard_in(
    text: str,
    rankings: Callable[[Sequence[str]], Sequence[Ranking]],
    topics: Collection[str],
    whole: str,
) -> Heard:
    """What the parts of ``text`` say, if they say more than the ``whole`` (its intent).

    ``rankings`` ranks the intents of several texts; ``topics`` are the intents that name a matter.
    """
    parts = _parts(text, _CLAUSES if whole == INSULT else _SENTENCES)
    sure = _sure(parts, rankings, (*topics, INSULT), SURE)
    rude = sure.pop(INSULT, 0.0) > 0 or whole == INSULT
    if not sure or (len(sure) == 1 and not rude):
        return NOTHING
    first, *also = sure
    return Heard(first, sure[first], tuple(also), rude)


def _sure(
    parts: Sequence[str],
    rankings: Callable[[Sequence[str]], Sequence[Ranking]],
    topics: Collection[str],
    least: float,
) -> dict[str, float]:
    """The matters that two or more parts name, each with the confidence of the first part that names it."""
    sure: dict[str, float] = {}
    for ranking in rankings(parts) if len(parts) > 1 else ():
        intent, confidence = ranking[0]
        if intent in topics and confidence >= least:
            sure.setdefault(intent, confidence)
    return sure


def _parts(text: str, boundary: re.Pattern[str]) -> list[str]:
    return [part.strip() for part in boundary.split(text) if len(part.strip()) >= _SHORTEST]
