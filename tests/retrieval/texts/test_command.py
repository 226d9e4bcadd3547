"""The command: what it understood is shown before anything is written; the text is then found and quoted."""

from datetime import date
from pathlib import Path

import pytest

from bot.catalogue import load
from bot.errors import TextError
from bot.retrieval.adapter import Adapter
from bot.retrieval.build import Plan, make
from bot.retrieval.corpus import Corpus
from bot.retrieval.search import Searcher
from bot.retrieval.settings import Settings
from bot.retrieval.texts.command import Request, main, run
from bot.retrieval.texts.files import read_all
from bot.workshop.check import check
from tests.retrieval.fakes import FakeEncoder
from tests.retrieval.texts import made
from tests.small_folder import small_folder

TODAY = date(2026, 11, 21)


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    return small_folder(tmp_path).path


@pytest.fixture
def measures(tmp_path: Path) -> Path:
    path = tmp_path / "moon-bay.txt"
    path.write_text(made.MEASURES, encoding="utf-8")
    return path


def never(_: str) -> str:
    raise AssertionError("nothing was to be asked")


def request(*words: str) -> Request:
    return Request.of(words, TODAY)


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_it_shows_what_it_understood_and_asks(
    knowledge: Path, measures: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, asked = files(knowledge), []

    def no(question: str) -> str:
        asked.append((question, capsys.readouterr().out))
        return "no"

    assert not run(request(f"FILE={measures}", "FROM=2026-01-01"), knowledge, no)
    assert files(knowledge) == before
    [(question, shown)] = asked
    assert question == "Write it? yes / no: "
    assert shown.splitlines()[:6] == [
        "moon-bay.txt: plain text, Chinese",
        "  title   月亮湾社会保障卡管理办法",
        "  id      moon-bay",
        "  place   everywhere",
        "  holds   from 2026-01-01",
        "  parts   3 articles, 0 other parts",
    ]
    assert "    3 [第二章 挂失]  第三条 丢卡的人应当按照第二条规定的网点挂失。" in shown
    assert capsys.readouterr().out == "Nothing was written.\n"


def test_yes_writes_a_text_and_its_source(knowledge: Path, measures: Path) -> None:
    words = (f"FILE={measures}", "FROM=2026-01-01", "ISSUER=月亮湾人社局", "NUMBER=月人社〔2026〕1号", "TO=")
    assert run(request(*words), knowledge, lambda _: "是")
    source = load(knowledge).sources["moon-bay"]
    assert (source.title.zh, source.number, source.checked_on) == (
        "月亮湾社会保障卡管理办法",
        "月人社〔2026〕1号",
        TODAY,
    )
    assert source.issuer is not None
    assert (source.issuer.zh, source.confidence) == ("月亮湾人社局", "official")
    assert source.title.en == "Official text moon-bay (in Chinese)"
    [text] = read_all(knowledge)
    assert [(passage.id, passage.valid_from, passage.source) for passage in text.passages()] == [
        (f"moon-bay/{number}", date(2026, 1, 1), "moon-bay") for number in (1, 2, 3)
    ]


def test_it_is_then_searched_quoted_and_looked_up_by_article(knowledge: Path, measures: Path, tmp_path: Path) -> None:
    words = (f"FILE={measures}", "ID=moon-measures", "FROM=2026-01-01", "TO=2027-12-31", "--yes")
    assert run(request(*words), knowledge, never)
    corpus = Corpus.of(load(knowledge), read_all(knowledge))
    plan = Plan(corpus, FakeEncoder(), Adapter(), Settings(folder=tmp_path / "index"))
    searcher = Searcher(make(plan, TODAY), FakeEncoder())

    found = searcher.search("补发的卡收工本费多少元", language="zh", date=TODAY)
    assert found.passages[0].passage.id == "moon-measures/2"
    assert found.passages[0].passage.text("zh").endswith("补发的卡收工本费十五元。")
    assert found.passages[0].passage.source == "moon-measures"
    named = searcher.search("月亮湾社会保障卡管理办法第3条", language="zh", date=TODAY)
    assert [(scored.passage.id, scored.why) for scored in named.passages] == [("moon-measures/3", "article_named")]
    later = searcher.search("月亮湾社会保障卡管理办法第3条", language="zh", date=date(2028, 1, 1))
    assert (later.passages, later.reason) == ((), "no_longer_in_force")


def test_pages_and_headings_are_kept(knowledge: Path, tmp_path: Path) -> None:
    path = made.pdf(tmp_path / "moon.pdf", [["第一条 一。"], ["第二章 挂失", "第二条 二。"]])
    assert run(request(f"FILE={path}", "TITLE=月亮湾办法", "--yes"), knowledge, never)
    [text] = read_all(knowledge)
    assert [(passage.page, passage.heading_zh) for passage in text.passages()] == [
        (1, "月亮湾办法"),
        (2, "月亮湾办法 第二章 挂失"),
    ]
    assert [passage.trail for passage in text.passages()] == ["", "第二章 挂失"]


def test_missing_and_repeated_numbers_are_pointed_out(
    knowledge: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "gaps.txt"
    path.write_text("第一条 甲。\n第四条 乙。\n第四条 丙。\n", encoding="utf-8")
    run(request(f"FILE={path}", "TITLE=甲"), knowledge, lambda _: "no")
    shown = capsys.readouterr().out
    assert "these articles were not found: 第二条, 第三条" in shown
    assert "numbers that come twice: 4-again2" in shown


def test_importing_again_replaces(knowledge: Path, measures: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for title in ("甲", "乙"):
        assert run(request(f"FILE={measures}", f"TITLE={title}", "--yes"), knowledge, never)
    assert [text.title for text in read_all(knowledge)] == ["乙"]
    assert capsys.readouterr().out.count("replaces the text of that id") == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("FILE=",), "Name the file"),
        (("COLOUR=red",), "'COLOUR=red' is not understood"),
        (("FILE={file}", "FROM=soon"), "FROM is 'soon'; write a day"),
        (("FILE={file}", "FROM=2026-02-01", "TO=2026-01-01"), "before it starts"),
        (("FILE={file}", "ID=Moon Bay"), "small letters, digits and hyphens"),
        (("FILE={file}", "REGION=atlantis"), "There is no region atlantis"),
        (("FILE={file}", "CONFIDENCE=sure"), "CONFIDENCE is 'sure'"),
    ],
)
def test_wrong_words_are_refused(knowledge: Path, measures: Path, words: tuple[str, ...], sentence: str) -> None:
    before = files(knowledge)
    with pytest.raises(TextError, match=sentence):
        run(Request.of([*(word.format(file=measures) for word in words), "--yes"], TODAY), knowledge, never)
    assert files(knowledge) == before


