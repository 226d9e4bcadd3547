"""The corpus: the knowledge's statements, the articles of the laws it names, and imported texts, as passages."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.catalogue.catalogue import Catalogue
from bot.catalogue.records import Article, Law, Statement, Topic
from bot.retrieval import statutes
from bot.retrieval.numerals import label_zh
from bot.retrieval.passages import Passage
from bot.retrieval.texts.files import Imported

# What people call the sections of a procedure. A statement under "documents" seldom says the word "document" itself.
SECTIONS = {
    "documents": ("需要带的材料、证件", "documents and papers to bring"),
    "steps": ("怎么办理，流程和步骤", "how to do it, the steps"),
    "fee": ("费用，多少钱", "fee, how much it costs"),
    "time_limit": ("办理时限，多久办好", "time limit, how long it takes"),
    "places": ("在哪里办理，地点", "where to go, the place"),
}


@dataclass(frozen=True)
class LawName:
    """What a law is called: its id, every name people use, its title in the statute package, its source id."""

    id: str
    names: tuple[str, ...]
    package: str | None
    source: str


@dataclass(frozen=True)
class Corpus:
    """Everything that can be found: the passages, the names of the laws, and each region with the regions around it."""

    passages: list[Passage]
    laws: list[LawName]
    regions: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, catalogue: Catalogue, texts: Sequence[Imported] = ()) -> "Corpus":
        """The corpus of a catalogue and imported ``texts``.

        Raises StatuteError when a law names a title the statute package lacks.
        """
        laws = [law_name(law) for _, law in sorted(catalogue.laws.items())]
        laws += [_text_name(text) for text in texts if text.has_articles]
        added = [passage for text in texts for passage in text.passages()]
        regions = {region: catalogue.lineage(region) for region in sorted(catalogue.regions)}
        return cls(sorted([*passages(catalogue), *added], key=lambda passage: passage.id), laws, regions)


def passages(catalogue: Catalogue) -> list[Passage]:
    """Every passage, sorted by id: ``topic/section/statement[@region]`` or ``law/article[@until-<day>]``."""
    found = [_statement(topic, statement) for topic in catalogue.topics.values() for statement in topic.statements]
    for law in catalogue.laws.values():
        found.extend(_official(law) if law.package else _summaries(law))
    return sorted(found, key=lambda passage: passage.id)


def law_name(law: Law) -> LawName:
    """The names of one law: titles, short titles and aliases, without repeats."""
    short = law.title.zh.removeprefix("中华人民共和国")
    names = (law.title.zh, short, law.title.en, law.short.zh, law.short.en, *law.aliases)
    return LawName(law.id, tuple(dict.fromkeys(names)), law.package, law.source)


def _text_name(text: Imported) -> LawName:
    """An imported text is named by its title, with or without its brackets and a remark like （试行）."""
    short = re.sub(r"[（(][^（()）]*[）)]$", "", text.title.strip("《》"))
    return LawName(text.id, tuple(dict.fromkeys((text.title, text.title.strip("《》"), short))), None, text.source)


def _statement(topic: Topic, statement: Statement) -> Passage:
    section_zh, section_en = SECTIONS[statement.section]
    return Passage(
        id=f"{topic.id}/{statement.key}",
        text_zh=statement.text.zh,
        text_en=statement.text.en,
        topic=topic.id,
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


def _official(law: Law) -> Iterator[Passage]:
    """Articles in official words, of every version not repealed; English is our own summary where there is one."""
    assert law.package
    for version in statutes.versions(law.package):
        if version.mark == statutes.REPEALED:
            continue
        for article in statutes.version_articles(version, version.in_force_from):
            if law.all_articles or article.article in law.articles:
                yield official_article(law_name(law), article, law.title.en, law.articles.get(article.article))


def official_article(
    law: LawName, article: statutes.StatuteArticle, title_en: str = "", ours: Article | None = None
) -> Passage:
    """One article in official words; a superseded text carries its last day in its id."""
    until = f"@until-{article.in_force_to}" if article.in_force_to else ""
    return Passage(
        id=f"{law.id}/{article.article}{until}",
        text_zh=article.text,
        text_en=ours.summary.en if ours else "",
        topic=None,
        law=law.id,
        article=article.article,
        region=None,
        source=law.source,
        valid_from=article.in_force_from,
        valid_to=article.in_force_to,
        kind="article",
        heading_zh=f"{article.law}{_label(article.article)}",
        heading_en=f"{title_en} Article {article.article}",
    )


def _summaries(law: Law) -> Iterator[Passage]:
    """Our own summaries, for a law the statute package lacks."""
    for number, article in law.articles.items():
        yield Passage(
            id=f"{law.id}/{number}",
            text_zh=article.summary.zh,
            text_en=article.summary.en,
            topic=None,
            law=law.id,
            article=number,
            region=None,
            source=law.source,
            valid_from=law.in_force.start,
            valid_to=law.in_force.end,
            kind="article",
            heading_zh=f"{law.title.zh}{_label(number)}",
            heading_en=f"{law.title.en} Article {number}",
        )


def _label(article: str) -> str:
    return label_zh(article) if article[:1].isdigit() else article
