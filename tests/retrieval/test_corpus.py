from dataclasses import dataclass, field, replace
from datetime import date

import pytest

from bot.errors import StatuteError
from bot.retrieval import corpus
from bot.retrieval.passages import Passage, rows

SIL = "中华人民共和国社会保险法"


@dataclass(frozen=True)
class Text:
    zh: str
    en: str


@dataclass(frozen=True)
class Valid:
    start: date | None = date(2020, 1, 1)
    end: date | None = None


@dataclass(frozen=True)
class Statement:
    id: str
    section: str
    text: Text
    source: str = "seed"
    valid: Valid = Valid()
    region: str | None = None


@dataclass(frozen=True)
class Topic:
    title: Text
    statements: list[Statement]


@dataclass(frozen=True)
class Article:
    summary: Text


@dataclass(frozen=True)
class Law:
    title: Text
    articles: dict[str, Article]
    package: str | None = None
    all_articles: bool = True
    aliases: tuple[str, ...] = ()
    in_force_from: date | None = date(2023, 12, 1)
    status: str = "in_force"
    source: str = "gazette"
    short: Text | None = None


@dataclass(frozen=True)
class Catalogue:
    topics: dict[str, Topic] = field(default_factory=dict)
    laws: dict[str, Law] = field(default_factory=dict)


CATALOGUE = Catalogue(
    {
        "lost-card": Topic(
            Text("社保卡挂失", "Lost card"),
            [
                Statement("report", "steps", Text("先挂失。", "Report the loss first.")),
                Statement("fee", "fee", Text("补卡免费。", "It is free."), region="dalian", valid=Valid(end=date(2027, 1, 1))),
            ],
        )
    },
    {
        "sil": Law(Text(SIL, "Social Insurance Law"), {"58": Article(Text("登记", "Registration within thirty days"))}, package=SIL, aliases=("社保法",)),
        "regulation": Law(Text("社会保险经办条例", "Agency Regulation"), {"7": Article(Text("社保卡是凭证", "The card is the voucher"))}),
        "criminal": Law(Text("中华人民共和国刑法", "Criminal Law"), {"280-1": Article(Text("冒用", "Misuse"))}, package="中华人民共和国刑法", all_articles=False),
    },
)  # fmt: skip


def by_id() -> dict[str, Passage]:
    return {passage.id: passage for passage in corpus.passages(CATALOGUE)}


def test_a_statement_is_a_passage_with_its_heading() -> None:
    found = by_id()["lost-card/steps/report"]
    assert (found.text_zh, found.text_en, found.topic, found.region, found.kind) == ("先挂失。", "Report the loss first.", "lost-card", None, "statement")
    assert found.heading_zh == "社保卡挂失 怎么办理，流程和步骤"
    assert found.heading_en == "Lost card: how to do it, the steps"


def test_a_regional_statement_names_its_region_and_last_day() -> None:
    found = by_id()["lost-card/fee/fee@dalian"]
    assert (found.region, found.valid_from, found.valid_to) == ("dalian", date(2020, 1, 1), date(2027, 1, 1))


def test_every_article_of_a_packaged_law_in_official_words() -> None:
    found = by_id()
    assert [id for id in found if id.startswith("sil/")].__len__() == 98
    article = found["sil/58"]
    assert article.text_zh.startswith("用人单位应当自用工之日起三十日内")
    assert article.text_en == "Registration within thirty days"
    assert (article.heading_zh, article.source, article.valid_from) == (f"{SIL}第五十八条", "gazette", date(2011, 7, 1))
    assert found["sil/57"].text_en == ""


def test_only_named_articles_where_a_law_says_so() -> None:
    assert [id for id in by_id() if id.startswith("criminal/")] == ["criminal/280-1"]


def test_a_law_the_package_lacks_has_our_summaries() -> None:
    found = by_id()["regulation/7"]
    assert (found.text_zh, found.text_en, found.valid_from) == ("社保卡是凭证", "The card is the voucher", date(2023, 12, 1))
    assert found.heading_en == "Agency Regulation Article 7"


def test_a_law_not_yet_in_force_carries_its_first_day() -> None:
    law = Law(Text("中华人民共和国医疗保障法", "Healthcare Security Law"), {}, package="中华人民共和国医疗保障法")
    found = corpus.passages(Catalogue(laws={"hsl": law}))
    assert {passage.valid_from for passage in found} == {date(2027, 1, 1)}
    assert len(found) == 56


def test_a_superseded_version_carries_its_last_day_and_does_not_clash() -> None:
    law = Law(Text("中华人民共和国商标法", "Trademark Law"), {}, package="中华人民共和国商标法")
    found = {passage.id: passage for passage in corpus.passages(Catalogue(laws={"tm": law}))}
    assert found["tm/1@until-2026-12-31"].valid_to == date(2026, 12, 31)
    assert found["tm/1"].valid_from == date(2027, 1, 1)


def test_repealed_laws_have_no_passages() -> None:
    packaged = Law(Text("中华人民共和国环境保护法", "x"), {}, package="中华人民共和国环境保护法")
    own = Law(Text("旧条例", "Old"), {"1": Article(Text("甲", "a"))}, status="repealed")
    assert corpus.passages(Catalogue(laws={"a": packaged, "b": own})) == []


def test_a_title_the_package_lacks_is_a_sentence() -> None:
    with pytest.raises(StatuteError, match="full official title"):
        corpus.passages(Catalogue(laws={"x": Law(Text("x", "x"), {}, package="社保法")}))


def test_law_names_have_no_repeats() -> None:
    [criminal, regulation, sil] = corpus.Corpus.of(CATALOGUE).laws
    assert sil.names == (SIL, "社会保险法", "Social Insurance Law", "社保法")
    assert (regulation.package, criminal.package) == (None, "中华人民共和国刑法")


def test_rows_hold_both_languages_with_headings_and_a_limit() -> None:
    passages = [by_id()["lost-card/steps/report"], replace(by_id()["sil/57"], text_zh="长" * 500)]
    found = rows(passages)
    assert [(row.passage, row.language) for row in found] == [(0, "zh"), (0, "en"), (1, "zh")]
    assert found[1].text == "Lost card: how to do it, the steps Report the loss first."
    assert (len(found[2].encoded), len(found[2].text)) == (300, 518)


def test_passages_survive_the_way_through_json() -> None:
    for passage in corpus.passages(CATALOGUE):
        assert Passage.from_record(passage.as_record()) == passage
