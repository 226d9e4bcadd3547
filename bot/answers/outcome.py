"""A decision → the ``procedure`` reply."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from bot.answers.changes import changes
from bot.answers.plain_text import procedure_text
from bot.answers.reply import Reply, reply
from bot.answers.wording import Wording
from bot.catalogue import Catalogue
from bot.catalogue.records import Law, Source
from bot.catalogue.text import Language, Text
from bot.procedures import Basis, Decision, Told

ArticleText = Callable[[Law, str], str | None]
"""(law, article number) → the official words, or None where the statute package lacks them."""


ANNOUNCE = 90
"""Changes this many days ahead are announced, unless a setting says otherwise."""


def outcome(
    catalogue: Catalogue,
    decision: Decision,
    language: Language,
    official: ArticleText,
    aspect: str | None = None,
    *,
    today: date | None = None,
    announce: int = ANNOUNCE,
    written: bool = True,
) -> Reply:
    """The tailored procedure in ``language``; ``aspect`` is told first.

    With ``written`` false its text is left empty, for another to take its place.

    A decision for another day than ``today`` (the decision's, if left out) says so; changes within ``announce`` days
    are announced. Sources are as sure as they are today, whatever day is asked about.
    """
    today = today or decision.day
    say = Wording(catalogue, language)
    procedure = {
        "topic": decision.topic.id,
        "title": decision.topic.title.say(language),
        "aspect": aspect or "overview",
        "region": decision.region,
        "coverage": decision.coverage,
        "facts": dict(decision.facts),
        "unknown": list(decision.unknown),
        "documents": [_document(told, say) for told in decision.section("documents")],
        "steps": [*(_step(told, say) for told in decision.section("steps")), *_differs(decision, say)],
        **_single("fee", decision, say),
        **_single("time_limit", decision, say),
        "places": [_place(told, say) for told in decision.section("places")],
        "because": [text.say(language) for text in decision.because],
        "legal_basis": [_article(catalogue, basis, decision, language, official) for basis in decision.legal_basis],
        "sources": [source_of(catalogue.sources[source], language, today) for source in decision.sources],
        "as_of": decision.day.isoformat(),
    }
    text = procedure_text(catalogue, decision, procedure, say, today, announce) if written else ""
    return reply(
        "procedure",
        language,
        text,
        procedure=procedure,
        choices=changes(catalogue, decision, language) or None,
        knowledge_version=catalogue.version,
    )


def source_of(source: Source, language: Language, day: date) -> dict[str, Any]:
    """A source as replies carry it; on ``day`` an overdue one is less sure."""
    parts = {
        "id": source.id,
        "title": source.title.say(language),
        "issuer": source.issuer.say(language) if source.issuer else None,
        "number": source.number,
        "url": source.url,
        "checked_on": source.checked_on.isoformat(),
        "confidence": source.confidence_on(day),
    }
    return {name: part for name, part in parts.items() if part is not None}


def _conditional(told: Told, say: Wording) -> dict[str, str]:
    if told.only_if is None:
        return {}
    return {"only_if": say("only_if", condition=told.only_if.say(say.language))}


def _document(told: Told, say: Wording) -> dict[str, Any]:
    statement = told.statement
    parts: dict[str, Any] = {"id": statement.id, "text": statement.text.say(say.language)}
    if statement.original is not None:
        parts["original"] = statement.original
    if statement.copies is not None:
        parts["copies"] = statement.copies
    return {**parts, **_conditional(told, say), "source": statement.source}


def _step(told: Told, say: Wording) -> dict[str, Any]:
    statement = told.statement
    place = {"place": statement.place.say(say.language)} if statement.place else {}
    text = statement.text.say(say.language)
    return {"id": statement.id, "text": text, **place, **_conditional(told, say), "source": statement.source}


def _differs(decision: Decision, say: Wording) -> list[dict[str, Any]]:
    """Without a known region, one step names the places that have rules of their own."""
    if "region" not in decision.unknown or not decision.differs_in:
        return []
    regions = decision.differs_in
    names = say.comma.join(say.catalogue.regions[region].name.say(say.language) for region in regions)
    condition = say("only_if", condition=("在" if say.language == "zh" else "it is handled in ") + names)
    return [{"id": "local-rules", "text": say("differs_step"), "only_if": condition}]


def _single(section: str, decision: Decision, say: Wording) -> dict[str, Any]:
    """The fee or the time limit: one text, its sentences each with its condition."""
    told = [entry for entry in decision.told if entry.statement.section == section]
    if not told:
        return {}
    sentences = []
    for entry in told:
        condition = _conditional(entry, say).get("only_if")
        text = entry.statement.text.say(say.language)
        sentences.append(f"{condition}{say.colon}{text}" if condition else text)
    joined = ("" if say.language == "zh" else " ").join(sentences)
    return {section: {"text": joined, "source": told[0].statement.source}}


def _place(told: Told, say: Wording) -> dict[str, Any]:
    statement = told.statement
    condition = _conditional(told, say).get("only_if")
    name = statement.text.say(say.language)
    parts = {
        "name": name + (say.brackets(condition) if condition else ""),
        "address": statement.address.say(say.language) if statement.address else None,
        "phone": statement.phone,
        "url": statement.url,
        "source": statement.source,
    }
    return {key: part for key, part in parts.items() if part is not None}


def _article(
    catalogue: Catalogue, basis: Basis, decision: Decision, language: Language, official: ArticleText
) -> dict[str, Any]:
    law = catalogue.laws[basis.reference.law]
    number = basis.reference.article
    summary: Text = law.articles[number].summary
    quoted = official(law, number) if language == "zh" else None
    parts = {
        "law": law.id,
        "title": law.title.say(language),
        "article": number,
        "text": quoted or summary.say(language),
        "status": law.status(decision.day) if law.in_force_from else None,
        "in_force_from": law.in_force_from.isoformat() if law.in_force_from else None,
        "url": law.url,
    }
    return {key: part for key, part in parts.items() if part is not None}
