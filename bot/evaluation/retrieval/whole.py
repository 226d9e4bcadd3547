"""The knowledge together with every article of the statute package in force: a haystack of 25,000 passages."""

from dataclasses import replace
from datetime import date

from bot.errors import StatuteError
from bot.retrieval import statutes
from bot.retrieval.corpus import Corpus, LawName, official_article
from bot.retrieval.passages import Passage


def with_all_statutes(corpus: Corpus, day: date) -> Corpus:
    """``corpus`` and every article governing on ``day`` of the laws it does not have already, in full or in part."""
    had = {passage.id for passage in corpus.passages}
    known = {law.package: law for law in corpus.laws if law.package}
    laws, added = list(corpus.laws), list[Passage]()
    for number, title in enumerate(statutes.law_names()):
        law = known.get(title) or LawName(f"statute-{number}", (title,), title, "statute-package")
        if title not in known:
            laws.append(law)
        added += [passage for passage in _articles(law, day) if passage.id not in had]
    unique = {passage.id: passage for passage in added}
    return replace(corpus, passages=[*corpus.passages, *unique.values()], laws=laws)


def _articles(law: LawName, day: date) -> list[Passage]:
    """The articles of a law in force on ``day``; none of a law repealed or still to come."""
    assert law.package
    try:
        found = statutes.articles(law.package, day)
    except StatuteError:
        return []
    return [official_article(law, article) for article in found if article.status in ("in_force", "amended")]
