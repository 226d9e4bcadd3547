"""Free questions: quoted passages, or an honest "I do not know"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Protocol

from bot.answers.asking import topic_choices
from bot.answers.outcome import source_of
from bot.answers.plain_text import article_name
from bot.answers.reply import Reply, reply
from bot.answers.wording import Wording
from bot.catalogue import Catalogue
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


class Finder(Protocol):
    """Searches policy text and law."""

    def search(
        self, question: str, *, language: str, date: date, region: str | None = None, topic: str | None = None
    ) -> FoundLike:
        """The best passages in force on ``date``."""


def passages(catalogue: Catalogue, found: FoundLike, language: Language, day: date) -> Reply:
    """Up to three quoted passages, each with its source as sure as it is on ``day``."""
    say = Wording(catalogue, language)
    quoted = [_passage(catalogue, scored, language, day) for scored in found.passages[:MOST_PASSAGES]]
    return reply(
        "passages",
        language,
        passages_text(catalogue, quoted, say),
        passages=quoted,
        knowledge_version=catalogue.version,
    )


def passages_text(catalogue: Catalogue, quoted: list[dict[str, Any]], say: Wording) -> str:
    """The passages as plain text with their sources."""
    lines = [say("found")]
    for number, passage in enumerate(quoted, start=1):
        name = _name(catalogue, passage, say)
        source = passage["source"]
        mark = say.comma.join([source["title"], say(f"confidence_{source['confidence']}")])
        lines.append(f"{number}. {name}{passage['text']}{say.brackets(mark)}")
    return "\n".join(lines)


def _name(catalogue: Catalogue, passage: dict[str, Any], say: Wording) -> str:
    if "law" not in passage or "article" not in passage:
        return ""
    law = catalogue.laws[passage["law"]]
    return article_name(law.title.say(say.language), passage["article"], say) + say.colon


def _passage(catalogue: Catalogue, scored: ScoredLike, language: Language, day: date) -> dict[str, Any]:
    passage = scored.passage
    parts = {
        "id": passage.id,
        "text": passage.text(language),
        "score": round(float(scored.score), 4),
        "topic": passage.topic,
        "law": passage.law,
        "article": passage.article,
        "source": source_of(catalogue.sources[passage.source], language, day),
    }
    return {name: part for name, part in parts.items() if part is not None}


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
