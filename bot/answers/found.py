"""Free questions: quoted passages, or an honest "I do not know"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Protocol

from bot.answers.asking import topic_choices
from bot.answers.outcome import source_of
from bot.answers.plain_text import article_name, numbered
from bot.answers.reply import Reply, reply
from bot.answers.wording import Wording
from bot.catalogue import Catalogue
from bot.catalogue.records import Topic
from bot.catalogue.text import Language

MOST_PASSAGES = 3


class PassageLike(Protocol):
    """What a reply needs of a passage."""

    @property
    def id(self) -> str: ...
    @property
    def topic(self) -> str | None: ...
    @property
    def law(self) -> str | None: ...
    @property
    def article(self) -> str | None: ...
    @property
    def source(self) -> str: ...
    @property
    def page(self) -> int | None: ...
    @property
    def trail(self) -> str: ...
    @property
    def valid_from(self) -> date | None: ...

    def text(self, language: str) -> str:
        """The passage's words in ``language``, or in the other one."""


class ScoredLike(Protocol):
    """A passage with its score."""

    @property
    def passage(self) -> PassageLike: ...
    @property
    def score(self) -> float: ...


class FoundLike(Protocol):
    """What a search gives: passages, or the word that it abstained."""

    @property
    def passages(self) -> Sequence[ScoredLike]: ...
    @property
    def rejected(self) -> Sequence[ScoredLike]: ...
    @property
    def abstained(self) -> bool: ...
    @property
    def coming(self) -> Sequence[ScoredLike]:
        """What would be among the passages were it in force already."""


class Finder(Protocol):
    """Searches policy text and law."""

    def search(
        self, question: str, *, language: str, date: date, region: str | None = None, topic: str | None = None
    ) -> FoundLike:
        """The best passages in force on ``date``."""


def passages(catalogue: Catalogue, found: FoundLike, language: Language, day: date) -> Reply:
    """Up to three quoted passages, each with its source as sure as it is on ``day``, today."""
    say = Wording(catalogue, language)
    quoted = [_passage(catalogue, scored, language, day) for scored in found.passages[:MOST_PASSAGES]]
    return reply(
        "passages",
        language,
        passages_text(catalogue, quoted, say, day),
        passages=quoted,
        knowledge_version=catalogue.version,
    )


def announced(catalogue: Catalogue, found: FoundLike, language: Language, day: date, last: date) -> Reply | None:
    """A notice of what answers too but takes effect only later, up to the day ``last``; None where nothing does.

    Sources are as sure as on ``day``, today. It is a reply of its own: what is quoted as an answer is in force.
    """
    say = Wording(catalogue, language)
    lines = []
    for scored in found.coming:
        begins = scored.passage.valid_from
        if begins and begins <= last:
            told = _line(catalogue, _passage(catalogue, scored, language, day), say, day)
            lines.append(say("change_begins", day=begins.isoformat(), text=told))
    if not lines:
        return None
    return reply("notice", language, "\n".join([say("coming"), *lines]), knowledge_version=catalogue.version)


def passages_text(catalogue: Catalogue, quoted: list[dict[str, Any]], say: Wording, day: date) -> str:
    """The passages as plain text with their sources."""
    lines = [_line(catalogue, passage, say, day) for passage in quoted]
    return "\n".join([say("found"), *numbered(lines)])


def _line(catalogue: Catalogue, passage: dict[str, Any], say: Wording, day: date) -> str:
    source = passage["source"]
    mark = say.pause.join([source["title"], say.sureness(catalogue.sources[source["id"]], day)])
    return f"{_name(catalogue, passage, say)}{passage['text']}{say.brackets(mark)}"


def _name(catalogue: Catalogue, passage: dict[str, Any], say: Wording) -> str:
    if "law" not in passage or "article" not in passage:
        return ""
    law = catalogue.laws[passage["law"]]
    return article_name(law.title.say(say.language), passage["article"], say) + say.colon


def _passage(catalogue: Catalogue, scored: ScoredLike, language: Language, day: date) -> dict[str, Any]:
    passage = scored.passage
    parts = {
        "id": passage.id,
        "text": _text(catalogue, passage, language),
        "score": round(float(scored.score), 4),
        "topic": passage.topic,
        "law": passage.law,
        "article": passage.article,
        "source": _cited(catalogue, passage, language, day),
    }
    return {name: part for name, part in parts.items() if part is not None}


def _cited(catalogue: Catalogue, passage: PassageLike, language: Language, day: date) -> dict[str, Any]:
    """The source; of a part of an imported text the title says where it stands: the headings above it and its page."""
    say, source = Wording(catalogue, language), source_of(catalogue.sources[passage.source], language, day)
    page = say("page", number=passage.page) if passage.page else ""
    place = [part for part in (passage.trail, page) if part]
    return {**source, "title": say.pause.join([source["title"], *place])}


_NAMES = ("documents", "places")
"""Sections whose statements are names only and say nothing by themselves."""


def _text(catalogue: Catalogue, passage: PassageLike, language: Language) -> str:
    """The passage's words; before the name of a document or a place, the matter it is for."""
    topic = catalogue.topics.get(passage.topic or "")
    section = passage.id.split("/")[1] if "/" in passage.id else ""
    if topic is None or section not in _NAMES:
        return passage.text(language)
    say = Wording(catalogue, language)
    heading = say.pause.join([topic.title.say(language), say(f"title_{section}")])
    return heading + say.colon + passage.text(language) + _details(topic, passage, say)


def _details(topic: Topic, passage: PassageLike, say: Wording) -> str:
    key = passage.id.removeprefix(f"{topic.id}/")
    place = next((one for one in topic.statements if one.key == key and one.section == "places"), None)
    if place is None:
        return ""
    address = place.address.say(say.language) if place.address else None
    details = [detail for detail in (address, place.phone, place.url) if detail]
    return say.brackets(say.pause.join(details)) if details else ""


def abstain(catalogue: Catalogue, language: Language, near: Sequence[str], text: str | None = None) -> Reply:
    """Say plainly that nothing answers this, name 12333, and offer the ``near`` topics."""
    say = Wording(catalogue, language)
    choices = topic_choices(catalogue, near, language)
    lines = [text or say("abstain"), *(f"{number}. {entry['title']}" for number, entry in enumerate(choices, start=1))]
    return reply("abstain", language, "\n".join(lines), choices=choices or None, knowledge_version=catalogue.version)


def near_topics(catalogue: Catalogue, found: FoundLike) -> list[str]:
    """The topics of the best passages found or rejected, each once."""
    topics = [scored.passage.topic or "" for scored in (*found.passages, *found.rejected)]
    return [topic for topic in dict.fromkeys(topics) if topic in catalogue.topics][:MOST_PASSAGES]
