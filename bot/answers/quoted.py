"""A topic that only informs: its statements quoted as passages, with the whole outcome beside them."""

from __future__ import annotations

from datetime import date

from bot.answers.found import MOST_PASSAGES, Finder, FoundLike, passages_text
from bot.answers.outcome import source_of
from bot.answers.plain_text import articles_name, closing, numbered
from bot.answers.reply import Reply
from bot.answers.wording import Wording
from bot.catalogue import Catalogue
from bot.catalogue.text import Language
from bot.procedures import Decision, Told

CLOSE = 0.6
"""A statement with this share of the best one's score answers the question as well."""
APART = 0.5
"""By so much the best statement must lead to answer a question the search is not sure of."""
Ranked = list[tuple[Told, float]]


def as_passages(
    catalogue: Catalogue, whole: Reply, decision: Decision, question: str, finder: Finder, today: date, announce: int
) -> Reply:
    """``whole`` (a procedure reply) turned into quoted passages: what answers ``question`` first, then the rest."""
    language: Language = whole["language"]
    say = Wording(catalogue, language)
    ranked = _ranked(decision, question, language, finder)
    quoted = _quoted(ranked)
    passages = [_passage(catalogue, told, score, decision, today, language) for told, score in quoted]
    first = {told.statement.key for told, _ in quoted}
    steps = (told.statement for told in decision.section("steps"))
    more = [statement.text.say(language) for statement in steps if statement.key not in first]
    lines = [passages_text(catalogue, passages, say, today)]
    lines += [say("title_more") + say.colon.strip(), *numbered(more)] if more else []
    lines.append(_resting_on(whole, say))
    lines += closing(catalogue, decision, whole["procedure"], say, today, announce)
    return {**whole, "status": "passages", "passages": passages, "text": "\n".join(lines)}


def _resting_on(whole: Reply, say: Wording) -> str:
    """The legal basis by name; its words are in the procedure beside the passages."""
    basis = whole["procedure"]["legal_basis"]
    numbers: dict[str, list[str]] = {}
    for article in basis:
        numbers.setdefault(article["title"], []).append(article["article"])
    names = [articles_name(title, found, say) for title, found in numbers.items()]
    return say("title_legal_basis") + say.colon + say.semicolon.join(names)


def _ranked(decision: Decision, question: str, language: Language, finder: Finder) -> Ranked:
    """The topic's steps, those that answer the question first; what was not found keeps the editors' order.

    When the search is not sure of anything, the editors' order holds but for one statement that stands out.
    """
    topic = decision.topic.id
    found = finder.search(question, language=language, date=decision.day, region=decision.region, topic=topic)
    scores = _scores(found)
    scored = [(told, scores.get(f"{topic}/{told.statement.key}", 0.0)) for told in decision.section("steps")]
    best = sorted(scored, key=lambda pair: -pair[1])
    if not found.abstained:
        return best
    if len(best) > 1 and best[0][1] >= best[1][1] + APART:
        return [best[0], *((told, 0.0) for told, _ in scored if told != best[0][0])]
    return [(told, 0.0) for told, _ in scored]


def _scores(found: FoundLike) -> dict[str, float]:
    return {scored.passage.id: float(scored.score) for scored in (*found.rejected, *found.passages)}


def _quoted(ranked: Ranked) -> Ranked:
    """The first statement and up to two more that answer nearly as well; without any score the first three."""
    enough = CLOSE * ranked[0][1] if ranked else 0.0
    return [(told, score) for told, score in ranked[:MOST_PASSAGES] if score >= enough]


def _passage(
    catalogue: Catalogue, told: Told, score: float, decision: Decision, today: date, language: Language
) -> dict[str, object]:
    statement = told.statement
    return {
        "id": f"{decision.topic.id}/{statement.key}",
        "text": statement.text.say(language),
        "score": round(score, 4),
        "topic": decision.topic.id,
        "source": source_of(catalogue.sources[statement.source], language, today),
    }
