"""The classifier on a small bilingual set with the real sentence encoder."""

from __future__ import annotations

import numpy as np
import pytest

from bot.nlu.features import normalise
from bot.nlu.intent_model import IntentModel

PHRASES = {
    "lost": [
        "社保卡丢了怎么办",
        "我的卡找不到了",
        "卡弄丢了要补",
        "补办丢失的社保卡",
        "I lost my card",
        "my card is missing",
    ],
    "expired": [
        "社保卡过期了",
        "卡的有效期到了",
        "到期换卡",
        "卡上的期限到了",
        "my card has expired",
        "the card is out of date",
    ],
    "weather": [
        "明天下雨吗",
        "今天天气怎么样",
        "外面冷不冷",
        "周末会不会刮风",
        "will it rain tomorrow",
        "is it cold outside",
    ],
}


@pytest.fixture(scope="module")
def model() -> IntentModel:
    texts = [text for phrases in PHRASES.values() for text in phrases]
    intents = [intent for intent, phrases in PHRASES.items() for _ in phrases]
    return IntentModel().fit(texts, intents, outside=["weather"])


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("昨天把社保卡弄丢了", "lost"),
        ("社會保障卡過期了", "expired"),
        ("后天会下雨吗", "weather"),
        ("I can't find my card", "lost"),
    ],
)
def test_new_words_get_the_right_intent(model: IntentModel, text: str, intent: str) -> None:
    assert model.ranking(text)[0][0] == intent


def test_ranking_holds_every_intent_once_and_sums_to_one(model: IntentModel) -> None:
    ranking = model.ranking("卡丢了")
    assert sorted(intent for intent, _ in ranking) == sorted(PHRASES)
    assert sum(confidence for _, confidence in ranking) == pytest.approx(1.0)
    assert [confidence for _, confidence in ranking] == sorted((c for _, c in ranking), reverse=True)


def test_training_twice_gives_the_same_model(model: IntentModel) -> None:
    texts = [text for phrases in PHRASES.values() for text in phrases]
    intents = [intent for intent, phrases in PHRASES.items() for _ in phrases]
    again = IntentModel().fit(texts, intents, outside=["weather"])
    assert again.threshold == model.threshold
    assert np.allclose(again.probabilities(["卡丢了"]), model.probabilities(["卡丢了"]), atol=1e-4)


def test_traditional_full_width_and_spaced_texts_look_alike() -> None:
    assert normalise("社會保障卡　ＣＡＲＤ ") == "社会保障卡 card"


def test_an_untrained_model_says_so() -> None:
    with pytest.raises(RuntimeError, match="fit the model first"):
        IntentModel().probabilities(["卡丢了"])
