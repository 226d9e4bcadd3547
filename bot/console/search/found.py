"""Passages of the search as the console's list and page show them."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.answers.outcome import source_of
from bot.catalogue import Catalogue
from bot.catalogue.text import Language
from bot.console.search.articles import article
from bot.retrieval.results import Rejected, Scored


def hit(catalogue: Catalogue, scored: Scored, language: Language, day: date) -> dict[str, Any]:
    """One passage or article with its score, its matched words, what found it, and why it was rejected if it was."""
    why = {
        "score": round(float(scored.score), 2),
        "words": list(scored.matched_words),
        "by": scored.why,
        "reason": scored.reason if isinstance(scored, Rejected) else None,
    }
    law = catalogue.laws.get(scored.passage.law or "")
    if law is not None and scored.passage.article:
        text = scored.passage.text(language)
        return {**article(catalogue, law, scored.passage.article, text, language, day), **why}
    return {**_statement(catalogue, scored, language, day), **why}


def _statement(catalogue: Catalogue, scored: Scored, language: Language, day: date) -> dict[str, Any]:
    passage = scored.passage
    topic, region = catalogue.topics.get(passage.topic or ""), catalogue.regions.get(passage.region or "")
    heading = passage.heading_zh if language == "zh" else passage.heading_en
    return {
        "kind": "passage",
        "id": passage.id,
        "title": heading or (topic.title.say(language) if topic else passage.id),
        "text": passage.text(language),
        "region": region.name.say(language) if region else None,
        "from": passage.valid_from.isoformat() if passage.valid_from else None,
        "until": passage.valid_to.isoformat() if passage.valid_to else None,
        "topics": [{"id": topic.id, "title": topic.title.say(language)}] if topic else [],
        "source": source_of(catalogue.sources[passage.source], language, day),
    }
