"""A procedure as plain text that stands alone: for WeChat, the terminal, printing and reading aloud."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from bot.answers.wording import Wording
from bot.catalogue import Catalogue
from bot.catalogue.records import Law
from bot.procedures import Decision
from bot.procedures.changes import coming_changes

Procedure = dict[str, Any]
Block = list[str]


def procedure_text(
    catalogue: Catalogue, decision: Decision, procedure: Procedure, say: Wording, today: date, announce: int
) -> str:
    """The whole answer; the aspect asked about comes first, what changes within ``announce`` days before the notes."""
    blocks = {name: block for name, make in _BLOCKS.items() if (block := make(procedure, say))}
    first = _FIRST.get(procedure["aspect"], ())
    order = [*first, *(name for name in _BLOCKS if name not in first)]
    ordered = [blocks[name] if name in blocks else _missing(name, procedure, say) for name in order]
    head = [procedure["title"]]
    if procedure["because"]:
        head.append(say("title_for") + say.colon + say.semicolon.join(procedure["because"]))
    tail = closing(catalogue, decision, procedure, say, today, announce)
    return "\n".join(line for block in (head, *ordered, tail) for line in block)


def closing(
    catalogue: Catalogue, decision: Decision, procedure: Procedure, say: Wording, today: date, announce: int
) -> Block:
    """How every answer ends: what will change, the sources and how sure they are, the day it holds for."""
    lines = [*_changes(catalogue, decision, say, announce), *_notes(catalogue, decision, procedure, say, today)]
    return [*lines, say("as_of" if decision.day == today else "for_day", day=decision.day.isoformat())]


def _heading(key: str, say: Wording) -> str:
    return say(f"title_{key}") + say.colon.strip()


def numbered(lines: list[str]) -> Block:
    return [f"{number}. {line}" for number, line in enumerate(lines, start=1)]


def _documents(procedure: Procedure, say: Wording) -> Block:
    lines = [document["text"] + _marks(document, say) for document in procedure["documents"]]
    return [_heading("documents", say), *numbered(lines)] if lines else []


def _marks(document: Procedure, say: Wording) -> str:
    marks = [say("original")] if document.get("original") else []
    if document.get("copies"):
        copies = document["copies"]
        marks.append(say("one_copy") if copies == 1 else say("copies", count=copies))
    if "only_if" in document:
        marks.append(document["only_if"])
    return say.brackets(say.comma.join(marks)) if marks else ""


def _steps(procedure: Procedure, say: Wording) -> Block:
    lines = []
    for step in procedure["steps"]:
        place = say.brackets(say("place", name=step["place"])) if "place" in step else ""
        condition = _capital(step["only_if"]) + say.colon if "only_if" in step else ""
        lines.append(condition + step["text"] + place)
    return [_heading("steps", say), *numbered(lines)]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _sentence(section: str) -> Callable[[Procedure, Wording], Block]:
    def block(procedure: Procedure, say: Wording) -> Block:
        return [say(f"title_{section}") + say.colon + procedure[section]["text"]] if section in procedure else []

    return block


def _places(procedure: Procedure, say: Wording) -> Block:
    lines = []
    for place in procedure["places"]:
        details = [place[key] for key in ("address", "phone", "url") if key in place]
        lines.append(place["name"] + (say.colon + say.comma.join(details) if details else ""))
    return [_heading("places", say), *numbered(lines)] if lines else []


def _legal_basis(procedure: Procedure, say: Wording) -> Block:
    lines = []
    for article in procedure["legal_basis"]:
        name = article_name(article["title"], article["article"], say)
        lines.append(name + say.colon + article["text"] + _law_mark(article, say))
    return [_heading("legal_basis", say), *numbered(lines)]


def _law_mark(article: Procedure, say: Wording) -> str:
    """How sure an article is that was not read in an official text."""
    source = say.catalogue.sources[say.catalogue.laws[article["law"]].source]
    return "" if source.confidence == "official" else say.brackets(say(f"confidence_{source.confidence}"))


def article_name(title: str, article: str, say: Wording) -> str:
    """ "《…》第58条" or "Article 58 of the …"."""
    return articles_name(title, [article], say)


def articles_name(title: str, articles: Sequence[str], say: Wording) -> str:
    """ "《…》第6条、第280条之1" or "Articles 6, 280-1 of the …"."""
    if say.language == "zh":
        return f"《{title}》" + say.comma.join(map(_number_zh, articles))
    return f"Article{'s' if len(articles) > 1 else ''} {say.comma.join(articles)} of the {title}"


def _number_zh(article: str) -> str:
    number, _, insertion = article.partition("-")
    return f"第{number}条" + (f"之{insertion}" if insertion else "")


_BLOCKS: dict[str, Callable[[Procedure, Wording], Block]] = {
    "documents": _documents,
    "steps": _steps,
    "fee": _sentence("fee"),
    "time_limit": _sentence("time_limit"),
    "places": _places,
    "legal_basis": _legal_basis,
}

_FIRST = {
    "documents": ("documents",),
    "steps": ("steps",),
    "where": ("places", "steps"),
    "fee": ("fee",),
    "time": ("time_limit",),
    "legal_basis": ("legal_basis",),
    "agent": ("documents",),
    "online": ("places",),
}


def _missing(name: str, procedure: Procedure, say: Wording) -> Block:
    """What was asked about but no source states is said plainly; other empty sections are left out."""
    asked = _FIRST.get(procedure["aspect"], ())[:1] == (name,)
    if not asked or name not in ("fee", "time_limit", "places"):
        return []
    return [say("no_online" if procedure["aspect"] == "online" else f"no_{name}")]


def _notes(catalogue: Catalogue, decision: Decision, procedure: Procedure, say: Wording, today: date) -> Iterator[str]:
    used = [catalogue.sources[source] for source in decision.sources]
    sources = [
        source["title"]
        + say.brackets(
            say("checked_on", day=source["checked_on"])
            + say.pause
            + say.sureness(catalogue.sources[source["id"]], today)
        )
        for source in procedure["sources"]
    ]
    yield say("title_sources") + say.colon + say.semicolon.join(sources)
    if decision.coverage == "general":
        yield _general(catalogue, decision, say)
    if decision.confidence != "official":
        yield say(f"confirm_{decision.confidence}")
    if any(source.overdue(today) for source in used):
        yield say("confirm_overdue")


def _changes(catalogue: Catalogue, decision: Decision, say: Wording, days: int) -> Block:
    lines = []
    for change in coming_changes(catalogue, decision, days):
        day = change.day.isoformat()
        lines += [say("change_ends", day=day, text=statement.text.say(say.language)) for statement in change.ends]
        lines += [say("change_begins", day=day, text=statement.text.say(say.language)) for statement in change.begins]
        lines += [say("law_not_yet", day=day, name=_title(law, say)) for law in change.laws]
    return [_heading("changes", say), *numbered(lines)] if lines else []


def _title(law: Law, say: Wording) -> str:
    return f"《{law.title.zh}》" if say.language == "zh" else f"The {law.title.en}"


def _general(catalogue: Catalogue, decision: Decision, say: Wording) -> str:
    if decision.region is not None:
        return say("general_rule", name=catalogue.regions[decision.region].name.say(say.language))
    return say("general_rule_anywhere")
