"""What an edit changes for people, in sentences and as a report."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from bot.catalogue import load
from bot.errors import WorkshopError
from bot.workshop.bases import knowledge_at
from bot.workshop.compare import compare
from bot.workshop.diff_report import markdown, sentences

PACK = Path(__file__).parents[1] / "packs" / "library-card" / "knowledge"
DAY = date(2026, 11, 22)


def edited(tmp_path: Path, file: str, old: str, new: str) -> Path:
    """A copy of the pack's knowledge with one edit."""
    folder = tmp_path / "knowledge"
    shutil.copytree(PACK, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    return folder


def said(tmp_path: Path, file: str, old: str, new: str, language: str) -> list[str]:
    """The sentences about one edit."""
    before, after = load(PACK), load(edited(tmp_path, file, old, new))
    return list(sentences(compare(before, after, DAY), before, after, language))  # type: ignore[arg-type]


def test_the_same_knowledge_changes_nothing() -> None:
    before, after = load(PACK), load(PACK)
    comparison = compare(before, after, DAY)
    assert (comparison.changed, comparison.situations) == (0, 9)
    assert list(sentences(comparison, before, after, "zh")) == ["9 种情况中有 0 种改变。"]
    assert list(sentences(comparison, before, after, "en")) == ["0 of 9 situations change."]


def test_a_regional_fee_changes_for_the_people_there(tmp_path: Path) -> None:
    zh = said(tmp_path / "zh", "regions/north-branch.yml", "五枚硬币", "六枚硬币", "zh")
    assert zh == [
        "9 种情况中有 4 种改变：",
        "“借书证挂失补办”：4 种情况，例如读者是成人、在北分馆办理",
        "  - 费用“北分馆补证收五枚硬币。 · 转载”改为“北分馆补证收六枚硬币。 · 转载”",
    ]
    assert said(tmp_path / "en", "regions/north-branch.yml", "five coins", "six coins", "en") == [
        "4 of 9 situations change:",
        '"Lost library card": 4 situation(s), for example the reader is an adult, it is done at North Branch',
        '  - fee "The North Branch charges five coins for a new card. · re-published" becomes '
        '"The North Branch charges six coins for a new card. · re-published"',
    ]


def test_a_condition_that_is_widened_reaches_more_people(tmp_path: Path) -> None:
    procedure = "procedures/lost-library-card/procedure.yml"
    lines = said(tmp_path, procedure, "{reader: child}", "{reader: {one_of: [adult, child]}}", "en")
    assert lines[0] == "3 of 9 situations change:"
    assert lines[2] == '  - new document "The parent\'s identity document · original · copies: 1"'
    assert lines[3] == '"Lost library card" now asks at most 1 question(s), before 2.'


def test_a_sentence_that_ends_tomorrow_changes_nothing_today(tmp_path: Path) -> None:
    procedure = "procedures/join-library/procedure.yml"
    folder = edited(tmp_path, procedure, "when: {reader: child}\n", "when: {reader: child}\n    to: 2026-11-22\n")
    before, after = load(PACK), load(folder)
    assert compare(before, after, DAY).changed == 0
    assert compare(before, after, date(2026, 11, 23)).changed == 1


def test_a_new_topic_counts_with_all_its_situations(tmp_path: Path) -> None:
    folder = edited(tmp_path, "ambiguities.yml", "join-library]", "library-hours]")
    shutil.rmtree(folder / "procedures" / "join-library")
    smaller, whole = load(folder), load(PACK)
    comparison = compare(smaller, whole, DAY)
    assert [(difference.topic, difference.count) for difference in comparison.differences] == [
        ("join-library", 1),
        ("join-library", 1),
    ]
    assert (comparison.changed, comparison.situations) == (2, 9)


def test_words_changed_in_one_language_only_are_said_to_be(tmp_path: Path) -> None:
    zh = said(tmp_path / "zh", "regions/north-branch.yml", "five coins", "six coins", "zh")
    assert zh[-1] == "  - 费用“北分馆补证收五枚硬币。 · 转载”只改了英文"
    en = said(tmp_path / "en", "regions/north-branch.yml", "五枚硬币", "六枚硬币", "en")
    assert en[-1].endswith('for a new card. · re-published": only the Chinese changes')


def test_the_report_has_both_languages(tmp_path: Path) -> None:
    before, after = load(PACK), load(edited(tmp_path, "regions/north-branch.yml", "五枚硬币", "六枚硬币"))
    report = markdown(compare(before, after, DAY), before, after, "main")
    assert report.startswith("# 修改前后 / Before and after\n\nBASE: `main`")
    assert "## 9 种情况中有 4 种改变：" in report
    assert "## 4 of 9 situations change:" in report
    assert "- 费用“北分馆补证收五枚硬币。 · 转载”改为“北分馆补证收六枚硬币。 · 转载”" in report


def test_a_version_kept_by_git_can_be_compared_with(tmp_path: Path) -> None:
    folder = edited(tmp_path, "regions/north-branch.yml", "五枚硬币", "六枚硬币")
    me = ("-c", "user.name=Editor", "-c", "user.email=editor@example.org")
    for words in (("init", "-q"), ("add", "."), (*me, "commit", "-qm", "six coins")):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)
    (folder / "regions/north-branch.yml").unlink()
    with knowledge_at("HEAD", folder) as base:
        assert "六枚硬币" in (base / "regions/north-branch.yml").read_text(encoding="utf-8")
    with knowledge_at(str(tmp_path), folder) as base:
        assert base == folder


def test_a_base_that_is_neither_is_said(tmp_path: Path) -> None:
    folder = edited(tmp_path, "regions/north-branch.yml", "五枚硬币", "六枚硬币")
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    with (
        pytest.raises(WorkshopError, match="BASE=nothing is neither a folder nor a version"),
        knowledge_at("nothing", folder),
    ):
        pass
