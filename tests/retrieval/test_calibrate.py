"""Which passages count as an answer."""

from bot.retrieval.calibrate import Question, accepted
from tests.retrieval.fakes import passage


def test_the_very_same_words_under_another_topic_answer_too() -> None:
    same = {"zh": "监护人的有效身份证件", "en": "the guardian's identity document"}
    passages = [
        passage("lost-card/documents/guardian-id", **same),
        passage("activation/documents/guardian-id", **same),
        passage("activation/documents/holder-id", zh="持卡人的有效身份证件", en="the holder's identity document"),
    ]
    question = Question("给孩子补卡带谁的证件", "zh", ("lost-card/documents/*",))
    assert accepted(question, passages) == {"lost-card/documents/guardian-id", "activation/documents/guardian-id"}
    assert accepted(Question("天气", "zh"), passages) == frozenset()
