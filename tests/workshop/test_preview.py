"""The page an editor looks at."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from bot.catalogue import Catalogue, load
from bot.errors import UnknownId
from bot.procedures import questions_of
from bot.workshop.commands import main
from bot.workshop.preview import page
from bot.workshop.tree import svg, tree_of

PACK = Path(__file__).parents[1] / "packs" / "library-card" / "knowledge"
DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def pack() -> Catalogue:
    """The library-card pack."""
    return load(PACK)


def made(pack: Catalogue, topic: str = "lost-library-card", language: str = "zh", **facts: str) -> str:
    """A preview page."""
    return page(pack, topic, facts, DAY, language, lambda law, number: None)  # type: ignore[arg-type]


def test_the_outcome_is_the_reply_a_citizen_gets(pack: Catalogue) -> None:
    html = made(pack, reader="child", region="north-branch")
    assert "<p>1. 有效证件（原件）</p>" in html
    assert "<p>2. 家长的证件（原件、复印件1份）</p>" in html
    assert "<p>费用：北分馆补证收五枚硬币。</p>" in html
    assert '<option value="child" selected>儿童</option>' in html


def test_what_is_not_said_is_shown_with_its_condition(pack: Catalogue) -> None:
    assert "<p>2. The parent&#x27;s identity document (original, one copy, if the reader is a child)</p>" in made(
        pack, language="en", region="elsewhere"
    )


def test_every_situation_can_be_chosen_on_the_page(pack: Catalogue) -> None:
    found = re.search(r'<script id="data"[^>]*>(.*?)</script>', made(pack), re.DOTALL)
    assert found
    data = json.loads(found[1])
    assert data["facts"] == ["reader", "region"]
    north = "north-branch"
    assert data["groups"]["region"] == {north: north, "old-town": north, "elsewhere": "elsewhere"}
    assert len(data["outcomes"]) == 4
    child_elsewhere = [data["lines"][number] for number in data["outcomes"]["child elsewhere"]]
    assert "费用：补证费请问服务台。" in child_elsewhere
    adult_north = [data["lines"][number] for number in data["outcomes"]["adult north-branch"]]
    assert "费用：北分馆补证收五枚硬币。" in adult_north
    assert "2. 家长的证件（原件、复印件1份）" not in adult_north


def test_the_picture_shrinks_to_the_page_before_it_is_scrolled(pack: Catalogue) -> None:
    (style,) = re.findall(r'<svg [^>]*style="([^"]*)"', made(pack))
    assert style == "width:100%;min-width:682.5px;max-width:1050px"


def test_a_value_left_open_is_explained(pack: Catalogue) -> None:
    html = made(pack, "lost-library-card", "en")
    assert "Choose every value to see the answer." in html


def test_unknown_words_are_named_with_the_nearest(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BANSHI_CONTENT", str(PACK.parent))
    monkeypatch.setenv("BANSHI_VAR", str(tmp_path))
    for words, zh, en in (
        (
            ["TOPIC=lost-library-crd"],
            "没有叫“lost-library-crd”的事项。",
            'no topic lost-library-crd. Did you mean "lost',
        ),
        (["TOPIC=library-hours", "FACTS=raeder=adult"], "没有叫“raeder”的事实。", 'Did you mean "reader"?'),
        (["TOPIC=library-hours", "FACTS=reader=kid"], "没有叫“kid”的“reader”取值。", 'Did you mean "child"?'),
    ):
        assert main(["preview", *words]) == 1
        said = capsys.readouterr().err
        assert zh in said
        assert en in said


def test_the_page_asks_nobody_else_for_anything(pack: Catalogue) -> None:
    html = made(pack)
    assert "default-src 'none'" in html
    assert re.findall(r'(?:src|href|@import|url)\s*[=(]\s*["\']?http', html) == []
    assert "${" not in html.split("<script>")[0]


def test_the_tree_shows_the_order_of_the_questions(pack: Catalogue) -> None:
    questions = questions_of(pack, "lost-library-card", DAY)
    tree = tree_of(questions)
    assert (tree.fact, tree.depth, tree.leaves) == ("reader", 2, 1)
    picture = svg(tree, questions, "zh")
    assert picture.count('class="question"') == 2
    assert picture.count('class="answer"') == 1
    assert "北分馆、老城借阅点、其他分馆" in picture


def test_a_topic_without_questions_says_so(pack: Catalogue) -> None:
    html = made(pack, "library-hours", "en")
    assert "<p>Nothing is asked.</p>" in html
    assert html.count('class="answer"') == 1


def test_an_unknown_topic_is_named(pack: Catalogue) -> None:
    with pytest.raises(UnknownId, match="there is no topic lost-card"):
        made(pack, "lost-card")
