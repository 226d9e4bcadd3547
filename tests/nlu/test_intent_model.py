import pickle

import numpy as np
import pytest

from bot.nlu.intent_model import IntentModel

TEXTS = {
    "lost_card": [
        *("社保卡丢了", "卡不见了怎么补", "社保卡被偷了要挂失", "找不到社保卡", "卡掉了", "社保卡遗失"),
        *("I lost my card", "my card was stolen", "cannot find my card", "report a lost card", "card is missing"),
    ],
    "card_expired": [
        *("社保卡过期了", "卡到期怎么换", "社保卡有效期到了", "过期的卡还能用吗", "到期换卡", "卡上日期过了"),
        *("my card expired", "the card is out of date", "renew an expired card", "validity ended", "expired card"),
    ],
    "greet": [
        *("你好", "您好", "早上好", "在吗", "哈喽", "嗨"),
        *("hello", "hi there", "good morning", "hey", "good day"),
    ],
}


@pytest.fixture(scope="module")
def model() -> IntentModel:
    pairs = [(text, intent) for intent, texts in TEXTS.items() for text in texts]
    return IntentModel().fit([text for text, _ in pairs], [intent for _, intent in pairs])


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("我把社保卡弄丢了", "lost_card"),
        ("社會保障卡遺失了", "lost_card"),
        ("somebody stole my card", "lost_card"),
        ("我的卡已经过期了怎么办", "card_expired"),
        ("my 社保卡 has expired", "card_expired"),
        ("大家早上好", "greet"),
        ("hello there", "greet"),
    ],
)
def test_other_words_for_the_same(model: IntentModel, text: str, intent: str) -> None:
    assert model.ranking(text)[0][0] == intent


def test_probabilities(model: IntentModel) -> None:
    found = model.probabilities(["社保卡丢了", "hello", ""])
    assert found.shape == (3, 3)
    assert model.labels == sorted(TEXTS)
    np.testing.assert_allclose(found.sum(axis=1), 1.0)
    assert (found > 0).all()
    assert 0.5 <= model.temperature <= 30.0


def test_the_ranking_is_all_intents_best_first(model: IntentModel) -> None:
    ranking = model.ranking("社保卡丢了")
    assert {intent for intent, _ in ranking} == set(TEXTS)
    confidences = [confidence for _, confidence in ranking]
    assert confidences == sorted(confidences, reverse=True)
    assert sum(confidences) == pytest.approx(1.0)


def test_what_is_kept_on_disk_is_the_same_model(model: IntentModel) -> None:
    again = pickle.loads(pickle.dumps(model))
    assert again.ranking("卡丢了") == model.ranking("卡丢了")


def test_learning_twice_gives_the_same(model: IntentModel) -> None:
    pairs = [(text, intent) for intent, texts in TEXTS.items() for text in texts]
    again = IntentModel().fit([text for text, _ in pairs], [intent for _, intent in pairs])
    np.testing.assert_allclose(again.probabilities(["卡丢了"]), model.probabilities(["卡丢了"]))
