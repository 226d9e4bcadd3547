"""What the parts of a message say apart: two matters in one message, or a question beside an angry word."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

Ranking = Sequence[tuple[str, float]]

SURE = 0.6
"""The confidence with which a part of a message must name its matter."""
POSSIBLE = 0.1
"""A part whose n-grams alone give a matter less names none; of 33 such parts of other authors' questions none did."""
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


def sentences(text: str) -> list[str]:
    """The sentences of a text; none when it has only one."""
    return _parts(text, _SENTENCES)


def clauses(text: str) -> list[str]:
    """Its clauses, which end at commas as well; none when it has only one."""
    return _parts(text, _CLAUSES)


def may_say_more(parts: Sequence[Ranking], topics: Collection[str]) -> bool:
    """Whether the parts, ranked by a first look at each, may say more than the whole: two matters, or an insult."""
    possible = {intent for ranking in parts for intent, confidence in ranking if confidence >= POSSIBLE}
    return INSULT in possible or sum(_may_name(ranking, topics) for ranking in parts) > 1


def heard_in(parts: Sequence[Ranking], topics: Collection[str], whole: str) -> Heard:
    """What the parts say, if they say more than the ``whole`` (its intent).

    ``parts`` are their rankings, in order; ``topics`` are the intents that name a matter.
    """
    sure = _sure(parts, (*topics, INSULT))
    rude = sure.pop(INSULT, 0.0) > 0 or whole == INSULT
    if not sure or (len(sure) == 1 and not rude):
        return NOTHING
    first, *also = sure
    return Heard(first, sure[first], tuple(also), rude)


def _may_name(ranking: Ranking, topics: Collection[str]) -> bool:
    return any(intent in topics and confidence >= POSSIBLE for intent, confidence in ranking)


def _sure(parts: Sequence[Ranking], topics: Collection[str]) -> dict[str, float]:
    """The matters that parts name, each with the confidence of the first part that names it."""
    sure: dict[str, float] = {}
    for ranking in parts:
        intent, confidence = ranking[0]
        if intent in topics and confidence >= SURE:
            sure.setdefault(intent, confidence)
    return sure


def _parts(text: str, boundary: re.Pattern[str]) -> list[str]:
    parts = [part.strip() for part in boundary.split(text) if len(part.strip()) >= _SHORTEST]
    return parts if len(parts) > 1 else []
