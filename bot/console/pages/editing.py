"""The editors' pages: the queue and the overview."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from bot.console.answering import Asked, Refused
from bot.console.charts import HEIGHT, WIDTH, columns, shares
from bot.console.naming import passage_name
from bot.console.overview import Counted
from bot.console.pages.html import page
from bot.console.queue import KINDS, STATES, QueueError
from bot.console.rendering import BASE
from bot.console.words import say, words


def queue(asked: Asked) -> Response:
    """GET ?state=&kind=: the matters, the most reported first, and how many there are by topic and region."""
    state = asked.text("state") if asked.text("state") in STATES else "open"
    kind = asked.text("kind") if asked.text("kind") in KINDS else ""
    kept = asked.desk.queue
    matters = kept.matters(state, kind)
    return page(
        asked,
        "queue.html",
        matters=matters,
        reports=kept.reports_of([matter.id for matter in matters]),
        state=state,
        kind=kind,
        kinds=KINDS,
        sizes=kept.sizes(),
        by_topic=_named(asked, "topic", kept.counts("topic", state)),
        by_region=_named(asked, "region", kept.counts("region", state)),
        topics={topic.id: topic.title.say(asked.language) for topic in asked.desk.assistant.catalogue.topics.values()},
    )


def move(asked: Asked) -> Response:
    """POST {matter, state, changed}: one matter moves on, and the page shows the list it was in."""
    matter, state, back = asked.text("matter"), asked.text("state"), asked.text("back")
    if not matter.isdecimal() or len(matter) > 9:
        raise Refused(400, "malformed")
    try:
        asked.desk.queue.move(int(matter), state, asked.who.account.name, asked.text("changed", 1_000))
    except QueueError:
        raise Refused(409, "form_over") from None
    asked.desk.audit.note(asked.who.account.name, "queue", f"{matter}:{state}")
    return RedirectResponse(f"{BASE}/queue?state={back if back in STATES else 'open'}", 303)


def overview(asked: Asked) -> Response:
    """The figures of today and of the last 30 days, with charts."""
    counted = asked.desk.overview
    daily = [(day.isoformat(), count) for day, count in counted.daily()]
    lists = [
        ("by_topic", "topics", shares(_named(asked, "topic", counted.by("topic", limit=20)))),
        ("by_region", "region", shares(_named(asked, "region", counted.by("region", limit=20)))),
        ("by_channel", "kind", shares(_named(asked, "channel", counted.by("channel")))),
        ("by_status", "kind", shares(_named(asked, "status", counted.by("status")))),
        ("most_used", "passage", shares(_named(asked, "passage", counted.passages()))),
    ]
    return page(
        asked,
        "overview.html",
        spans=[("today", counted.figures(1)), ("last_30", counted.figures(30))],
        bars=columns(daily),
        lists=lists,
        width=WIDTH,
        height=HEIGHT,
    )


def _named(asked: Asked, what: str, counts: Counted) -> list[tuple[str, int]]:
    """Ids as people know them."""
    catalogue, language = asked.desk.assistant.catalogue, asked.language
    if what == "topic":
        titles = {topic.id: topic.title.say(language) for topic in catalogue.topics.values()}
        return [(titles.get(name or "", name or say("no_topic", language)), count) for name, count in counts]
    if what == "region":
        names = {value.id: value.label.say(language) for value in catalogue.fact("region").values.values()}
        return [(names.get(name or "", name or say("no_region", language)), count) for name, count in counts]
    if what == "status":
        return [(say(f"status_{name}", language), count) for name, count in counts]
    if what == "channel":
        known = words(language)
        return [(known.get(f"channel_{name}", name or say("unknown", language)), count) for name, count in counts]
    if what == "passage":
        return [(passage_name(catalogue, name or "", language), count) for name, count in counts]
    return [(name or say("unknown", language), count) for name, count in counts]
