"""A topic that only informs: its statements quoted as passages, with the whole outcome beside them."""

from __future__ import annotations

from bot.answers.found import MOST_PASSAGES, Finder, passages_text
from bot.answers.outcome import source_of
from bot.answers.reply import Reply
from bot.answers.wording import Wording
from bot.catalogue import Catalogue
from bot.catalogue.text import Language
from bot.procedures import Decision, Told


def as_passages(catalogue: Catalogue, whole: Reply, decision: Decision, question: str, finder: Finder) -> Reply:
    """``whole`` (a procedure reply) turned into quoted passages, those that fit ``question`` best first."""
    language: Language = whole["language"]
    ranked = _ranked(decision, question, language, finder)[:MOST_PASSAGES]
    passages = [_passage(catalogue, told, score, decision, language) for told, score in ranked]
    text = passages_text(catalogue, passages, Wording(catalogue, language))
    return {**whole, "status": "passages", "passages": passages, "text": f"{text}\n{whole['text']}"}


def _ranked(decision: Decision, question: str, language: Language, finder: Finder) -> list[tuple[Told, float]]:
    steps = decision.section("steps")
    topic = decision.topic.id
    found = finder.search(question, language=language, date=decision.day, region=decision.region, topic=topic)
    scores = {scored.passage.id: float(scored.score) for scored in found.passages}
    scored = [(told, scores.get(f"{topic}/{told.statement.key}", 0.0)) for told in steps]
    return sorted(scored, key=lambda pair: -pair[1])


def _passage(
    catalogue: Catalogue, told: Told, score: float, decision: Decision, language: Language
) -> dict[str, object]:
    statement = told.statement
    return {
        "id": f"{decision.topic.id}/{statement.key}",
        "text": statement.text.say(language),
        "score": round(score, 4),
        "topic": decision.topic.id,
        "source": source_of(catalogue.sources[statement.source], language, decision.day),
    }
