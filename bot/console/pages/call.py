"""The operator's page and its data: searching, tailoring, opening a case code, reporting."""

from __future__ import annotations

from typing import Any, get_args

from starlette.responses import JSONResponse, Response

from bot.catalogue.records import ELSEWHERE
from bot.catalogue.text import Language
from bot.console.answering import Asked, Refused
from bot.console.audit import Action
from bot.console.failures import ALL_CODES, CODES
from bot.console.pages.html import page
from bot.console.queue import STAFF_KINDS, Report
from bot.console.search.instant import CODE
from bot.console.words import words
from bot.errors import UnknownId
from bot.procedures.space import REGION

LONGEST_QUERY = 300
_NOTED: dict[str, Action] = {"open": "open", "copy": "copy", "print": "print", "link": "link"}
assert set(_NOTED.values()) <= set(get_args(Action))


def show(asked: Asked) -> Response:
    """The page; everything on it comes by the calls below."""
    catalogue = asked.desk.assistant.catalogue
    regions = [(region.id, region.name.say(asked.language)) for region in catalogue.regions.values()]
    set_up = {
        "words": words(asked.language),
        "said": {"zh": words("zh"), "en": words("en")},
        "language": asked.language,
        "page": asked.desk.settings.page,
        "account": asked.who.account.name,
        "scopes": {fact.id: fact.scope for fact in catalogue.facts.values()},
        "labels": {
            f"{fact.id}.{value.id}": (value.label if fact.id == REGION else value.condition).say(asked.language)
            for fact in catalogue.facts.values()
            for value in fact.values.values()
        },
    }
    return page(asked, "call.html", regions=regions, set_up=set_up, version=catalogue.version)


def search(asked: Asked) -> Response:
    """GET ?q=&region=&language= → see ``Instant.find``."""
    region = asked.text("region") or None
    if region is not None and region not in asked.desk.assistant.catalogue.regions:
        raise Refused(400, "malformed")
    found = asked.desk.instant.find(asked.text("q", LONGEST_QUERY), _language(asked), region)
    about = ",".join(hit["id"] for hit in found["hits"][:4]) or ("case-code" if found["code"] else "nothing")
    if asked.text("q", LONGEST_QUERY).strip():
        asked.desk.audit.note(asked.who.account.name, "search", about)
    return JSONResponse(found)


def outcome(asked: Asked) -> Response:
    """GET ?topic=&facts=fact.value,…&language= → see ``Tailor.outcome``."""
    facts = read_facts(asked.text("facts", 1_000))
    try:
        made = asked.desk.tailor.outcome(asked.text("topic"), facts, _language(asked))
    except UnknownId:
        raise Refused(404, "not_found_page") from None
    return JSONResponse(made)


def open_case(asked: Asked) -> Response:
    """POST {code} → what the caller established; wrong codes are counted for the account and for all together."""
    desk, name, code = asked.desk, asked.who.account.name, asked.text("code", 12)
    mine, everybody = f"code:{name}", "code:*"
    if desk.failures.too_many(mine, CODES) or desk.failures.too_many(everybody, ALL_CODES):
        desk.audit.note(name, "case_refused", "limit")
        raise Refused(429, "case_limited")
    try:
        case = desk.codes.open(code if CODE.fullmatch(code) else "")
    except UnknownId:
        desk.failures.add(mine, everybody)
        desk.audit.note(name, "case_refused")
        raise Refused(404, "case_unknown") from None
    catalogue = desk.assistant.catalogue
    facts = {f: v for f, v in case.facts.items() if f in catalogue.facts and v in catalogue.facts[f].values}
    topic = case.topic if case.topic in catalogue.topics else None
    desk.audit.note(name, "case_opened", topic or "")
    return JSONResponse({"topic": topic, "facts": facts, "language": case.language})


def flag(asked: Asked) -> Response:
    """POST {kind, question, topic, facts, region} → one report in the queue."""
    kind = next((kind for kind in STAFF_KINDS if kind == asked.sent.get("kind")), None)
    catalogue, topic, region = asked.desk.assistant.catalogue, asked.text("topic"), asked.text("region")
    if kind is None or (topic and topic not in catalogue.topics) or region not in ("", ELSEWHERE, *catalogue.regions):
        raise Refused(400, "malformed")
    facts = read_facts(asked.text("facts", 1_000))
    known = {f: v for f, v in facts.items() if f in catalogue.facts and v in catalogue.facts[f].values}
    name, question = asked.who.account.name, asked.text("question", LONGEST_QUERY).strip()
    if not question and not topic:
        raise Refused(400, "malformed")
    question = question or catalogue.topics[topic].title.zh
    report = Report(kind, question, name, catalogue.version, topic or None, known, region or None)
    matter = asked.desk.queue.add(report)
    asked.desk.audit.note(name, "flag", f"{kind}:{matter}")
    return JSONResponse({"matter": matter}, 201)


def note(asked: Asked) -> Response:
    """POST {action, about}: something was opened, copied, printed or linked."""
    action = _NOTED.get(asked.text("action"))
    if action is None:
        raise Refused(400, "malformed")
    asked.desk.audit.note(asked.who.account.name, action, asked.text("about"))
    return JSONResponse({})


def read_facts(written: str) -> dict[str, str]:
    """ "holder.adult,region.dalian" as a mapping. Raises Refused when it is not of that form."""
    pairs: list[Any] = [pair.split(".", 1) for pair in written.split(",") if pair]
    if any(len(pair) != 2 for pair in pairs):
        raise Refused(400, "malformed")
    return dict(pairs)


def _language(asked: Asked) -> Language:
    chosen = asked.text("language")
    return "en" if chosen == "en" else "zh" if chosen == "zh" else asked.language
