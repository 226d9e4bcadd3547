"""The editors' commands; words are given as NAME=value, in any order."""

from __future__ import annotations

import sys
import webbrowser
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path

from bot.answers.official import official_text
from bot.catalogue import load
from bot.catalogue.problems import nearest
from bot.catalogue.text import LANGUAGES
from bot.errors import BanshiError, WorkshopError
from bot.settings import knowledge_folder, nlu_folder, var_folder
from bot.workshop import diff_report, law_watch
from bot.workshop.bases import knowledge_at
from bot.workshop.check import check
from bot.workshop.compare import compare
from bot.workshop.official import first_days, official
from bot.workshop.preview import page
from bot.workshop.scaffold import new_fact, new_region, new_topic
from bot.workshop.sources import overdue_sources

Words = Mapping[str, str]


def main(arguments: list[str]) -> int:
    """Run one command; the exit code. What went wrong is printed as its sentence."""
    name, rest = (arguments or [""])[0], arguments[1:]
    if name not in COMMANDS:
        print(f"Choose one of: {', '.join(sorted(COMMANDS))}.", file=sys.stderr)
        return 2
    try:
        return COMMANDS[name](_words(rest))
    except BanshiError as error:
        print(error, file=sys.stderr)
        return 1


def _words(arguments: list[str]) -> Words:
    pairs = (argument.partition("=") for argument in arguments)
    return {name.upper(): value for name, _, value in pairs if value}


def check_knowledge(words: Words) -> int:
    """Every problem of the knowledge; 0 when there is none."""
    findings = check(knowledge_folder(), nlu_folder(), date.today())
    print(findings)
    return 1 if findings.problems else 0


def diff(words: Words) -> int:
    """What the present knowledge changes for people, compared with BASE."""
    base = words.get("BASE", "HEAD")
    after = load(knowledge_folder())
    with knowledge_at(base, knowledge_folder()) as folder:
        before = load(folder)
    comparison = compare(before, after, _day(words))
    for language in ("zh", "en"):
        print("\n".join(diff_report.sentences(comparison, before, after, language)), end="\n\n")
    report = Path(words.get("OUT") or var_folder() / "diff.md")
    report.write_text(diff_report.markdown(comparison, before, after, base), encoding="utf-8")
    print(f"报告 / report: {report}")
    return 0


def watch_laws(words: Words) -> int:
    """Articles that changed, and overdue sources; ACCEPT=yes records the texts as they are."""
    folder, today = knowledge_folder(), date.today()
    catalogue = load(folder)
    if words.get("ACCEPT") == "yes":
        law_watch.record(folder, catalogue, official, today)
        print(f"已记下条文 / recorded: {folder / law_watch.FILE}")
    alerts = list(law_watch.watch(catalogue, law_watch.read_fingerprints(folder), official, first_days, today))
    for alert in alerts:
        print("\n".join(law_watch.sentences(alert, catalogue)))
    overdue = list(overdue_sources(catalogue, today))
    for source in overdue:
        print(source)
    apart = law_watch.unwatched(catalogue)
    names, names_en = ("、".join(law.short.zh for law in apart), ", ".join(law.short.en for law in apart))
    print(f"{len(alerts)} 条法条、{len(overdue)} 个来源要看。法条库没有、只能靠来源日期的：{names}。")
    print(f"{len(alerts)} article(s) and {len(overdue)} source(s) to look at. Not in the package: {names_en}.")
    return 1 if alerts or overdue else 0


def start_topic(words: Words) -> int:
    """A new topic of id ID."""
    return _started(new_topic(words.get("ID", ""), knowledge_folder(), nlu_folder(), date.today()))


def start_region(words: Words) -> int:
    """A new region of id ID."""
    return _started(new_region(words.get("ID", ""), knowledge_folder(), date.today()))


def start_fact(words: Words) -> int:
    """A new fact of id ID."""
    return _started(new_fact(words.get("ID", ""), knowledge_folder(), date.today()))


def preview(words: Words) -> int:
    """One page on TOPIC, for FACTS (fact=value, separated by spaces) on DATE in LANG; its path is printed."""
    topic, language = words.get("TOPIC", ""), words.get("LANG", "zh")
    facts = dict(pair.split("=", 1) for pair in words.get("FACTS", "").split() if "=" in pair)
    if language not in LANGUAGES:
        raise WorkshopError(f"LANG 只能是 zh 或 en，不是 {language}。/ LANG is zh or en, not {language}.")
    catalogue = load(knowledge_folder())
    _require(topic, catalogue.topics, ("事项", "topic"))
    for fact, value in facts.items():
        _require(fact, catalogue.facts, ("事实", "fact"))
        _require(value, catalogue.fact(fact).values, (f"“{fact}”取值", f"value of {fact}"))
    html = page(catalogue, topic, facts, _day(words), language, official_text)
    out = Path(words.get("OUT") or var_folder() / f"preview-{topic}.html")
    out.write_text(html, encoding="utf-8")
    print(out)
    if sys.stdout.isatty():
        webbrowser.open(out.as_uri())
    return 0


def _require(name: str, known: Iterable[str], kind: tuple[str, str]) -> None:
    """Raises WorkshopError naming the nearest when ``name`` is not one of ``known``."""
    known = list(known)
    if name not in known:
        zh, en = nearest(name, known)
        raise WorkshopError(f"没有叫“{name}”的{kind[0]}。{zh} / There is no {kind[1]} {name}.{en}")


def _started(files: list[Path]) -> int:
    for path in files:
        print(path)
    print("请填写【…】，然后运行 make check。/ Put words in place of 【…】, then run make check.")
    return 0


def _day(words: Words) -> date:
    try:
        return date.fromisoformat(words["DATE"]) if "DATE" in words else date.today()
    except ValueError:
        raise WorkshopError(
            f"没有 {words['DATE']} 这一天，请写成 2027-01-31 的样子。/ "
            f"There is no day {words['DATE']}; write it like 2027-01-31."
        ) from None


COMMANDS: dict[str, Callable[[Words], int]] = {
    "check": check_knowledge,
    "diff": diff,
    "law-watch": watch_laws,
    "new-topic": start_topic,
    "new-region": start_region,
    "new-fact": start_fact,
    "preview": preview,
}
