"""Rasa's messages → Replies, by themselves."""

from __future__ import annotations

import asyncio
from typing import Any

from bot.channels.output import Collected
from bot.channels.replies import Choice, replies_of_turn, reply_of
from bot.channels.sentences import ERRORS, KINDS, Language, masked_notice
from bot.channels.website.history import messages_of
from tests.channels.conftest import assert_valid, question, reply


def seal(choice: Choice, language: Language) -> str:
    return f"sealed {choice['token']} {language}"


def test_every_way_rasa_can_speak_is_kept() -> None:
    """The same calls Rasa's own channel tests make of an output channel."""

    async def speak() -> list[dict[str, Any]]:
        channel = Collected()
        await channel.send_response("x", {"text": "一\n\n二", "custom": None, "image": None})
        await channel.send_text_message("x", "三")
        await channel.send_custom_json("x", reply("四")["custom"])
        await channel.send_text_with_buttons("x", "五", [{"title": "a", "payload": "topic:a"}, {"title": "b"}])
        await channel.send_quick_replies("x", "六", [{"title": "c", "payload": "topic:c"}])
        await channel.send_image_url("x", "https://example.cn/7.png")
        await channel.send_attachment("x", "https://example.cn/8.pdf")
        await channel.send_elements("x", [{"title": "九", "subtitle": "nine"}, {}])
        return channel.messages

    replies = replies_of_turn(asyncio.run(speak()), {"language": "zh"}, seal)
    assert_valid(replies)
    assert [one["text"] for one in replies] == [
        "一\n\n二",
        "三",
        "四",
        "五",
        "六",
        "https://example.cn/7.png",
        "https://example.cn/8.pdf",
        "九 nine",
    ]
    tokens = [choice["token"] for one in replies for choice in one.get("choices", [])]
    assert tokens == ["sealed topic:a zh", "sealed b zh", "sealed topic:c zh"]


def test_what_says_nothing_is_left_out() -> None:
    for message in (
        {},
        {"text": ""},
        {"text": None, "custom": {"a": 1}},
        {"custom": []},
        {"buttons": [{"title": "a"}]},
    ):
        assert reply_of(message, "zh") is None


def test_sealing_does_not_touch_what_is_stored() -> None:
    message = question()
    before = [dict(choice) for choice in message["custom"]["choices"]]
    [shown] = replies_of_turn([message], {"language": "zh"}, seal)
    assert message["custom"]["choices"] == before
    assert shown["choices"][0]["token"] == "sealed fact:applicant=self zh"
    assert shown["choices"][0]["value"] == "self"


def test_history_of_events_without_our_metadata() -> None:
    """Rows another tool may have written are shown as they are."""
    events = [
        {"event": "bot", "timestamp": 1.0, "text": "先说的", "data": {}},
        {"event": "user", "timestamp": 2.0, "text": "hello there", "metadata": None},
        {"event": "bot", "timestamp": 3.5, "text": "hi", "data": {"custom": None}},
        {"event": "user", "timestamp": 4.0, "text": None, "metadata": {"display": None, "language": "en"}},
    ]
    messages = messages_of(events, seal)
    assert [(message["from"], message["text"][:5], message["at"]) for message in messages] == [
        ("user", "hello", "1970-01-01T00:00:02.000+00:00"),
        ("bot", "hi", "1970-01-01T00:00:03.500+00:00"),
        ("bot", "Sorry", "1970-01-01T00:00:04.000+00:00"),
    ]


def test_every_sentence_exists_in_both_languages() -> None:
    for sentences in (*ERRORS.values(), *KINDS.values()):
        assert set(sentences) == {"zh", "en"}
        assert all(sentences.values())
    assert masked_notice(["id_number", "mobile"], "zh").startswith(
        "为保护您的隐私，您消息中的身份证号码、手机号码已隐去"
    )
    assert "the ID number and mobile number from your message" in masked_notice(["id_number", "mobile"], "en")
