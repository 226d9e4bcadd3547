"""Which matter a question is about: learnt from questions, kept with the adapter, counted in the ranking."""

from pathlib import Path

import numpy as np
import pytest

from bot.retrieval.adapter import FLOOR, OUTSIDE, Adapter, Matters
from bot.retrieval.build import Plan, make
from bot.retrieval.corpus import Corpus
from bot.retrieval.fusion import MATTER_WEIGHT
from bot.retrieval.lessons import matters, topics
from bot.retrieval.matters import MattersOfRows
from bot.retrieval.results import Query
from bot.retrieval.search import Searcher
from bot.retrieval.settings import Settings
from bot.retrieval.training import learn_matters
from tests.retrieval.fakes import DAY, FakeEncoder, article, passage

QUESTIONS = {"lost-card": ["卡丢了怎么办", "挂失去哪里"], "sil": ["公司不给上社保", "养老保险交几年"]}


def learnt(encoder: FakeEncoder) -> Matters:
    asked = [(question, name) for name, questions in QUESTIONS.items() for question in questions]
    return learn_matters(encoder.queries([question for question, _ in asked]), [name for _, name in asked])


def test_the_matter_of_a_question_is_the_likeliest() -> None:
    encoder = FakeEncoder()
    found = learnt(encoder)
    scores = found.log_probabilities(encoder.queries(["我的卡丢了", "养老保险怎么交"]))
    assert [found.names[best] for best in scores.argmax(axis=1)] == ["lost-card", "sil"]
    np.testing.assert_allclose(np.exp(scores).sum(axis=1), 1, atol=1e-3)


def test_no_matter_is_ruled_out() -> None:
    sure = Matters(("a", "b"), np.array([[50.0, 0], [-50.0, 0]], dtype=np.float32))
    assert sure.log_probabilities(np.ones((1, 1), dtype=np.float32)).tolist() == [[0.0, FLOOR]]


def score_of(passage_id: str, searcher: Searcher, query: Query) -> float:
    ranked = searcher.rank(query)
    scores = (float(ranked.found.score[place]) for place in ranked.served)
    names = (searcher.passage(ranked, place).id for place in ranked.served)
    return dict(zip(names, scores))[passage_id]


def test_it_counts_in_the_score_and_an_unknown_matter_is_as_likely_as_any(tmp_path: Path) -> None:
    encoder = FakeEncoder()
    found = [passage("lost-card/steps/a"), article("sil", "16"), passage("new-topic/steps/c", zh="甲乙丙", en="")]
    adapter = Adapter("learnt", encoder.fingerprint, matters=learnt(encoder))
    index = make(Plan(Corpus(found, []), encoder, Adapter(), Settings(folder=tmp_path)), DAY)
    about = MattersOfRows(index, adapter).about(encoder.queries(["我的卡丢了"]))[0]
    by_row = {found[row.passage].id: float(value) for row, value in zip(index.rows, about)}
    assert by_row["lost-card/steps/a"] > by_row["new-topic/steps/c"] > by_row["sil/16"]
    assert by_row["new-topic/steps/c"] == pytest.approx(np.log(0.5))

    query = Query("我的卡丢了", "zh", DAY)
    without, with_it = Searcher(index, encoder), Searcher(index, encoder, adapter)
    gained = score_of("sil/16", with_it, query) - score_of("sil/16", without, query)
    assert gained == pytest.approx(MATTER_WEIGHT * by_row["sil/16"], abs=1e-4)


def test_how_likely_a_question_is_about_none_of_them(tmp_path: Path) -> None:
    encoder = FakeEncoder()
    index = make(Plan(Corpus([passage()], []), encoder, Adapter(), Settings(folder=tmp_path)), DAY)
    told = [*QUESTIONS["lost-card"], "天气怎么样", "讲个笑话"]
    learnt_too = learn_matters(encoder.queries(told), ["lost-card", "lost-card", OUTSIDE, OUTSIDE])
    rows = MattersOfRows(index, Adapter("learnt", encoder.fingerprint, matters=learnt_too))
    ours, none = rows.outside(encoder.queries(["卡丢了去哪里", "今天天气怎么样"]))
    assert ours < np.log(0.5) < none
    assert MattersOfRows(index, Adapter()).outside(encoder.queries(["卡丢了"])).tolist() == [0.0]


def test_it_is_kept_with_the_adapter(tmp_path: Path) -> None:
    square = np.eye(4, dtype=np.float32)
    kept = Matters(("a", "outside"), np.array([[1.0, 2, 3, 4, 5], [0, 0, 0, 0, 0]], dtype=np.float32))
    Adapter("learnt", "fake", square, square, None, kept).save(tmp_path / "a.npz")
    found = Adapter.load(tmp_path / "a.npz").matters
    assert found is not None
    assert found.names == kept.names
    np.testing.assert_array_equal(found.weights, kept.weights)


def test_lessons_name_the_topic_or_law_of_every_question(tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.yml"
    pairs.write_text(
        "lost-card/steps/a: {zh: [卡丢了], en: [Lost My card]}\nsil/16: {zh: [养老]}\ngone/1: {zh: [没有]}\n"
    )
    corpus = Corpus([passage("lost-card/steps/a"), article("sil", "16")], [])
    assert matters(corpus, pairs) == [("卡丢了", "lost-card"), ("lost my card", "lost-card"), ("养老", "sil")]


def test_training_phrases_give_their_topic_without_marks(tmp_path: Path) -> None:
    examples = {"lost_card": "- 在[大连](region)丢了卡", "other": "- 别的"}
    blocks = [f"- {{intent: {intent}, examples: '{lines}'}}" for intent, lines in examples.items()]
    (tmp_path / "lost-card.yml").write_text("\n".join(["nlu:", *blocks]), encoding="utf-8")
    assert topics(tmp_path, ["lost-card", "no-such-file"]) == [("在大连丢了卡", "lost-card")]
