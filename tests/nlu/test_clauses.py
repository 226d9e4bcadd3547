"""What the parts of a message say apart."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot.nlu.clauses import INSULT, NOTHING, POSSIBLE, Heard, clauses, heard_in, may_say_more, sentences

TOPICS = ("lost_card", "pin_reset")
WORDS = {"废物": "insult", "丢": "lost_card", "lost": "lost_card", "密码": "pin_reset", "pin": "pin_reset"}


def rankings(texts: Sequence[str]) -> list[list[tuple[str, float]]]:
    """Sure of the matter whose word a text holds."""
    return [
        next(([(intent, 0.9)] for word, intent in WORDS.items() if word in text), [("inform", 0.9)]) for text in texts
    ]


def heard_when(text: str, whole: str) -> Heard:
    return heard_in(rankings(clauses(text) if whole == INSULT else sentences(text)), TOPICS, whole)


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
    assert heard_when(text, "lost_card") == heard


def test_a_question_beside_an_angry_word_is_heard() -> None:
    assert heard_when("什么垃圾东西，社保卡丢了怎么补", "insult") == Heard("lost_card", 0.9, (), True)
    assert heard_when("什么垃圾东西，气死我了", "insult") == NOTHING
    assert heard_when("你们这些废物！社保卡丢了怎么补", "lost_card") == Heard("lost_card", 0.9, (), True)
    assert heard_when("你们这些废物！气死我了", "inform") == NOTHING


def test_unsure_parts_say_nothing() -> None:
    unsure = [[(ranking[0][0], 0.5)] for ranking in rankings(sentences("卡丢了怎么补？另外密码怎么改"))]
    assert heard_in(unsure, TOPICS, "lost_card") == NOTHING


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("卡丢了怎么补？另外密码怎么改", ["卡丢了怎么补", "密码怎么改"]),
        ("卡丢了，密码也忘了", []),
        ("卡丢了怎么补？", []),
        ("", []),
    ],
)
def test_one_sentence_has_no_parts(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


@pytest.mark.parametrize(
    ("glances", "worth"),
    [
        ([[("lost_card", 0.5)], [("inform", 0.5), ("pin_reset", POSSIBLE)]], True),
        ([[("lost_card", 0.9)], [("inform", 0.9), ("pin_reset", POSSIBLE / 2)]], False),
        ([[("lost_card", 0.9)], [("inform", 0.8), ("insult", POSSIBLE)]], True),
        ([[("inform", 0.9)], [("greet", 0.9)]], False),
        ([], False),
    ],
)
def test_parts_are_read_where_two_may_name_a_matter_or_one_may_be_rude(
    glances: list[list[tuple[str, float]]], worth: bool
) -> None:
    assert may_say_more(glances, TOPICS) is worth
