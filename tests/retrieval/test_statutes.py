"""Over the real statute package: its words are quoted to citizens, so the values are asserted, not only their types."""

from datetime import date

import pytest

from bot.errors import StatuteError
from bot.retrieval import statutes

SIL = "中华人民共和国社会保险法"
HEALTH_SECURITY = "中华人民共和国医疗保障法"
CRIMINAL = "中华人民共和国刑法"
TRADEMARK = "中华人民共和国商标法"
TODAY = date(2026, 11, 21)


def test_articles_of_a_law_in_force() -> None:
    found = statutes.articles(SIL, TODAY)
    assert [article.article for article in found] == [str(n) for n in range(1, 99)]
    assert {article.status for article in found} == {"in_force"}
    assert found[57].in_force_from == date(2011, 7, 1)
    assert found[57].version == date(2018, 12, 29)


def test_article_58_in_official_words() -> None:
    article = statutes.article(SIL, "58", TODAY)
    assert article is not None
    assert article.text.startswith("用人单位应当自用工之日起三十日内为其职工向社会保险经办机构申请办理社会保险登记。")
    assert article.chapter.startswith("第七章")


def test_numbered_insertions_are_articles_of_their_own() -> None:
    first, plain = statutes.article(CRIMINAL, "280-1", TODAY), statutes.article(CRIMINAL, "280", TODAY)
    assert first is not None
    assert plain is not None
    assert first.text != plain.text
    assert "社会保障卡" in plain.text or "社会保障卡" in first.text
    assert first.status == "amended"


def test_no_such_article_is_none() -> None:
    assert statutes.article(SIL, "200", TODAY) is None


@pytest.mark.parametrize(("day", "status"), [(date(2026, 12, 31), "not_yet_in_force"), (date(2027, 1, 1), "in_force")])
def test_a_law_passed_is_not_in_force_before_its_day(day: date, status: str) -> None:
    assert {article.status for article in statutes.articles(HEALTH_SECURITY, day)} == {status}


def test_a_version_superseded_only_next_year_still_governs() -> None:
    """The package already marks it 历史版本."""
    old, new = statutes.versions(TRADEMARK)
    assert (old.in_force_to, new.in_force_from) == (date(2026, 12, 31), date(2027, 1, 1))
    assert statutes.articles(TRADEMARK, TODAY)[0].version == date(2019, 4, 23)
    assert statutes.articles(TRADEMARK, date(2027, 1, 1))[0].version == date(2026, 6, 26)
    assert [version.status(TODAY) for version in (old, new)] == ["in_force", "not_yet_in_force"]


def test_a_repealed_law_is_found_and_marked() -> None:
    assert {article.status for article in statutes.articles("中华人民共和国环境保护法", TODAY)} == {"repealed"}


def test_an_unknown_law_is_a_sentence() -> None:
    with pytest.raises(StatuteError, match="no law called 社保法"):
        statutes.articles("社保法")


def test_the_package_has_the_laws_it_should() -> None:
    names = statutes.law_names()
    assert len(names) == 367
    assert SIL in names
