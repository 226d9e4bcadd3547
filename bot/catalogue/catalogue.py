"""The whole knowledge, read and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from bot.catalogue.records import Ambiguity, Aspect, Case, Fact, Law, Referral, Region, Source, Topic
from bot.catalogue.text import Text, Words
from bot.errors import UnknownId

Record = TypeVar("Record")


@dataclass(frozen=True, eq=False)
class Catalogue:
    """Everything the assistant knows. ``version`` is a hash of all files: the same words, the same version."""

    version: str
    topics: Mapping[str, Topic]
    facts: Mapping[str, Fact]
    regions: Mapping[str, Region]
    laws: Mapping[str, Law]
    sources: Mapping[str, Source]
    wording: Mapping[str, Text]
    ambiguities: Mapping[str, Ambiguity] = field(default_factory=dict)
    referrals: Mapping[str, Referral] = field(default_factory=dict)
    cases: tuple[Case, ...] = ()
    aspects: Mapping[str, Aspect] = field(default_factory=dict)
    words: Mapping[str, Words] = field(default_factory=dict)

    def topic(self, topic_id: str) -> Topic:
        """The topic of that id.

        Raises:
            UnknownId: there is none.
        """
        return _get(self.topics, topic_id, "topic")

    def fact(self, fact_id: str) -> Fact:
        """The fact of that id.

        Raises:
            UnknownId: there is none.
        """
        return _get(self.facts, fact_id, "fact")

    def say(self, key: str) -> Text:
        """The fixed sentence ``key`` of ``wording.yml``.

        Raises:
            UnknownId: there is none.
        """
        return _get(self.wording, key, "sentence")

    def lineage(self, region_id: str) -> tuple[str, ...]:
        """The region and the regions around it, innermost first; empty for a place without a file."""
        found: list[str] = []
        current: str | None = region_id
        while current is not None and current in self.regions and current not in found:
            found.append(current)
            current = self.regions[current].part_of
        return tuple(found)

    def topic_of_intent(self, intent: str) -> Topic | None:
        """The topic an intent is about, if it is about one."""
        return self.topics.get(intent.replace("_", "-"))


def _get(records: Mapping[str, Record], record_id: str, kind: str) -> Record:
    if record_id not in records:
        raise UnknownId(f"there is no {kind} {record_id}")
    return records[record_id]
