"""BM25 checked against its formula, computed here a second time the slow way."""

import math
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from bot.retrieval.lexical import LexicalIndex
from bot.retrieval.words import terms

TEXTS = [
    "社保卡丢失后先挂失再补办",
    "社保卡到期换卡",
    "Report the loss of the card",
    "Two cards, one card",
    "第五十八条 用人单位",
]


def slow_bm25(question: str, text: str, k1: float = 1.2, b: float = 0.75) -> float:
    documents = [Counter(terms(t)) for t in TEXTS]
    mean = sum(d.total() for d in documents) / len(documents)
    document, score = Counter(terms(text)), 0.0
    for term in terms(question):
        having = sum(term in d for d in documents)
        idf = math.log(1 + (len(documents) - having + 0.5) / (having + 0.5))
        score += idf * document[term] / (document[term] + k1 * (1 - b + b * document.total() / mean))
    return score


@pytest.mark.parametrize("question", ["社保卡丢失怎么补办", "lost CARD", "cards", "用人单位第五十八条", "社保卡 card"])
def test_scores_equal_the_formula(question: str) -> None:
    expected = [slow_bm25(question, text) for text in TEXTS]
    np.testing.assert_allclose(LexicalIndex.build(TEXTS).scores(question), expected, rtol=1e-5)


def test_unknown_words_score_zero() -> None:
    index = LexicalIndex.build(TEXTS)
    assert not index.scores("天气").any()
    assert not index.scores("").any()
    assert index.scores("x").shape == (len(TEXTS),)


def test_saved_and_loaded_it_scores_the_same(tmp_path: Path) -> None:
    index = LexicalIndex.build(TEXTS)
    index.save(tmp_path)
    again = LexicalIndex.load(tmp_path, len(TEXTS))
    np.testing.assert_array_equal(again.scores("社保卡挂失"), index.scores("社保卡挂失"))


def test_nothing_to_index_is_refused() -> None:
    with pytest.raises(ValueError, match="no words"):
        LexicalIndex.build(["。", ""])
