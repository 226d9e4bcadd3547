"""Texts that come again are not read again."""

from __future__ import annotations

import asyncio
from typing import Any

from rasa.core.channels.channel import UserMessage

from bot.channels.understood import Understood


class Processor:
    """Says which texts it read."""

    def __init__(self, intent: str = "lost_card") -> None:
        self.intent = intent
        self.read: list[str | None] = []

    async def parse_message(self, message: UserMessage) -> dict[str, Any]:
        self.read.append(message.text)
        entities = [{"entity": "region", "value": "beijing", "start": 0, "end": 2}]
        intent = {"name": self.intent, "confidence": 0.87654321}
        return {"text": message.text, "message_id": "made up", "intent": intent, "entities": entities}


def test_a_text_is_read_once_and_answered_the_same() -> None:
    processor, understood = Processor(), Understood()
    first = asyncio.run(understood.parse(processor, "北京社保卡丢了"))
    first["entities"].append("changed by Rasa")
    first["intent"]["confidence"] = 0.0
    again = asyncio.run(understood.parse(processor, "北京社保卡丢了"))
    assert again == {
        "text": "北京社保卡丢了",
        "intent": {"name": "lost_card", "confidence": 0.87654321},
        "entities": [{"entity": "region", "value": "beijing", "start": 0, "end": 2}],
    }
    assert processor.read == ["北京社保卡丢了"]


def test_a_new_model_reads_anew() -> None:
    understood = Understood()
    asyncio.run(understood.parse(Processor("old"), "丢了"))
    assert asyncio.run(understood.parse(Processor("new"), "丢了"))["intent"]["name"] == "new"


def test_the_texts_used_longest_ago_go_first() -> None:
    processor, understood = Processor(), Understood(most=2)
    for text in ("一", "二", "一", "三", "一", "二"):
        asyncio.run(understood.parse(processor, text))
    assert processor.read == ["一", "二", "三", "二"]


def test_choices_are_never_kept() -> None:
    processor, understood = Processor(), Understood()
    for _ in range(2):
        asyncio.run(understood.parse(processor, '/choose{"choice": "fact:applicant=self"}'))
    assert len(processor.read) == 2


def test_no_text_stays_in_memory() -> None:
    understood = Understood()
    asyncio.run(understood.parse(Processor(), "住在某某路的人"))
    assert "某某路" not in repr(vars(understood)).encode().decode("unicode_escape", "ignore")
    assert "某某路" not in repr(vars(understood))
