"""What is said when a law changes under the records."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.catalogue import Catalogue, load
from bot.retrieval import statutes
from bot.settings import ROOT
from bot.workshop.law_watch import Official, fingerprint, read_fingerprints, record, sentences, unwatched, watch
from bot.workshop.official import first_days, official

PACK = Path(__file__).parents[1] / "packs" / "library-card" / "knowledge"
DAY = date(2026, 11, 22)
TEXTS = {"3": "借书证凭有效证件办理。", "7": "借书证遗失的，应当挂失。"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the pack whose law is one the statute package has."""
    shutil.copytree(PACK, tmp_path / "knowledge")
    law = tmp_path / "knowledge/laws/library-rules.yml"
    law.write_text(law.read_text(encoding="utf-8") + "package: 小镇图书馆规则\n", encoding="utf-8")
    record(tmp_path / "knowledge", load(tmp_path / "knowledge"), lambda name, day: Official(TEXTS), DAY)
    return tmp_path / "knowledge"


def alerts(folder: Path, now: Official, later: dict[date, Official] | None = None) -> list[tuple[str, str, int]]:
    """(article, kind, situations resting on it) of every alert."""
    later = later or {}
    found = watch(
        load(folder), read_fingerprints(folder), lambda name, day: later.get(day, now), lambda name: sorted(later), DAY
    )
    return [(alert.article, alert.kind, sum(resting.count for resting in alert.resting)) for alert in found]


def test_an_unchanged_law_says_nothing(folder: Path) -> None:
    assert alerts(folder, Official({"3": TEXTS["3"], "7": " 借书证遗失的，\n应当挂失。"})) == []


def test_a_changed_article_names_every_outcome_resting_on_it(folder: Path) -> None:
    now = Official({**TEXTS, "7": "借书证遗失的，应当在三日内挂失。"})
    assert alerts(folder, now) == [("7", "changed", 6)]
    catalogue = load(folder)
    (alert,) = watch(catalogue, read_fingerprints(folder), lambda name, day: now, lambda name: [], DAY)
    assert list(sentences(alert, catalogue)) == [
        "knowledge/laws/library-rules.yml:1: 《小镇图书馆规则》第7条：条文改了；请对照新条文改写摘要和内容。",
        "    Rules of the Town Library, Article 7: its text changed; revise the summary and what rests on it.",
        "    - “借书证挂失补办”有 6 种情况以它为依据，例如：读者是成人、在北分馆办理。",
        '      "Lost library card" rests on it in 6 situation(s), for example: '
        "the reader is an adult, it is done at North Branch.",
    ]


def test_a_repealed_law_and_a_vanished_article(folder: Path) -> None:
    assert alerts(folder, Official(TEXTS, repealed=True)) == [("3", "repealed", 3), ("7", "repealed", 6)]
    assert alerts(folder, Official({"3": TEXTS["3"]})) == [("7", "gone", 6)]


def test_a_version_already_passed_is_announced(folder: Path) -> None:
    later = {date(2027, 1, 1): Official({**TEXTS, "7": "遗失的，应当立即挂失。"})}
    assert alerts(folder, Official(TEXTS), later) == [("7", "will_change", 6)]


def test_an_article_added_later_is_to_be_recorded(folder: Path) -> None:
    (folder / "fingerprints.yml").unlink()
    assert [(article, kind) for article, kind, _ in alerts(folder, Official(TEXTS))] == [
        ("3", "not_recorded"),
        ("7", "not_recorded"),
    ]


def test_a_fingerprint_ignores_spaces_and_nothing_else() -> None:
    assert fingerprint("第一条 甲") == fingerprint("第一条\n甲") != fingerprint("第一条 乙")


@pytest.fixture(scope="module")
def knowledge() -> Catalogue:
    """The real knowledge."""
    return load(ROOT / "knowledge")


def test_every_article_of_the_real_knowledge_is_recorded_as_it_stands(knowledge: Catalogue) -> None:
    recorded = read_fingerprints(ROOT / "knowledge")
    watched = {law.id: set(law.articles) for law in knowledge.laws.values() if law.package}
    assert {law: set(articles) for law, articles in recorded.items()} == watched
    assert list(watch(knowledge, recorded, official, first_days, DAY)) == []
    assert len(unwatched(knowledge)) + len(watched) == len(knowledge.laws)


def test_the_statute_package_is_read_by_the_day(knowledge: Catalogue) -> None:
    name = knowledge.laws["medical-security-law"].package
    assert name
    assert first_days(name) == [date(2027, 1, 1)]
    assert official(name, DAY).articles["35"].startswith(statutes.article(name, "35").text[:10])  # type: ignore[union-attr]
    assert not official(name, DAY).repealed
