"""Normalising, neutralising, telling languages apart."""

from __future__ import annotations

import random

import pytest

from bot.channels.text import TextError, language_of, neutralise, normalise, prepare


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("  社保卡　丢了\n怎么办\t？ ", "社保卡 丢了 怎么办 ?"),
        ("社會保障卡過期了，請問怎麼換發", "社会保障卡过期了,请问怎么换发"),
        ("ＡＢＣ１２３", "ABC123"),
        ("社\u200b保\ufeff卡\u2060丢\u00ad了", "社保卡丢了"),
        ("a\x00b\x07c", "abc"),
        ("٣٤५", "345"),
        ("1️⃣2️⃣", "12"),
        ("\ud83d卡", "卡"),
        ("e\u0301", "é"),
        ("〔2011〕47号", "〔2011〕47号"),
    ],
)
def test_normalise(typed: str, text: str) -> None:
    assert normalise(typed) == text


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("社保卡丢了", "zh"),
        ("I lost my card", "en"),
        ("I lost my 社保卡 yesterday", "en"),
        ("我想换PIN", "zh"),
        ("PIN 忘了", "zh"),
        ("123 👍", None),
        ("H12345678", None),
        ("ok", "en"),
    ],
)
def test_language(text: str, language: str | None) -> None:
    assert language_of(text) == language


def made_up(chance: random.Random) -> str:
    """Characters of every kind, those that matter here more often than others."""
    kinds = [
        "/",
        "／",
        " ",
        "\u200b",
        "\u202e",
        "\ufe0f",
        "\u3000",
        "\x00",
        "a",
        "社",
        chr(chance.randrange(0x11_0000)),
    ]
    return "".join(chance.choice(kinds) for _ in range(chance.randrange(12)))


def test_nothing_typed_is_a_payload() -> None:
    chance = random.Random(5)
    answered = 0
    for _ in range(3000):
        typed = made_up(chance)
        for disguise in (typed, "/" + typed, "／" + typed, "\u200b/" + typed, typed + "/restart"):
            try:
                text = prepare(disguise, "zh").text
            except TextError:
                continue
            answered += 1
            assert text == text.strip()
            assert text[0] not in "/／"
            assert not any(character in text for character in "\u200b\u202e\x00\n\r")
    assert answered > 9000


def test_neutralise_is_enough() -> None:
    chance = random.Random(6)
    for _ in range(3000):
        assert not neutralise(f" / {made_up(chance)}").strip().startswith("/")


def test_lengths() -> None:
    assert prepare("a" * 2000, "zh").text == "a" * 2000
    with pytest.raises(TextError, match="too_long"):
        prepare("a" * 2001, "zh")
    with pytest.raises(TextError, match="empty"):
        prepare("\u200b", "zh")


def test_placeholders_follow_the_language() -> None:
    assert prepare("我的110105199001011234", "en").text == "我的[身份证号码]"
    assert prepare("it is 110105199001011234", "zh").text == "it is [ID number]"
    assert prepare("110105199001011234", "en").text == "[ID number]"
    assert prepare("110105199001011234", "zh").masked == ("id_number",)
