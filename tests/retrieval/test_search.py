from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from bot.retrieval.abstention import Calibration
from bot.retrieval.adapter import Adapter
from bot.retrieval.build import Plan, make
from bot.retrieval.corpus import Corpus, LawName
from bot.retrieval.passages import Passage
from bot.retrieval.search import Searcher
from bot.retrieval.settings import Settings
from tests.retrieval.fakes import DAY, FakeEncoder, article, passage

SIL = "中华人民共和国社会保险法"
LAWS = [
    LawName("sil", (SIL, "社会保险法", "SIL"), SIL, "gazette"),
    LawName("hsl", ("医疗保障法",), "中华人民共和国医疗保障法", "gazette"),
]
# The fake encoder's cosines are about 0 where nothing is shared.
CALIBRATION = Calibration({"cosine": 10.0}, bias=-1.5, threshold=0.5)
REGIONS = {"dalian": ("dalian",), "xinjiang": ("xinjiang",), "urumqi": ("urumqi", "xinjiang")}
PASSAGES = [
    passage("lost-card/steps/report", "社保卡丢失后应当先办理挂失", "Report the loss of the card first"),
    passage("lost-card/fee/free@dalian", "大连补办社保卡收费二十元", "Replacement costs twenty yuan", region="dalian"),
    passage("lost-card/fee/free@xinjiang", "新疆补办社保卡不收费", "Replacing the card is free", region="xinjiang"),
    passage("activation/steps/bank", "到银行网点激活金融账户", "Open the account at the bank"),
    passage("activation/steps/old", "到银行柜台激活旧账户", "Open the old account", valid_to=date(2025, 1, 1)),
    article("sil", "57", "用人单位应当自成立之日起三十日内申请登记"),
    article("sil", "58", "用人单位应当自用工之日起三十日内为职工申请登记"),
    article("hsl", "35", "就医时应当出示医疗保障凭证", valid_from=date(2027, 1, 1)),
]  # fmt: skip


def searcher(tmp_path: Path, passages: list[Passage] = PASSAGES) -> Searcher:
    corpus = Corpus(sorted(passages, key=lambda p: p.id), LAWS, REGIONS)
    encoder = FakeEncoder(dimension=512)
    index = make(Plan(corpus, encoder, Adapter(), Settings(tmp_path)), DAY)
    return Searcher(replace(index, calibration=CALIBRATION), encoder)


def found(searching: Searcher, question: str, language: str = "zh", day: date = DAY, **filters: object) -> list[str]:
    result = searching.search(question, language=language, date=day, **filters)  # type: ignore[arg-type]
    return [scored.passage.id for scored in result.passages]


def rejected(searching: Searcher, question: str, **filters: object) -> dict[str, str]:
    result = searching.search(question, language="zh", date=DAY, **filters)  # type: ignore[arg-type]
    return {scored.passage.id: scored.reason for scored in result.rejected}


def test_the_passage_that_answers_comes_first_with_the_words_it_shares(tmp_path: Path) -> None:
    result = searcher(tmp_path).search("社保卡丢失怎么挂失", language="zh", date=DAY)
    best = result.passages[0]
    assert best.passage.id == "lost-card/steps/report"
    assert best.matched_words == ("社保卡丢失", "挂失")
    assert best.why == "meaning_and_words"
    assert (result.abstained, result.reason) == (False, None)
    assert best.score > result.passages[1].score


def test_both_languages_find_the_same_passage(tmp_path: Path) -> None:
    searching = searcher(tmp_path)
    assert found(searching, "report loss of card", "en")[0] == "lost-card/steps/report"
    assert found(searching, "report loss of card", "zh")[0] == "lost-card/steps/report"


def test_at_most_limit_and_no_passage_twice(tmp_path: Path) -> None:
    ids = found(searcher(tmp_path), "社保卡 report loss card 登记 银行", limit=2)
    assert len(ids) == len(set(ids)) == 2


@pytest.mark.parametrize(
    ("region", "expected"),
    [
        (None, set()),
        ("dalian", {"lost-card/fee/free@dalian"}),
        ("urumqi", {"lost-card/fee/free@xinjiang"}),
        ("nowhere", set()),
    ],
)
def test_a_regions_rule_is_served_there_and_inside_it_only(
    tmp_path: Path, region: str | None, expected: set[str]
) -> None:
    ids = found(searcher(tmp_path), "补办社保卡收费多少", region=region, limit=8)
    assert {id for id in ids if "@" in id} == expected


def test_what_another_region_has_is_rejected_with_the_reason(tmp_path: Path) -> None:
    assert rejected(searcher(tmp_path), "补办社保卡收费")["lost-card/fee/free@dalian"] == "other_region"


def test_text_that_ended_is_not_served(tmp_path: Path) -> None:
    searching = searcher(tmp_path)
    assert "activation/steps/old" not in found(searching, "到银行柜台激活旧账户", limit=8)
    assert rejected(searching, "到银行柜台激活旧账户")["activation/steps/old"] == "no_longer_in_force"
    assert found(searching, "到银行柜台激活旧账户", day=date(2024, 6, 1))[0] == "activation/steps/old"


