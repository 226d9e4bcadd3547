"""What is asked of a search and what it gives back, rejected passages included."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.retrieval.passages import Passage

Why = Literal["article_named", "meaning", "words", "meaning_and_words"]
Rejection = Literal[
    "not_yet_in_force",
    "no_longer_in_force",
    "other_region",
    "other_topic",
    "other_law",
    "not_sure_enough",
    "beyond_limit",
]
Abstention = Literal["no_words", "nothing_close", "no_such_article", "not_yet_in_force", "no_longer_in_force"]


@dataclass(frozen=True)
class Query:
    """One normalised question with its filters. ``regions`` are the asker's region and those around it."""

    text: str
    language: str
    date: date
    regions: tuple[str, ...] = ()
    topic: str | None = None
    law: str | None = None
    limit: int = 3


@dataclass(frozen=True)
class Scored:
    """A passage, its score (fused; 1.0 for an article the question names), the words it shares, and what found it."""

    passage: Passage
    score: float
    matched_words: tuple[str, ...]
    why: Why

    def rejected(self, reason: Rejection) -> "Rejected":
        """The same, not served, because of ``reason``."""
        return Rejected(self.passage, self.score, self.matched_words, self.why, reason)


@dataclass(frozen=True)
class Rejected(Scored):
    """A passage that came up and is not served, with the reason."""

    reason: Rejection


@dataclass(frozen=True)
class SearchResult:
    """What a search found.

    When it abstained, ``passages`` is empty and ``reason`` says why; ``confidence`` is 0 to 1. ``coming`` are those of
    ``rejected`` that would be served were they in force already.
    """

    passages: tuple[Scored, ...]
    rejected: tuple[Rejected, ...]
    abstained: bool
    reason: Abstention | None
    version: str
    confidence: float
    coming: tuple[Rejected, ...] = ()


def fault(passage: Passage, query: Query) -> Rejection | None:
    """Why ``passage`` must not be served to ``query``, or None."""
    if passage.region and passage.region not in query.regions:
        return "other_region"
    return fault_of_filter(passage, query.topic, query.law) or fault_of_date(passage, query.date)


def fault_of_filter(passage: Passage, topic: str | None, law: str | None) -> Rejection | None:
    """Why ``passage`` is outside the topic or law asked for.

    With both asked for, the topic's statements and the law's articles pass.
    """
    if law and passage.law != law and not (topic and passage.topic):
        return "other_law"
    if topic and passage.topic != topic and not (law and passage.law):
        return "other_topic"
    return None


def fault_of_date(passage: Passage, day: date) -> Rejection | None:
    """Why ``passage`` does not hold on ``day``."""
    if passage.valid_from and passage.valid_from > day:
        return "not_yet_in_force"
    return "no_longer_in_force" if passage.valid_to and passage.valid_to < day else None
