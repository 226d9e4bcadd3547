"""The official words of an article, where the statute package has them."""

from __future__ import annotations

from bot.catalogue.records import Law
from bot.retrieval import statutes


def official_text(law: Law, number: str) -> str | None:
    """The article as published, or None where the package lacks the law or the article."""
    if law.package is None:
        return None
    found = statutes.article(law.package, number)
    return found.text if found else None
