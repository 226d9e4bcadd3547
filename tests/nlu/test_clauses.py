"""What the parts of a message say apart."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot.nlu.clauses import NOTHING, Heard, heard_in

TOPICS = ("lost_card", "pin_reset")
WORDS = {"废物": "insult", "丢": "lost_card", "lost": "lost_card", "密码": "pin_reset", "pin": "pin_reset"}


def rankings(texts: Sequence[str]) -> list[list[tuple[str, float]]]:
    """Sure of the matter whose word a text holds."""
    return [
        next(([(intent, 0.9)] for word, intent in WORDS.items() if word in text), [("inform", 0.9)]) for text in texts
    ]


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("社保卡丢了怎么补？另外密码怎么改", Heard("lost_card", 0.9, ("pin_reset",))),
        ("社保卡密码忘了，还有我老婆的卡丢了", Heard("pin_reset", 0.9, ("lost_card",))),
        ("I lost my card. How do I reset the pin?", Heard("lost_card", 0.9, ("pin_reset",))),
        ("I lost my card and also my pin is locked", Heard("lost_card", 0.9, ("pin_reset",))),
        ("社保卡丢了，密码也忘了", NOTHING),
        ("社保卡丢了。丢在公交车上了", NOTHING),
        ("卡里还有多少钱，密码是什么", NOTHING),
        ("社保卡丢了", NOTHING),
        ("", NOTHING),
    ],
)
def test_two_matters_need_two_sentences_or_a_word_that_leads_on(text: str, heard: Heard) -> None:
    assert heard_in(text, rankings, TOPICS, "lost_card") == heard


def test_a_question_beside_an_angry_word_is_heard() -> None:
    assert heard_in("什么垃圾东西，社保卡丢了怎么补", rankings, TOPICS, "insult") == Heard("lost_card", 0.9, (), True)
    assert heard_in("什么垃圾东西，气死我了", rankings, TOPICS, "insult") == NOTHING
    assert heard_in("你们这些废物！社保卡丢了怎么补", rankings, TOPICS, "lost_card") == Heard(
        "lost_card", 0.9, (), True
    )
    assert heard_in("你们这些废物！气死我了", rankings, TOPICS, "inform") == NOTHING


def test_unsure_parts_say_nothing() -> None:
    def unsure(texts: Sequence[str]) -> list[list[tuple[str, float]]]:
        return [[(ranking[0][0], 0.5)] for ranking in rankings(texts)]

    assert heard_in("卡丢了怎么补？另外密码怎么改", unsure, TOPICS, "lost_card") == NOTHING
