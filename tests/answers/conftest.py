"""An assistant over the small knowledge whose search finds what the test says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from bot.answers.assistant import Assistant, Turn
from bot.answers.conversation import Conversation, Message
from bot.answers.reply import Reply, validator
from bot.catalogue import Catalogue
from bot.catalogue.records import Law
from tests.small_folder import DAY


@dataclass(frozen=True)
class FakePassage:
    id: str
    source: str = "office-page"
    topic: str | None = None
    law: str | None = None
    article: str | None = None
    page: int | None = None
    trail: str = ""
    valid_from: date | None = None

    def text(self, language: str) -> str:
        return f"{self.id} in {language}"


@dataclass(frozen=True)
class FakeScored:
    passage: FakePassage
    score: float = 0.5


@dataclass(frozen=True)
class FakeFound:
    passages: tuple[FakeScored, ...] = ()
    rejected: tuple[FakeScored, ...] = ()
    abstained: bool = False
    coming: tuple[FakeScored, ...] = ()


@dataclass
class FakeFinder:
    """Finds ``found`` whatever is asked, and remembers what was."""

    found: FakeFound = field(default_factory=lambda: FakeFound(abstained=True))
    asked: list[dict[str, Any]] = field(default_factory=list)

    def search(
        self, question: str, *, language: str, date: date, region: str | None = None, topic: str | None = None
    ) -> FakeFound:
        self.asked.append({"question": question, "language": language, "date": date, "region": region, "topic": topic})
        return self.found


@dataclass
class FakeCodes:
    """Hands out 000001, 000002, …"""

    kept: list[Conversation] = field(default_factory=list)

    def create(self, conversation: Conversation) -> str:
        self.kept.append(conversation)
        return f"{len(self.kept):06d}"


def official(law: Law, number: str) -> str | None:
    """The official words of article 1 and of no other."""
    return f"{law.title.zh}第{number}条原文" if number == "1" else None


class Talk:
    """A conversation with the assistant; every reply is checked against the contract."""

    def __init__(self, assistant: Assistant, conversation: Conversation | None = None) -> None:
        self.assistant = assistant
        self.now = conversation or Conversation()

    def __call__(self, step: Callable[..., Turn], text: str = "", intent: str = "", **parts: Any) -> list[Reply]:
        """Take one step and give its replies."""
        turn = step(self.now, Message(text, intent, **parts))
        for reply in turn.replies:
            validator().validate(reply)
            assert reply["language"] == turn.conversation.language
        self.now = turn.conversation
        return list(turn.replies)

    def tell(self, text: str = "", intent: str = "", **parts: Any) -> Reply:
        """One message about a matter that leads to one reply."""
        (reply,) = self(self.assistant.procedure, text, intent, **parts)
        return reply


@pytest.fixture
def finder() -> FakeFinder:
    return FakeFinder()


@pytest.fixture
def codes() -> FakeCodes:
    return FakeCodes()


@pytest.fixture
def assistant(small: Catalogue, finder: FakeFinder, codes: FakeCodes) -> Assistant:
    return Assistant(small, finder, official, codes, today=lambda: DAY)


@pytest.fixture
def talk(assistant: Assistant) -> Talk:
    return Talk(assistant)
