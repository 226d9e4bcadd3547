"""One real reply of every status in both languages, always for the same day, from the assistant over the knowledge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from bot.answers import asking, fixed, found
from bot.answers.conversation import Conversation
from bot.answers.official import official_text
from bot.answers.outcome import outcome
from bot.answers.reply import Reply, reply
from bot.answers.wording import Wording
from bot.catalogue import Catalogue, load
from bot.catalogue.text import Language
from bot.procedures import decide
from bot.settings import knowledge_folder

DAY = date(2026, 11, 22)
TOPIC = "card-expired"
REGION = "dalian"
PERSON = {"region": REGION, "applicant": "agent", "holder": "adult", "second_generation_id": "yes"}
CODE = "402917"
QUESTIONS: dict[Language, dict[str, str]] = {
    "zh": {
        "question": "社保卡过期了，在大连",
        "procedure": "社保卡过期了，在大连，我妈替我去办",
        "general": "社保卡过期了，我自己去要带什么",
        "clarify": "我的卡到期了",
        "passages": "到期的社保卡还能用吗",
        "abstain": "护照丢了怎么办",
        "handover": "我想找人工",
        "smalltalk": "谢谢",
        "notice": "请用中文回答",
    },
    "en": {
        "question": "My card has expired, I live in Dalian",
        "procedure": "My card expired in Dalian and my mother will go for me",
        "general": "My card expired, what do I bring?",
        "clarify": "My card has expired",
        "passages": "Does an expired card still work?",
        "abstain": "I lost my passport",
        "handover": "I want to talk to a person",
        "smalltalk": "Thank you",
        "notice": "Please answer in English",
    },
}
"""What a person might have typed to get each reply, for the pictures."""


@dataclass(frozen=True)
class _Passage:
    id: str
    topic: str | None
    law: str | None
    article: str | None
    source: str
    words: Mapping[str, str]
    page: int | None = None
    trail: str = ""

    def text(self, language: str) -> str:
        return self.words[language]


@dataclass(frozen=True)
class _Scored:
    passage: _Passage
    score: float


@dataclass(frozen=True)
class _Found:
    passages: tuple[_Scored, ...]
    rejected: tuple[_Scored, ...] = ()
    abstained: bool = False


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """The records of the knowledge folder."""
    return load(knowledge_folder())


@lru_cache(maxsize=2)
def replies(language: Language) -> dict[str, Reply]:
    """A reply under each name: greeting, question, procedure, general, clarify, passages, abstain, handover, …"""
    records, say = catalogue(), Wording(catalogue(), language)
    near = list(records.topics)[:3]
    return {
        "greeting": fixed.opening(records, language),
        "question": asking.question(records, decide(records, TOPIC, {"region": REGION}, DAY), language),
        "procedure": procedure(PERSON, language),
        "general": procedure({"applicant": "self"}, language, declined=("region", "holder"), aspect="documents"),
        "clarify": asking.which_topic(records, (TOPIC, "id-card-renewed"), language, say("clarify")),
        "passages": found.passages(records, _passages(records), language, DAY),
        "abstain": found.abstain(records, language, near),
        "handover": fixed.hand_over(records, Conversation(language=language, topic=TOPIC), CODE),
        "smalltalk": reply("smalltalk", language, say("thanks")),
        "notice": fixed.language_changed(records, language),
    }


def procedure(
    facts: Mapping[str, str], language: Language, declined: tuple[str, ...] = (), aspect: str | None = None
) -> Reply:
    """The outcome of the topic for a person with ``facts``."""
    decision = decide(catalogue(), TOPIC, facts, DAY, declined=declined)
    return outcome(catalogue(), decision, language, official_text, aspect)


def _passages(records: Catalogue) -> Any:
    statements = [statement for statement in records.topics[TOPIC].statements if statement.section == "steps"][:2]
    return _Found(
        tuple(
            _Scored(
                _Passage(
                    f"{TOPIC}/{statement.key}",
                    TOPIC,
                    None,
                    None,
                    statement.source,
                    {"zh": statement.text.zh, "en": statement.text.en},
                ),
                0.9,
            )
            for statement in statements
        )
    )
