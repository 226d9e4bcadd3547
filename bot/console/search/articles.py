"""Articles by their bare number: "58", "58条", "第五十八条", "article 58" in every law the knowledge relies on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from bot.answers.outcome import ArticleText, source_of
from bot.answers.plain_text import article_name
from bot.answers.wording import Wording
from bot.catalogue import Catalogue
from bot.catalogue.records import Law
from bot.catalogue.text import Language
from bot.errors import StatuteError
from bot.retrieval.numerals import NUMERAL, canonical
from bot.retrieval.words import normalise

_BARE = re.compile(
    rf"(?:第\s*)?(?P<zh>{NUMERAL}|\d{{1,4}})\s*条(?:\s*之\s*(?P<suffix>{NUMERAL}|\d+))?|(?P<bare>\d{{1,4}})"
)
_ENGLISH = re.compile(r"(?:articles?|art\.?|§)\s*(?P<en>\d{1,4}(?:-\d+)?)")


def number_typed(text: str) -> str | None:
    """The article number that is all that was typed, canonical ("58", "280-1"), or None."""
    typed = normalise(text)
    if english := _ENGLISH.fullmatch(typed):
        return canonical(english["en"])
    match = _BARE.fullmatch(typed)
    if match is None:
        return None
    suffix = f"-{match['suffix']}" if match["suffix"] else ""
    return canonical((match["zh"] or match["bare"]) + suffix)


def with_number(
    catalogue: Catalogue, number: str, official: ArticleText, language: Language, day: date
) -> Iterator[dict[str, Any]]:
    """The article of that number in every law, those an outcome rests on first."""
    used = {
        (reference.law, reference.article) for topic in catalogue.topics.values() for reference in topic.legal_basis
    }
    laws = sorted(catalogue.laws.values(), key=lambda law: ((law.id, number) not in used, number not in law.articles))
    for law in laws:
        text = article_text(law, number, official, language)
        if text:
            yield article(catalogue, law, number, text, language, day)


def article_text(law: Law, number: str, official: ArticleText, language: Language) -> str | None:
    """Our summary in English; in Chinese the official words, where there are any."""
    summary = law.articles[number].summary.say(language) if number in law.articles else None
    if language == "en" and summary:
        return summary
    try:
        return official(law, number) or summary
    except StatuteError:
        return summary


def article(catalogue: Catalogue, law: Law, number: str, text: str, language: Language, day: date) -> dict[str, Any]:
    """An article as the console's list and page show it."""
    relying = [
        t for t in catalogue.topics.values() if any((r.law, r.article) == (law.id, number) for r in t.legal_basis)
    ]
    return {
        "kind": "article",
        "id": f"{law.id}/{number}",
        "title": article_name(law.title.say(language), number, Wording(catalogue, language)),
        "text": text,
        "status": law.status(day),
        "from": law.in_force_from.isoformat() if law.in_force_from else None,
        "url": law.url,
        "topics": [{"id": topic.id, "title": topic.title.say(language)} for topic in relying],
        "source": source_of(catalogue.sources[law.source], language, day),
    }
