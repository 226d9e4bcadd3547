"""New content reaches people without a line of Python, domain or stories: only files of the content folder differ.

A made-up topic and region are started by the editors' commands in a copy of the content; another bureau's pack is a
folder of its own. Each is named by BANSHI_CONTENT, trained, served, and asked for by words.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.channels.terminal import Server
from bot.setup import index, inputs, training
from bot.setup.progress import run_steps
from bot.setup.project import Project
from bot.setup.servers import running
from bot.workshop.check import check
from bot.workshop.scaffold import new_region, new_topic

pytestmark = pytest.mark.servers
ROOT = Path(__file__).parents[2]
PACK = ROOT / "tests" / "packs" / "library-card"
CODE = ("bot", "actions", "config.yml", "domain.yml", "data/stories")


@dataclass(frozen=True)
class OwnModels(Project):
    """The working copy with models kept elsewhere, so that a test's models push none of its own out."""

    @property
    def models(self) -> Path:
        """Beside the conversations of the test."""
        return self.var / "models"


@contextmanager
def served(content: Path, var: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Train and serve a content folder; the address of the website channel."""
    assert check(content / "knowledge", content / "data/nlu", date.today()).problems == ()
    monkeypatch.setenv("BANSHI_CONTENT", str(content))
    monkeypatch.setenv("BANSHI_VAR", str(var))
    project = OwnModels(ROOT, var)
    _with_known_sentences(project)
    run_steps([*index.steps(project), *training.steps(project)])
    with running(project, settings={"BANSHI_CONTENT": str(content)}) as both:
        yield both.website


def _with_known_sentences(project: Project) -> None:
    """Start from the vectors already computed for the working copy, if there are any."""
    known = index.folder(replace(Project.here({}), var=ROOT / "var"))
    if known.is_dir():
        shutil.copytree(known, index.folder(project), symlinks=True)
        (index.folder(project) / "inputs.stamp").unlink(missing_ok=True)


def conversation(website: str, *said: str) -> list[dict[str, Any]]:
    """Say one thing after the other; the last replies."""
    server = Server(website, "zh")
    server.open()
    replies: list[dict[str, Any]] = []
    for text in said:
        replies = server.send("text", text)
    server.close()
    return replies


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the content with the made-up topic `card-cover` and the made-up region `moon-bay`."""
    folder = tmp_path / "content"
    shutil.copytree(ROOT / "knowledge", folder / "knowledge")
    shutil.copytree(ROOT / "data/nlu", folder / "data/nlu")
    procedure, cases, phrases = new_topic("card-cover", folder / "knowledge", folder / "data/nlu", date.today())
    text = procedure.read_text(encoding="utf-8")
    for old, new in {
        "【事项名称】": "领取卡套", "【name of the matter】": "Get a cover for the card",
        "【一句人话，作选项用】": "想要一个卡套", "【the same as a choice, in plain words】": "A cover for the card",
        "【材料名称】": "社保卡", "【the document】": "The card", "【先做什么。】": "到柜台领取卡套。",
        "【What to do first.】": "Get the cover at the counter.", "【来源编号】": "law-texts",
        "【法规编号】": "social-insurance-law", 'article: "1"': 'article: "58"', "asks: []": "asks: [region]",
    }.items():  # fmt: skip
        text = text.replace(old, new)
    procedure.write_text(text, encoding="utf-8")
    zh = [
        "我想要一个卡套",
        "卡套在哪里领",
        "社保卡卡套怎么领",
        "给社保卡配个保护套",
        "有没有免费卡套",
        "领取卡套",
        "卡套发完了吗",
    ]
    en = [
        "I want a cover for my card",
        "where do I get a card cover",
        "card sleeve please",
        "protective cover for the card",
        "do you hand out card covers",
        "get a card sleeve",
        "is there a cover for it",
    ]
    blocks = "\n".join(
        "- intent: card_cover\n  examples: |\n" + "".join(f"    - {phrase}\n" for phrase in said) for said in (zh, en)
    )
    phrases.write_text(f'version: "3.1"\n\nnlu:\n{blocks}', encoding="utf-8")
    (region,) = new_region("moon-bay", folder / "knowledge", date.today())
    filled = region.read_text(encoding="utf-8").replace("【地名】", "月亮湾").replace("【name】", "Moon Bay")
    step = "      - id: at-the-pier\n        text: {zh: 到月亮湾码头领取。, en: Get it at the pier of Moon Bay.}\n"
    step += "        replaces: [first-step]\n        source: law-texts\n        from: 2020-01-01\n"
    filled = filled.replace("topics: {}", f"topics:\n  card-cover:\n    steps:\n{step}")
    region.write_text(filled, encoding="utf-8")
    assert cases.exists()
    return folder


def test_a_made_up_topic_and_region_are_asked_for(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = inputs.fingerprint(ROOT, CODE)
    with served(content, tmp_path / "var", monkeypatch) as website:
        (reply,) = conversation(website, "月亮湾哪里能领卡套")
        assert (reply["status"], reply["procedure"]["topic"]) == ("procedure", "card-cover")
        assert [step["text"] for step in reply["procedure"]["steps"]] == ["到月亮湾码头领取。"]
        (reply,) = conversation(website, "where do I get a cover for my card in Moon Bay")
        assert [step["text"] for step in reply["procedure"]["steps"]] == ["Get it at the pier of Moon Bay."]
        (reply,) = conversation(website, "怎么领卡套")
        assert (reply["status"], reply["question"]["fact"]) == ("question", "region")
        assert reply["choices"][0]["title"] == "月亮湾"
        (reply,) = conversation(website, "社保卡丢了")
        assert reply["question"]["topic"] == "lost-card"
    assert inputs.fingerprint(ROOT, CODE) == before


def test_another_bureau_is_served_by_the_same_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with served(PACK, tmp_path / "var", monkeypatch) as website:
        (reply,) = conversation(website, "我孩子的借书证丢了，在北分馆")
        assert reply["procedure"]["topic"] == "lost-library-card"
        assert reply["procedure"]["fee"]["text"] == "北分馆补证收五枚硬币。"
        (reply,) = conversation(website, "I lost my library card", "adult", "I don't know")
        assert reply["procedure"]["fee"]["text"].startswith("Ask at the desk")
        (reply,) = conversation(website, "图书馆几点开门")
        assert reply["status"] == "passages"
        said = " ".join(str(reply) for text in ("你好", "今天天气") for reply in conversation(website, text))
        assert re.search("社保|social security|12333", said, re.IGNORECASE) is None
