"""Every kind of file is read with its headings and pages, and what cannot be read is refused with a sentence."""

from pathlib import Path

import pytest

from bot.errors import TextError
from bot.retrieval.texts.blocks import Block
from bot.retrieval.texts.readers import read
from tests.retrieval.texts import made


def test_markdown_keeps_headings_and_loses_its_marks(tmp_path: Path) -> None:
    path = tmp_path / "guide.md"
    path.write_text("# Guide\n\n## Fees\n\nIt costs **15 yuan**,\npaid at the `counter`.\n\n- bring the card\n\n")
    assert read(path).blocks == [
        Block("Guide", 1),
        Block("Fees", 2),
        Block("It costs 15 yuan, paid at the counter."),
        Block("bring the card"),
    ]


def test_plain_text_joins_broken_lines_and_sees_articles_and_chapters(tmp_path: Path) -> None:
    path = tmp_path / "measures.txt"
    path.write_text("第一章 总则\n第一条 为了方便群众\n用卡，制定本办法。\n第二条 由人社局发卡。\n", encoding="utf-8")
    assert read(path).blocks == [
        Block("第一章 总则", 2),
        Block("第一条 为了方便群众用卡，制定本办法。"),
        Block("第二条 由人社局发卡。"),
    ]


def test_gb18030_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "old.txt"
    path.write_bytes("社会保障卡".encode("gb18030"))
    assert [block.text for block in read(path).blocks] == ["社会保障卡"]


def test_html_leaves_out_what_is_not_text(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(
        "<html><head><title>x</title><style>p{}</style></head><body><nav><a>Home</a></nav><main><h1>公告</h1>"
        "<div><p>补卡收费<b>十五元</b>。</p></div><table><tr><td>周一</td><td>上午</td></tr></table></main>"
        "<script>var x</script><footer>版权</footer></body></html>",
        encoding="utf-8",
    )
    assert read(path).blocks == [Block("公告", 1), Block("补卡收费十五元。"), Block("周一 上午")]


def test_pdf_keeps_pages_and_loses_running_heads_and_page_numbers(tmp_path: Path) -> None:
    path = made.pdf(
        tmp_path / "m.pdf",
        [
            ["月亮湾公报", "第一条 为了方便群众，", "制定本办法。", "- 1 -"],
            ["月亮湾公报", "第二条 由人社局", "- 2 -"],
            ["月亮湾公报", "发卡。", "第三条 丢卡应当挂失。", "- 3 -"],
        ],
    )
    document = read(path)
    assert (document.kind, document.pages) == ("PDF", 3)
    assert document.blocks == [
        Block("第一条 为了方便群众，制定本办法。", 0, 1),
        Block("第二条 由人社局发卡。", 0, 2),
        Block("第三条 丢卡应当挂失。", 0, 3),
    ]


def test_word_keeps_headings_and_tables(tmp_path: Path) -> None:
    assert read(made.word(tmp_path / "guide.docx")).blocks == [
        Block("Moon Bay card guide", 1),
        Block("Fees", 1),
        Block("A replacement costs 15 yuan."),
        Block("Opening hours", 1),
        Block("Monday 9 to 12"),
        Block("Friday closed"),
    ]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.xlsx", b"PK", "is not Markdown, plain text, HTML, PDF or DOCX"),
        ("a.doc", b"\xd0\xcf", "Save it as DOCX first"),
        ("a.txt", b"\x00\x01\x02", "is not text in UTF-8 or GB 18030"),
        ("a.txt", b"\xff\xff\xff\xff", "is not text in UTF-8 or GB 18030"),
        ("a.txt", b" \n\n", "holds no text"),
        ("a.md", b"---", "holds no text"),
        ("a.html", b"", "is not HTML"),
        ("a.pdf", b"%PDF-1.4 broken", "is not a PDF that can be read"),
        ("a.pdf", b"", "is not a PDF that can be read"),
        ("a.docx", b"PK\x03\x04 broken", "is not a DOCX file that can be read"),
        ("a.docx", b"plain", "is not a DOCX file that can be read"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(
    tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(TextError, match=sentence):
        read(tmp_path / name)


def test_a_scanned_pdf_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TextError, match="pictures of pages and no text"):
        read(made.pdf(tmp_path / "scan.pdf", [[], []]))


def test_a_locked_pdf_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TextError, match="locked with a password"):
        read(made.pdf(tmp_path / "locked.pdf", [["第一条 一。"]], password="x1"))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TextError, match="cannot be opened"):
        read(tmp_path / "none.txt")
