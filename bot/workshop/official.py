"""The statute package as law watch needs it."""

from __future__ import annotations

from datetime import date

from bot.retrieval import statutes
from bot.workshop.law_watch import Official


def official(law: str, day: date) -> Official:
    """The law as it governs on ``day``. Raises StatuteError when the package has no such law."""
    articles = statutes.articles(law, day)
    repealed = bool(articles) and all(article.status == "repealed" for article in articles)
    return Official({article.article: article.text for article in articles}, repealed)


def first_days(law: str) -> list[date]:
    """The first day of every version. Raises StatuteError when the package has no such law."""
    return [version.in_force_from for version in statutes.versions(law)]
