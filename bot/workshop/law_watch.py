"""Compares the laws we rely on with the statute package: what was amended or repealed, and what rests on it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

import yaml

from bot.answers.plain_text import articles_name
from bot.answers.wording import Wording
from bot.catalogue import Catalogue
from bot.catalogue.records import Law, LegalReference
from bot.catalogue.text import Text
from bot.workshop.situations import described, situations, space_of

FILE = "fingerprints.yml"
"""In the knowledge folder: law → article → fingerprint of the official text our summary was written from."""

Kind = Literal["changed", "repealed", "gone", "will_change", "not_recorded"]
Fingerprints = Mapping[str, Mapping[str, str]]
SENTENCES: dict[Kind, tuple[str, str]] = {
    "changed": ("条文改了；请对照新条文改写摘要和内容", "its text changed; revise the summary and what rests on it"),
    "repealed": ("这部法规已经废止；请改用现行规定", "the law is repealed; rest on what is in force"),
    "gone": ("法规里没有这一条了；请改用现行条文", "the law has no such article any more; rest on what is in force"),
    "will_change": ("已公布的新版本里条文不同，自 {day} 起", "a version already passed has another text, from {day}"),
    "not_recorded": ("还没有记下条文；核对摘要后运行 make law-watch accept=yes",
                     "its text is not recorded yet; check the summary, then run make law-watch accept=yes"),
}  # fmt: skip


@dataclass(frozen=True)
class Official:
    """The official text of a law on one day: its articles, and whether it is repealed."""

    articles: Mapping[str, str]
    repealed: bool = False


Statutes = Callable[[str, date], Official]
Turns = Callable[[str], list[date]]
"""Full title of a law → the first days of its versions."""


@dataclass(frozen=True)
class Resting:
    """A topic whose outcomes rest on an article: in how many situations, and one of them in words."""

    topic: str
    count: int
    example: Text


@dataclass(frozen=True)
class Alert:
    """Something about an article that an editor must look at."""

    law: str
    article: str
    kind: Kind
    resting: tuple[Resting, ...]
    day: date | None = None


def fingerprint(text: str) -> str:
    """Sixteen hexadecimal digits of a text; spaces and line ends do not count."""
    return hashlib.sha256("".join(text.split()).encode()).hexdigest()[:16]


def read_fingerprints(folder: Path) -> Fingerprints:
    """What was recorded; empty when nothing was."""
    path = folder / FILE
    data = yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else {}
    return (data or {}).get("articles") or {}


def record(folder: Path, catalogue: Catalogue, statutes: Statutes, today: date) -> None:
    """Write down the texts as they are today, after an editor has looked at them."""
    lines = ["# 由 make law-watch accept=yes 写入，请勿手改。Written by make law-watch accept=yes; not edited by hand."]
    lines += [f"recorded_on: {today}", "articles:"]
    for law in _watched(catalogue):
        official = statutes(law.package or "", today)
        lines.append(f"  {law.id}:")
        known = (number for number in law.articles if number in official.articles)
        lines += [f'    "{number}": "{fingerprint(official.articles[number])}"' for number in known]
    (folder / FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")


def watch(
    catalogue: Catalogue, recorded: Fingerprints, statutes: Statutes, turns: Turns, today: date
) -> Iterator[Alert]:
    """Everything that differs from what was recorded, and every change already passed."""
    for law in _watched(catalogue):
        official = statutes(law.package or "", today)
        coming = [day for day in turns(law.package or "") if day > max(today, law.in_force.start)]
        for number in law.articles:
            kind = _kind(official, number, recorded.get(law.id, {}).get(number))
            if kind:
                yield Alert(law.id, number, kind, tuple(resting_on(catalogue, law.id, number, today)))
            for day in coming:
                text = statutes(law.package or "", day).articles.get(number)
                if text != official.articles.get(number):
                    resting = tuple(resting_on(catalogue, law.id, number, today))
                    yield Alert(law.id, number, "will_change", resting, day)


def _kind(official: Official, number: str, known: str | None) -> Kind | None:
    if official.repealed:
        return "repealed"
    if number not in official.articles:
        return "gone"
    if known is None:
        return "not_recorded"
    return "changed" if fingerprint(official.articles[number]) != known else None


def _watched(catalogue: Catalogue) -> list[Law]:
    return [law for law in catalogue.laws.values() if law.package]


def unwatched(catalogue: Catalogue) -> list[Law]:
    """Laws the statute package lacks; their sources' days are all there is to go by."""
    return [law for law in catalogue.laws.values() if not law.package]


def resting_on(catalogue: Catalogue, law: str, article: str, day: date) -> Iterator[Resting]:
    """The topics whose outcomes name the article."""
    for topic in catalogue.topics.values():
        if not any((reference.law, reference.article) == (law, article) for reference in topic.legal_basis):
            continue
        found = [s for s in situations(space_of(catalogue, topic.id, day)) if _names(s.parts, law, article)]
        if found:
            yield Resting(topic.id, sum(s.count for s in found), described(catalogue, found[0].facts))


def _names(parts: tuple[object, ...], law: str, article: str) -> bool:
    records = (part.record for part in parts)  # type: ignore[attr-defined]
    return any(isinstance(r, LegalReference) and (r.law, r.article) == (law, article) for r in records)


def sentences(alert: Alert, catalogue: Catalogue) -> Iterator[str]:
    """The alert in both languages, with what rests on the article."""
    law = catalogue.laws[alert.law]
    zh, en = (text.format(day=alert.day) for text in SENTENCES[alert.kind])
    name = articles_name(law.title.zh, [alert.article], Wording(catalogue, "zh"))
    yield f"{law.at.file}:{law.at.line}: {name}：{zh}。"
    yield f"    {law.title.en}, Article {alert.article}: {en}."
    for resting in alert.resting:
        title = catalogue.topic(resting.topic).title
        yield f"    - “{title.zh}”有 {resting.count:,} 种情况以它为依据，例如：{resting.example.zh}。"
        yield f'      "{title.en}" rests on it in {resting.count:,} situation(s), for example: {resting.example.en}.'
