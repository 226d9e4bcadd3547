"""Sources that should have been checked again, and records nothing uses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from bot.catalogue import Catalogue, Problem
from bot.retrieval.texts.files import Imported
from bot.workshop.findings import at


def date_problems(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """A source checked in the future, or to be checked again before it was checked."""
    for source in catalogue.sources.values():
        if source.checked_on > today:
            yield at(
                source.at,
                f"来源“{source.id}”的 checked_on 是 {source.checked_on}，还没到；请写实际核对的日期。",
                f'Source "{source.id}" says it was checked on {source.checked_on}, a day still to come; '
                "write the day it really was.",
            )
        elif source.check_again_by <= source.checked_on:
            yield at(
                source.at,
                f"来源“{source.id}”的 check_again_by（{source.check_again_by}）不晚于 checked_on；请写以后的日期。",
                f'Source "{source.id}": check_again_by ({source.check_again_by}) is not later than checked_on; '
                "write a later day.",
            )


def overdue_sources(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """Sources past their day; what rests on them is shown as less sure."""
    resting = _statements_by_source(catalogue)
    for source in catalogue.sources.values():
        if source.overdue(today):
            count = resting.get(source.id, 0)
            yield at(
                source.at,
                f"来源“{source.id}”应在 {source.check_again_by} 前再核对；{count} 条内容的可信度已降一级。"
                "核对后改 checked_on 和 check_again_by。",
                f'Source "{source.id}" was to be checked again by {source.check_again_by}; '
                f"{count} statement(s) are shown one grade less sure. "
                "Check it, then change checked_on and check_again_by.",
            )


def _statements_by_source(catalogue: Catalogue) -> dict[str, int]:
    counts: dict[str, int] = {}
    for topic in catalogue.topics.values():
        for statement in topic.statements:
            counts[statement.source] = counts.get(statement.source, 0) + 1
    return counts


def unused_sources(catalogue: Catalogue, texts: Iterable[Imported] = ()) -> Iterator[Problem]:
    """Sources no statement, law, referral or imported text rests on."""
    used = {*_statements_by_source(catalogue), *(law.source for law in catalogue.laws.values())}
    used |= {text.source for text in texts}
    used |= {referral.source for referral in catalogue.referrals.values()}
    for source in catalogue.sources.values():
        if source.id not in used:
            yield at(
                source.at,
                f"没有内容用到来源“{source.id}”，可以删去。",
                f'Nothing rests on the source "{source.id}"; it can be removed.',
            )
