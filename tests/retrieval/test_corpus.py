from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from bot.catalogue.catalogue import Catalogue
from bot.catalogue.records import Article, Law, Period, Region, Statement, Topic
from bot.catalogue.text import Text
from bot.errors import StatuteError
from bot.retrieval import corpus
from bot.retrieval.passages import Passage, rows

SIL = "中华人民共和国社会保险法"
SINCE = Period(date(2020, 1, 1))


def statement(id: str, section: str, zh: str, en: str, **changes: object) -> Statement:
    plain = Statement(id, section, Text(zh, en), "seed", SINCE, "official")  # type: ignore[arg-type]
    return replace(plain, **changes)  # type: ignore[arg-type]


def law(id: str, title: str, articles: dict[str, str], **changes: object) -> Law:
    numbered = {number: Article(number, Text(f"摘要{number}", text)) for number, text in articles.items()}
    name = Text(title, f"The {id}")
    plain = Law(id, name, name, Period(date(2023, 12, 1)), "gazette", numbered, all_articles=True)
    return replace(plain, **changes)  # type: ignore[arg-type]


def catalogue(topics: Mapping[str, Topic] | None = None, *laws: Law) -> Catalogue:
    regions = {
        "xinjiang": Region("xinjiang", Text("新疆", "Xinjiang")),
        "urumqi": Region("urumqi", Text("乌", "U"), "xinjiang"),
    }
    return Catalogue("1", topics or {}, {}, regions, {law.id: law for law in laws}, {}, {})


def by_id(found: list[Passage]) -> dict[str, Passage]:
    return {passage.id: passage for passage in found}


LOST = Topic(
    "lost-card",
    Text("社保卡挂失", "Lost card"),
    Text("挂失", "Lost"),
    (),
    (
        statement("report", "steps", "先挂失。", "Report the loss first."),
        statement("free", "fee", "免费。", "Free.", region="dalian", valid=Period(date(2020, 1, 1), date(2027, 1, 1))),
    ),
    (),
)
SIL_LAW = law("sil", SIL, {"58": "Registration within thirty days"}, package=SIL, aliases=("社保法",))


def test_a_statement_is_a_passage_with_its_heading() -> None:
    found = by_id(corpus.passages(catalogue({"lost-card": LOST})))["lost-card/steps/report"]
    assert (found.text_zh, found.text_en) == ("先挂失。", "Report the loss first.")
    assert (found.topic, found.region, found.kind, found.source) == ("lost-card", None, "statement", "seed")
    assert found.heading_zh == "社保卡挂失 怎么办理，流程和步骤"
    assert found.heading_en == "Lost card: how to do it, the steps"


def test_a_regional_statement_names_its_region_and_last_day() -> None:
    found = by_id(corpus.passages(catalogue({"lost-card": LOST})))["lost-card/fee/free@dalian"]
    assert (found.region, found.valid_from, found.valid_to) == ("dalian", date(2020, 1, 1), date(2027, 1, 1))


def test_every_article_of_a_packaged_law_in_official_words() -> None:
    found = by_id(corpus.passages(catalogue(None, SIL_LAW)))
    assert len(found) == 98
    article = found["sil/58"]
    assert article.text_zh.startswith("用人单位应当自用工之日起三十日内")
    assert article.text_en == "Registration within thirty days"
    assert (article.heading_zh, article.source, article.valid_from) == (f"{SIL}第五十八条", "gazette", date(2011, 7, 1))
    assert found["sil/57"].text_en == ""


def test_only_named_articles_where_a_law_says_so() -> None:
    criminal = law("c", "中华人民共和国刑法", {"280-1": "x"}, package="中华人民共和国刑法", all_articles=False)
    assert list(by_id(corpus.passages(catalogue(None, criminal)))) == ["c/280-1"]


def test_a_law_the_package_lacks_has_our_summaries() -> None:
    [found] = corpus.passages(catalogue(None, law("regulation", "社会保险经办条例", {"7": "The card is the voucher"})))
    assert (found.text_zh, found.text_en, found.valid_from) == ("摘要7", "The card is the voucher", date(2023, 12, 1))
    assert (found.heading_zh, found.heading_en) == ("社会保险经办条例第七条", "The regulation Article 7")


def test_a_law_not_yet_in_force_carries_its_first_day() -> None:
    found = corpus.passages(catalogue(None, law("hsl", "医疗", {}, package="中华人民共和国医疗保障法")))
    assert {passage.valid_from for passage in found} == {date(2027, 1, 1)}
    assert len(found) == 56


def test_a_superseded_version_carries_its_last_day_and_does_not_clash() -> None:
    found = by_id(corpus.passages(catalogue(None, law("tm", "商标", {}, package="中华人民共和国商标法"))))
    assert found["tm/1@until-2026-12-31"].valid_to == date(2026, 12, 31)
    assert found["tm/1"].valid_from == date(2027, 1, 1)


def test_a_repealed_law_of_the_package_has_no_passages() -> None:
    assert corpus.passages(catalogue(None, law("a", "环保", {}, package="中华人民共和国环境保护法"))) == []


def test_a_title_the_package_lacks_is_a_sentence() -> None:
    with pytest.raises(StatuteError, match="full official title"):
        corpus.passages(catalogue(None, law("x", "社保法", {}, package="社保法")))


def test_law_names_have_no_repeats_and_regions_know_what_is_around_them() -> None:
    found = corpus.Corpus.of(catalogue(None, SIL_LAW))
    assert found.laws[0].names == (SIL, "社会保险法", "The sil", "社保法")
    assert found.regions == {"urumqi": ("urumqi", "xinjiang"), "xinjiang": ("xinjiang",)}


def test_rows_hold_both_languages_with_headings_and_the_encoder_reads_a_part() -> None:
    found = by_id(corpus.passages(catalogue({"lost-card": LOST}, SIL_LAW)))
    made = rows([found["lost-card/steps/report"], replace(found["sil/57"], text_zh="长" * 500)])
    assert [(row.passage, row.language) for row in made] == [(0, "zh"), (0, "en"), (1, "zh")]
    assert made[1].text == "Lost card: how to do it, the steps Report the loss first."
    assert (len(made[2].encoded), len(made[2].text)) == (300, 518)


def test_passages_survive_the_way_through_json() -> None:
    for passage in corpus.passages(catalogue({"lost-card": LOST}, SIL_LAW)):
        assert Passage.from_record(passage.as_record()) == passage
