"""Plain messages are answered by their n-grams; the sentence encoder is for the others."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse

from bot.nlu import features
from bot.nlu.first_look import OTHERWISE, FirstLook, surely
from bot.nlu.intent_model import IntentModel

OWNERS = ["", "我的", "孩子的", "老人的", "我妈的", "单位发的", "学生的", "刚办的", "爸爸的", "旧的", "他的", "深圳的"]
CARDS = [owner + card for owner in OWNERS for card in ("社保卡", "卡")]
SAID = {"lost": ["丢了怎么办", "不见了", "弄丢了要补"], "expired": ["过期了", "到期了怎么换", "有效期到了"]}


@pytest.fixture(scope="module")
def model() -> IntentModel:
    pairs = [(card + words, intent) for intent, said in SAID.items() for words in said for card in CARDS]
    return IntentModel().fit(*zip(*pairs, strict=True))


def test_sure_from_the_confidence_on_which_few_are_answered_otherwise() -> None:
    confidences = np.linspace(1.0, 0.0, 1001)
    same = confidences > 0.5
    sure = surely(confidences, same)
    taken = confidences >= sure
    assert 0.0 < (~same[taken]).mean() <= OTHERWISE
    assert (~same[confidences >= sure - 0.02]).mean() > OTHERWISE


def test_never_sure_when_the_whole_model_always_answers_otherwise_or_texts_are_few() -> None:
    assert surely(np.linspace(1.0, 0.0, 1001), np.zeros(1001, dtype=bool)) == np.inf
    assert surely(np.array([1.0, 0.9]), np.array([True, True])) == np.inf


def test_one_that_was_not_calibrated_is_never_sure() -> None:
    looking = looking_at(fragments=[False, False])
    assert not looking.is_sure(looking.probabilities(scipy.sparse.csr_matrix([[9.0, 0.0]]))).any()


def test_never_sure_of_words_that_are_parts_of_other_messages() -> None:
    truth = np.tile([0, 1], 100)
    scores = np.eye(2)[truth]
    asked = scipy.sparse.csr_matrix([[9.0, 0.0], [0.0, 9.0]])
    for fragments in ([False, False], [False, True]):
        looking = looking_at(fragments).calibrate(scores, truth, truth, np.ones(200, dtype=bool))
        assert looking.is_sure(looking.probabilities(asked)).tolist() == [True, not fragments[1]]


def looking_at(fragments: list[bool]) -> FirstLook:
    """Two n-grams, each of which stands for a class."""
    ngrams = scipy.sparse.csr_matrix(np.eye(2, dtype=np.float32))
    return FirstLook(ngrams, np.eye(2, dtype=np.float32), np.asarray(fragments))


def test_a_plain_message_is_not_encoded_and_another_is(model: IntentModel, monkeypatch: pytest.MonkeyPatch) -> None:
    encoded: list[str] = []
    encoder = features.sentence_encoder()
    encode = encoder.encode
    monkeypatch.setattr(encoder, "encode", lambda texts: (encoded.extend(texts), encode(texts))[1])
    assert model.ranking("老人的社保卡丢了怎么办")[0][0] == "lost"
    assert encoded == []
    plain, other = model.rankings(["我妈的卡过期了", "the card I had is nowhere to be found"])
    assert plain[0][0] == "expired"
    assert encoded == ["the card i had is nowhere to be found"]
    assert sum(confidence for _, confidence in other) == pytest.approx(1.0)


def test_a_glance_encodes_nothing_and_nothing_is_ranked_for_no_text(
    model: IntentModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(features, "sentence_encoder", None)
    [plain, odd] = model.glances([CARDS[2] + "丢了怎么办", "what is it that you do"])
    assert plain[0][0] == "lost"
    assert {intent for intent, _ in odd} == set(SAID)
    assert model.rankings([]) == []
