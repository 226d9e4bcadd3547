"""A newcomer adds a region with the guide alone: the test does what the guide says, word for word."""

from __future__ import annotations

import re
import shutil
import time
from datetime import date
from pathlib import Path

import pytest

from bot.answers.outcome import outcome
from bot.catalogue import load
from bot.procedures import decide
from bot.settings import ROOT
from bot.workshop.check import check
from bot.workshop.commands import COMMANDS
from bot.workshop.compare import compare
from bot.workshop.scaffold import new_region

DAY = date(2026, 11, 22)
GUIDES = {"zh": "README.md", "en": "README.en.md"}
HEADINGS = {"zh": "### 照着做：加一个地区", "en": "### Step by step: add a region"}
FEE = {"zh": "补卡收2元。", "en": "A replacement costs 2 yuan."}


def section(language: str) -> str:
    """The guide's walk through, from its heading to the next one."""
    text = (ROOT / "knowledge" / GUIDES[language]).read_text(encoding="utf-8")
    assert HEADINGS[language] in text
    return re.split(r"\n##+ ", text.split(HEADINGS[language])[1])[0]


def files(text: str) -> dict[str, str]:
    """The files the guide shows: the first line of each names it."""
    blocks = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    plain = ["\n".join(line.removeprefix("   ") for line in block.splitlines()) + "\n" for block in blocks]
    return {block.splitlines()[0].removeprefix("# ").strip(): block for block in plain}


@pytest.fixture(params=["zh", "en"])
def language(request: pytest.FixtureRequest) -> str:
    """The language of the guide that is followed."""
    return str(request.param)


@pytest.fixture
def followed(language: str, tmp_path: Path) -> Path:
    """A copy of the knowledge after the guide was followed up to the check."""
    shutil.copytree(ROOT / "knowledge", tmp_path / "knowledge")
    text = section(language)
    command = re.search(r"make new-region ID=([a-z-]+)", text)
    assert command
    new_region(command[1], tmp_path / "knowledge", DAY)
    for name, written in files(text).items():
        (tmp_path / name.strip()).write_text(written, encoding="utf-8")
    return tmp_path / "knowledge"


def test_the_check_finds_nothing(followed: Path) -> None:
    assert check(followed, ROOT / "data/nlu", DAY).problems == ()


def test_people_there_get_the_guides_fee_and_nobody_else(followed: Path, language: str) -> None:
    before, after = load(ROOT / "knowledge"), load(followed)
    preview = re.search(r'make preview TOPIC=(\S+) FACTS="region=([a-z-]+)"', section(language))
    assert preview
    topic, region = preview.groups()
    decision = decide(after, topic, {"region": region}, DAY, declined=frozenset(after.facts))
    reply = outcome(after, decision, language, lambda law, number: None)  # type: ignore[arg-type]
    assert reply["procedure"]["fee"]["text"] == FEE[language]
    assert FEE[language] in section(language)
    comparison = compare(before, after, DAY)
    assert {difference.topic for difference in comparison.differences} == {topic}
    assert {difference.example["region"] for difference in comparison.differences} == {region}


def test_forgetting_a_line_is_answered_as_the_guide_says(followed: Path) -> None:
    path = followed / "regions/moon-bay.yml"
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace("        replaces: [fee-set-locally]\n", ""), encoding="utf-8")
    (problem,) = check(followed, ROOT / "data/nlu", DAY).problems
    assert (problem.file, problem.line) == ("knowledge/regions/moon-bay.yml", 9)
    assert problem.en.endswith('Write "replaces: [fee-set-locally]" in "moon-bay-two-yuan".')
    path.write_text(whole.replace("        from: 2026-10-01\n", ""), encoding="utf-8")
    (problem,) = check(followed, ROOT / "data/nlu", DAY).problems
    assert problem.zh == "“topics.lost-card.fee”缺少“from”，请补上。"


def test_both_guides_show_the_same_files_and_commands() -> None:
    assert files(section("zh")) == files(section("en"))
    texts = [(ROOT / "knowledge" / name).read_text(encoding="utf-8") for name in GUIDES.values()]
    named = [set(re.findall(r"make ([a-z-]+)", text)) for text in texts]
    assert named[0] == named[1] == {*COMMANDS, "import-text"}
    assert [text.count("\n## ") for text in texts] == [texts[0].count("\n## ")] * 2


def test_every_field_an_editor_may_write_is_in_both_guides() -> None:
    fields = (
        "when source from to confidence original copies about place name address phone url replaces part_of aliases"
    )
    fields += " districts said not_said scope each values_from quoted order background asks package check_again_by"
    for name in GUIDES.values():
        text = (ROOT / "knowledge" / name).read_text(encoding="utf-8")
        assert [field for field in fields.split() if field not in text] == []


def test_the_pictures_are_there() -> None:
    for name in GUIDES.values():
        text = (ROOT / "knowledge" / name).read_text(encoding="utf-8")
        pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", text)
        assert len(pictures) == 1
        assert (ROOT / "knowledge" / pictures[0]).read_bytes().startswith(b"\x89PNG")


def test_the_knowledge_has_no_problem_and_leaves_no_note() -> None:
    """No sentence is said that the check does not know of, and none is there that is never said."""
    findings = check(ROOT / "knowledge", ROOT / "data/nlu", DAY)
    assert (findings.problems, findings.warnings) == ((), ())
    assert (findings.situations, findings.cases) > (10_000, 70)


def test_the_check_takes_less_than_five_seconds() -> None:
    started = time.process_time()
    check(ROOT / "knowledge", ROOT / "data/nlu", DAY)
    assert time.process_time() - started < 5
