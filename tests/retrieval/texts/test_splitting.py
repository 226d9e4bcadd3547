"""Parts: one per article, or one per heading, cut where they grow too long."""

from pathlib import Path

import pytest

from bot.retrieval.texts.blocks import Block
from bot.retrieval.texts.marks import article_of, chapter_level
from bot.retrieval.texts.readers import read
from bot.retrieval.texts.splitting import Part, language_of, parts, title_of
from tests.retrieval.texts import made


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("第五条 内容", "5"),
        ("第五条　内容", "5"),
        ("第二百八十条之一 内容", "280-1"),
        ("第12条：内容", "12"),
        ("第五条", "5"),
        ("第五条规定的材料", None),
        ("根据第五条 内容", None),
        ("Article 5 The card", "5"),
        ("Article 5. The card", "5"),
        ("Articles of association", None),
    ],
)
def test_an_article_begins_with_its_number(text: str, number: str | None) -> None:
    assert article_of(text) == number


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("第一编 总则", 1),
        ("第二章 申领", 2),
        ("第三节 挂失", 3),
        ("三、办理材料", 4),
        ("Chapter 2 Loss", 2),
        ("第二章规定的事项由县级部门办理。", 0),
        ("三、带身份证到窗口办理，当场领卡。", 0),
        ("总则", 0),
    ],
)
def test_headings_by_their_own_words(text: str, level: int) -> None:
    assert chapter_level(text) == level


def test_a_regulation_is_split_by_article(tmp_path: Path) -> None:
    path = tmp_path / "m.txt"
    path.write_text(made.MEASURES, encoding="utf-8")
    blocks = read(path).blocks
    assert title_of(blocks) == "月亮湾社会保障卡管理办法"
    assert parts(blocks, "月亮湾社会保障卡管理办法") == [
        Part("1", "第一条 为了方便群众用卡，制定本办法。", "1", "第一章 总则"),
        Part("2", "第二条　月亮湾人力资源社会保障局发行社会保障卡。\n补发的卡收工本费十五元。", "2", "第一章 总则"),
        Part("3", "第三条 丢卡的人应当按照第二条规定的网点挂失。", "3", "第二章 挂失"),
    ]


def test_a_guide_is_split_by_heading() -> None:
    blocks = [
        Block("Guide", 1),
        Block("Fees", 2),
        Block("15 yuan."),
        Block("Cash only."),
        Block("Hours", 2),
        Block("9 to 12."),
    ]
    assert parts(blocks, "Guide") == [
        Part("s1", "15 yuan.\nCash only.", None, "Fees"),
        Part("s2", "9 to 12.", None, "Hours"),
    ]


def test_a_long_section_is_cut_at_a_paragraph() -> None:
    blocks = [Block("很长的一段。" * 50, page=1), Block("第二段。" * 100, page=2), Block("第三段。", page=3)]
    found = parts(blocks, "")
    assert [(part.key, len(part.text), part.page) for part in found] == [("s1", 300, 1), ("s2", 405, 2)]


def test_an_article_is_never_cut() -> None:
    blocks = [Block("第一条 " + "甲" * 500), Block("乙" * 500), Block("第二条 丙")]
    assert [(part.key, len(part.text)) for part in parts(blocks, "")] == [("1", 1005), ("2", 5)]


def test_an_attachment_may_count_again() -> None:
    blocks = [Block("第一条 甲"), Block("第二条 乙"), Block("附件", 1), Block("第一条 丙")]
    assert [(part.key, part.article, part.heading) for part in parts(blocks, "")] == [
        ("1", "1", ""),
        ("2", "2", ""),
        ("1-again2", "1", "附件"),
    ]


def test_the_language_is_that_of_most_letters() -> None:
    assert language_of([Block("社会保障卡 card")]) == "zh"
    assert language_of([Block("The card 社保卡 is free of charge")]) == "en"
