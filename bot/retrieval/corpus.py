"""The corpus: every statement of the knowledge, and the articles of the laws it names, as passages."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from bot.retrieval import statutes
from bot.retrieval.numerals import label_zh
from bot.retrieval.passages import Passage

# What people call the sections of a procedure. A statement under "documents" seldom says the word "document" itself.
SECTIONS = {
    "documents": ("需要带的材料、证件", "documents and papers to bring"),
    "steps": ("怎么办理，流程和步骤", "how to do it, the steps"),
    "fee": ("费用，多少钱", "fee, how much it costs"),
    "time_limit": ("办理时限，多久办好", "time limit, how long it takes"),
    "places": ("在哪里办理，地点", "where to go, the place"),
}


class Text(Protocol):
    """A text in both languages."""

    @property
    def zh(self) -> str: ...
    @property
    def en(self) -> str: ...


class Validity(Protocol):
    """First and last day; None: no limit known."""

    @property
    def start(self) -> date | None: ...
    @property
    def end(self) -> date | None: ...


class Statement(Protocol):
    """What is needed of one statement of the catalogue."""

    @property
    def id(self) -> str: ...
    @property
    def section(self) -> str: ...
    @property
    def text(self) -> Text: ...
    @property
    def source(self) -> str: ...
    @property
    def valid(self) -> Validity: ...
    @property
    def region(self) -> str | None: ...


class Topic(Protocol):
    """What is needed of one topic of the catalogue."""

    @property
    def title(self) -> Text: ...
    @property
    def statements(self) -> Sequence[Statement]: ...


class LawArticle(Protocol):
    """An article we rely on, with our own summary."""

    @property
    def summary(self) -> Text: ...


class Law(Protocol):
    """What is needed of one law of the catalogue."""

    @property
    def title(self) -> Text: ...
    @property
    def aliases(self) -> Sequence[str]: ...
    @property
    def package(self) -> str | None: ...
    @property
    def all_articles(self) -> bool: ...
    @property
    def in_force_from(self) -> date | None: ...
    @property
    def status(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def articles(self) -> Mapping[str, LawArticle]: ...


class Catalogue(Protocol):
    """What is needed of the catalogue."""

    @property
    def topics(self) -> Mapping[str, Topic]: ...
    @property
    def laws(self) -> Mapping[str, Law]: ...


@dataclass(frozen=True)
class LawName:
    """What a law is called: its id, every name people use, its title in the statute package, its source id."""

    id: str
    names: tuple[str, ...]
    package: str | None
    source: str


@dataclass(frozen=True)
class Corpus:
    """Everything that can be found: the passages and the names of the laws."""

    passages: list[Passage]
    laws: list[LawName]

    @classmethod
    def of(cls, catalogue: Catalogue) -> "Corpus":
        """The corpus of a catalogue. Raises StatuteError when a law names a title the statute package lacks."""
        return cls(passages(catalogue), [law_name(id, law) for id, law in sorted(catalogue.laws.items())])


def passages(catalogue: Catalogue) -> list[Passage]:
    """Every passage, sorted by id: ``topic/section/statement[@region]`` and ``law/article[@until-<day>]`` for a superseded text."""
    found: list[Passage] = []
    for id, topic in catalogue.topics.items():
        found.extend(_statement(id, topic, statement) for statement in topic.statements)
    for id, law in catalogue.laws.items():
        found.extend(_official(id, law) if law.package else _summaries(id, law))
    return sorted(found, key=lambda passage: passage.id)


def law_name(id: str, law: Law) -> LawName:
    """The names of one law: titles, short titles and aliases, without repeats."""
    short: Text | None = getattr(law, "short", None)
    names = [law.title.zh, law.title.zh.removeprefix("中华人民共和国"), law.title.en, *law.aliases]
    if short:
        names += [short.zh, short.en]
    return LawName(id, tuple(dict.fromkeys(name for name in names if name)), law.package, law.source)


def _statement(topic_id: str, topic: Topic, statement: Statement) -> Passage:
    section_zh, section_en = SECTIONS.get(statement.section, ("", ""))
    return Passage(
        id=f"{topic_id}/{statement.section}/{statement.id}" + (f"@{statement.region}" if statement.region else ""),
        text_zh=statement.text.zh,
        text_en=statement.text.en,
        topic=topic_id,
        law=None,
        article=None,
        region=statement.region,
        source=statement.source,
        valid_from=statement.valid.start,
        valid_to=statement.valid.end,
        kind="statement",
        heading_zh=f"{topic.title.zh} {section_zh}".strip(),
        heading_en=f"{topic.title.en}: {section_en}".strip(": "),
    )


def _official(id: str, law: Law) -> Iterator[Passage]:
    """Articles in official words, of every version that is or may come into force; English is our own summary where there is one."""
    assert law.package
    for version in statutes.versions(law.package):
        if version.mark == statutes.REPEALED:
            continue
        for article in statutes.version_articles(version, version.in_force_from):
            if law.all_articles or article.article in law.articles:
                yield official_article(id, law.source, article, law.articles.get(article.article), law.title.en)


def official_article(
    law: str, source: str, article: statutes.StatuteArticle, ours: LawArticle | None = None, title_en: str = ""
) -> Passage:
    """One article in official words; a superseded text carries its last day in its id."""
    until = f"@until-{article.in_force_to}" if article.in_force_to else ""
    return Passage(
        id=f"{law}/{article.article}{until}",
        text_zh=article.text,
        text_en=ours.summary.en if ours else "",
        topic=None,
        law=law,
        article=article.article,
        region=None,
        source=source,
        valid_from=article.in_force_from,
        valid_to=article.in_force_to,
        kind="article",
        heading_zh=f"{article.law}{_label(article.article)}",
        heading_en=f"{title_en} Article {article.article}",
    )


def _summaries(id: str, law: Law) -> Iterator[Passage]:
    """Our own summaries, for a law the statute package lacks. A repealed one has none to serve."""
    if law.status == "repealed":
        return
    for number, article in law.articles.items():
        yield Passage(
            id=f"{id}/{number}",
            text_zh=article.summary.zh,
            text_en=article.summary.en,
            topic=None,
            law=id,
            article=number,
            region=None,
            source=law.source,
            valid_from=law.in_force_from,
            valid_to=None,
            kind="article",
            heading_zh=f"{law.title.zh}{_label(number)}",
            heading_en=f"{law.title.en} Article {number}",
        )


def _label(article: str) -> str:
    return label_zh(article) if article[:1].isdigit() else article
