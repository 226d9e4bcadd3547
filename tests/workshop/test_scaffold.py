"""New files: commented, found by the check until they are filled in, and never over old ones."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.catalogue import load
from bot.errors import WorkshopError
from bot.workshop.check import check
from bot.workshop.scaffold import new_fact, new_region, new_topic

PACK = Path(__file__).parents[1] / "packs" / "library-card"
DAY = date(2026, 11, 22)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the pack."""
    return Path(shutil.copytree(PACK, tmp_path / "pack"))


def problems(folder: Path) -> list[str]:
    """What the check says, in English."""
    return [problem.en for problem in check(folder / "knowledge", folder / "data/nlu", DAY).problems]


def test_a_new_topic_has_its_three_files(folder: Path) -> None:
    files = new_topic("rent-a-room", folder / "knowledge", folder / "data/nlu", DAY)
    assert [path.relative_to(folder).as_posix() for path in files] == [
        "knowledge/procedures/rent-a-room/procedure.yml",
        "knowledge/procedures/rent-a-room/cases.yml",
        "data/nlu/rent-a-room.yml",
    ]
    found = problems(folder)
    assert '"【name of the matter】" is not written yet; put words in place of 【…】.' in found
    assert '"【问法一】" is not written yet; put words people say in its place.' in found
    assert 'There is no source "【来源编号】". Known: branch-notice, library-handbook.' in found
    assert not any("valid YAML" in sentence or "lacks" in sentence for sentence in found)


def test_a_new_region_needs_only_its_name(folder: Path) -> None:
    (path,) = new_region("west", folder / "knowledge", DAY)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("【地名】", "西分馆").replace("【name】", "West Branch"), encoding="utf-8")
    assert problems(folder) == []
    assert load(folder / "knowledge").regions["west"].name.en == "West Branch"


def test_a_new_fact_comes_before_the_lists_of_words(folder: Path) -> None:
    (path,) = new_fact("floor", folder / "knowledge", DAY)
    assert list(load(folder / "knowledge").facts) == ["region", "reader", "floor"]
    text = path.read_text(encoding="utf-8")
    assert text.index("- id: floor") < text.index("\nwords:")
    with pytest.raises(WorkshopError, match=r"facts\.yml already has floor"):
        new_fact("floor", folder / "knowledge", DAY)


def test_the_real_facts_take_a_new_one(tmp_path: Path) -> None:
    real = Path(__file__).parents[2] / "knowledge"
    shutil.copytree(real, tmp_path / "knowledge")
    new_fact("age_group", tmp_path / "knowledge", DAY)
    assert [*load(real).facts, "age_group"] == list(load(tmp_path / "knowledge").facts)


def test_nothing_is_written_over(folder: Path) -> None:
    before = (folder / "knowledge/regions/north-branch.yml").read_text(encoding="utf-8")
    with pytest.raises(WorkshopError, match="is there already and was left alone"):
        new_region("north-branch", folder / "knowledge", DAY)
    assert (folder / "knowledge/regions/north-branch.yml").read_text(encoding="utf-8") == before


@pytest.mark.parametrize("name", ["", "Lost-Card", "lost_card", "../escape", "失卡"])
def test_a_name_that_will_not_do_is_said(folder: Path, name: str) -> None:
    with pytest.raises(WorkshopError, match="write it like ID=lost-card, in lower case"):
        new_topic(name, folder / "knowledge", folder / "data/nlu", DAY)