def test_a_name_in_use_is_refused(knowledge: Path, measures: Path) -> None:
    taken = next((knowledge / "sources").glob("*.yml")).stem
    with pytest.raises(TextError, match=f"The name {taken} is taken in"):
        run(request(f"FILE={measures}", f"ID={taken}", "--yes"), knowledge, never)


def test_nothing_stays_when_the_knowledge_could_not_be_served(knowledge: Path, measures: Path) -> None:
    before = files(knowledge)
    with pytest.raises(TextError, match="Nothing was written"):
        run(request(f"FILE={measures}", "URL=not an address", "--yes"), knowledge, never)
    assert files(knowledge) == before


def test_the_command_says_why_in_one_sentence(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main([f"FILE={tmp_path / 'none.txt'}"], never) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_the_editors_check_has_nothing_to_say_about_it(knowledge: Path, measures: Path) -> None:
    before = check(knowledge, knowledge, TODAY)
    words = (f"FILE={measures}", "TITLE_OTHER=Card measures of Moon Bay", "ISSUER=月亮湾人社局", "--yes")
    assert run(request(*words), knowledge, never)
    after = check(knowledge, knowledge, TODAY)
    assert (after.problems, after.warnings) == (before.problems, before.warnings)
    assert load(knowledge).sources["moon-bay"].title.en == "Card measures of Moon Bay"


def test_a_broken_text_is_named(knowledge: Path) -> None:
    (knowledge / "texts").mkdir()
    (knowledge / "texts" / "x.yml").write_text("parts: 3")
    with pytest.raises(TextError, match=r"x\.yml is not an imported text any more"):
        read_all(knowledge)
