"""Every kind of mistake is answered by its sentences, with file and line, and by no others."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.workshop.check import check

HERE = Path(__file__).parent
PACK = HERE.parent / "packs" / "library-card"
DAY = date(2026, 11, 22)
MISTAKES: list[dict[str, Any]] = yaml.safe_load((HERE / "mistakes.yml").read_text(encoding="utf-8"))


def make(folder: Path, mistake: dict[str, Any]) -> None:
    """Make one mistake in a copy of the pack."""
    path = folder / mistake["in"]
    if mistake.get("remove"):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
        return
    if "for" not in mistake:
        path.write_text(mistake["write"], encoding="utf-8")
        return
    before = path.read_text(encoding="utf-8")
    assert mistake["for"] in before
    path.write_text(before.replace(mistake["for"], mistake["write"], 1), encoding="utf-8")


@pytest.mark.parametrize("mistake", MISTAKES, ids=[mistake["name"] for mistake in MISTAKES])
def test_a_mistake_is_answered_by_its_sentences(mistake: dict[str, Any], tmp_path: Path) -> None:
    folder = tmp_path / "pack"
    shutil.copytree(PACK, folder)
    make(folder, mistake)
    found = check(folder / "knowledge", folder / "data/nlu", DAY).problems
    assert [(f"{p.file}:{p.line}", p.zh, p.en) for p in found] == [(s["at"], s["zh"], s["en"]) for s in mistake["says"]]
    assert found


def test_there_are_many_kinds_of_mistakes() -> None:
    assert len({mistake["name"] for mistake in MISTAKES}) == len(MISTAKES) >= 60


def test_the_pack_itself_has_no_problem() -> None:
    findings = check(PACK / "knowledge", PACK / "data/nlu", DAY)
    assert (findings.problems, findings.warnings, findings.situations, findings.cases) == ((), (), 9, 2)


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    chosen = [m for m in MISTAKES if m["name"] in ("unknown-source", "impossible-date", "sentence-missing")]
    folder = tmp_path / "pack"
    shutil.copytree(PACK, folder)
    for mistake in chosen:
        make(folder, mistake)
    found = {p.zh for p in check(folder / "knowledge", folder / "data/nlu", DAY).problems}
    assert found == {said["zh"] for mistake in chosen for said in mistake["says"]}
