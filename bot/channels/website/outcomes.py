"""Links that reopen an outcome: `<topic>:<fact>.<value>,…`, ids of the catalogue only, so nothing personal fits in.

A client may send such a link as a message; it becomes the internal choice `outcome:<topic>=<fact>.<value>,…`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.catalogue import Catalogue, load
from bot.channels.sentences import Language
from bot.settings import knowledge_folder

LONGEST = 1_000
UNKNOWN = "unknown"  # the value of a fact the person could not answer
_LINK = re.compile(r"(?P<topic>[a-z0-9-]+)(?::(?P<facts>[a-z0-9_]+\.[a-z0-9_-]+(?:,[a-z0-9_]+\.[a-z0-9_-]+)*)?)?")
_TITLE: dict[Language, str] = {"zh": "查看：{topic}", "en": "Show: {topic}"}


@dataclass(frozen=True)
class OpenedLink:
    """The internal payload of a link, and what the conversation shows as the person's message."""

    payload: str
    title: str


def open_link(link: str, language: Language) -> OpenedLink | None:
    """What a link stands for; None unless every id in it is one of the catalogue's."""
    match = _LINK.fullmatch(link) if len(link) <= LONGEST else None
    catalogue = _catalogue()
    if match is None or match["topic"] not in catalogue.topics:
        return None
    pairs = [pair.split(".", 1) for pair in (match["facts"] or "").split(",") if pair]
    for fact, value in pairs:
        if fact not in catalogue.facts or (value != UNKNOWN and value not in catalogue.facts[fact].values):
            return None
    if len({fact for fact, _ in pairs}) != len(pairs):
        return None
    title = _TITLE[language].format(topic=catalogue.topics[match["topic"]].title.say(language))
    return OpenedLink(f"outcome:{match['topic']}={match['facts'] or ''}", title)


def known_region(region: str) -> bool:
    """Whether the knowledge has a file for the region."""
    return region in _catalogue().regions


@lru_cache(maxsize=1)
def _catalogue() -> Catalogue:
    return load(knowledge_folder())