def test_law_not_yet_in_force_is_announced_not_served(tmp_path: Path) -> None:
    searching = searcher(tmp_path)
    question = "就医时出示什么凭证"
    assert "hsl/35" not in found(searching, question, limit=8)
    assert rejected(searching, question)["hsl/35"] == "not_yet_in_force"
    assert found(searching, question, day=date(2027, 1, 1))[0] == "hsl/35"


def coming(searching: Searcher, question: str, day: date = DAY) -> list[str]:
    result = searching.search(question, language="zh", date=day)
    return [scored.passage.id for scored in result.coming]


def test_what_would_be_served_were_it_in_force_is_told_apart(tmp_path: Path) -> None:
    searching = searcher(tmp_path)
    alone = searching.search("就医时出示什么凭证", language="zh", date=DAY)
    assert (alone.abstained, [scored.passage.id for scored in alone.coming]) == (True, ["hsl/35"])
    assert alone.coming[0].reason == "not_yet_in_force"
    assert "凭证" in alone.coming[0].matched_words
    assert coming(searching, "医疗保障法第三十五条") == ["hsl/35"]
    assert coming(searching, "就医时出示什么凭证", date(2027, 1, 1)) == []
    assert coming(searching, "明天天气怎么样") == []


def test_a_coming_text_worse_than_all_that_is_served_is_left_out(tmp_path: Path) -> None:
    close = article("hsl", "36", "社保卡丢失后应当先办理挂失手续", valid_from=date(2027, 1, 1))
    searching, question = searcher(tmp_path, [*PASSAGES, close]), "社保卡丢失怎么挂失"
    three, one = (searching.search(question, language="zh", date=DAY, limit=limit) for limit in (3, 1))
    assert three.passages[0].passage.id == one.passages[0].passage.id == "lost-card/steps/report"
    assert three.coming[0].passage.id == "hsl/36"
    assert one.coming == ()


def test_topic_and_law_leave_out_the_others(tmp_path: Path) -> None:
    searching = searcher(tmp_path)
    assert {id.split("/")[0] for id in found(searching, "社保卡 银行", topic="activation", limit=8)} == {"activation"}
    assert {id.split("/")[0] for id in found(searching, "三十日内登记 社保卡", law="sil", limit=8)} == {"sil"}
    assert "other_topic" in rejected(searching, "社保卡丢失 银行", topic="activation").values()
    both = found(searching, "三十日内登记 银行", topic="activation", law="sil", limit=8)
    assert {id.split("/")[0] for id in both} == {"activation", "sil"}


def test_a_named_article_is_looked_up(tmp_path: Path) -> None:
    result = searcher(tmp_path).search("社会保险法第五十八条说什么", language="zh", date=DAY)
    [only] = result.passages
    assert (only.passage.id, only.score, only.why, result.confidence) == ("sil/58", 1.0, "article_named", 1.0)


def test_a_named_article_outside_the_corpus_comes_from_the_statute_package(tmp_path: Path) -> None:
    [only] = searcher(tmp_path).search("SIL art. 2", language="en", date=DAY).passages
    assert only.passage.id == "sil/2"
    assert only.passage.text_zh.startswith("国家建立基本养老保险")


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("社会保险法第二百条", "no_such_article"),
        ("医疗保障法第三十五条", "not_yet_in_force"),
        ("医疗保障法第一条", "not_yet_in_force"),
    ],
)
def test_a_named_article_that_is_not_law_is_never_served(tmp_path: Path, question: str, reason: str) -> None:
    result = searcher(tmp_path).search(question, language="zh", date=DAY)
    assert (result.passages, result.abstained, result.reason) == ((), True, reason)


@pytest.mark.parametrize("question", ["", "  ", "？！", "😀😀"])
def test_nothing_said_is_an_abstention(tmp_path: Path, question: str) -> None:
    result = searcher(tmp_path).search(question, language="zh", date=DAY)
    assert (result.passages, result.reason) == ((), "no_words")


def test_a_question_nothing_answers_is_an_abstention_that_shows_what_came_up(tmp_path: Path) -> None:
    result = searcher(tmp_path).search("明天天气怎么样", language="zh", date=DAY)
    assert (result.passages, result.abstained, result.reason) == ((), True, "nothing_close")
    assert {scored.reason for scored in result.rejected} >= {"not_sure_enough"}


def test_a_repeated_question_is_not_encoded_again(tmp_path: Path) -> None:
    searching = searcher(tmp_path)
    first = searching.search("社保卡丢失", language="zh", date=DAY)
    assert searching.search(" 社保卡丢失 ", language="zh", date=DAY) is first
    assert searching.search("社保卡丢失", language="zh", date=date(2026, 11, 22)) is not first


def test_an_adapter_moves_questions_and_keeps_their_length() -> None:
    matrix = np.array([[0, 2], [1, 0]], dtype=np.float32)
    moved = Adapter("swap", question=matrix).questions(np.array([[1, 0], [0, 1]], dtype=np.float32))
    np.testing.assert_allclose(moved, [[0, 1], [1, 0]])
    same = np.eye(2, dtype=np.float32)
    assert Adapter().passages(same) is same
