"""Conversations as people hold them: their kinds from ``mix.yml``, their words from the data."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, product
from pathlib import Path

import yaml

from bot.evaluation.nlu.examples import held_apart, phrases
from bot.evaluation.turns.kinds import CLOSERS, OPENERS

FILE = Path(__file__).with_name("mix.yml")
CHOICE = "choice"
MATTER = "matter"


@dataclass(frozen=True)
class Message:
    """One message of a person: ``text`` is also what is said where a choice is offered but there is none."""

    kind: str
    text: str


class Mix:
    """An endless stream of conversations, the same for the same seed; no topic question comes twice in same words."""

    def __init__(self, seed: int = 0) -> None:
        content = yaml.safe_load(FILE.read_text(encoding="utf-8"))
        self._kinds = [list(one["turns"]) for one in content["conversations"]]
        self._shares = [one["share"] for one in content["conversations"]]
        self._wechat = content["wechat"]
        self._chance = random.Random(seed)
        self._matters = matters(seed)
        self._phrases: dict[str, list[str]] = {}
        examples = phrases()
        for text, intent in zip(examples.texts, examples.intents, strict=True):
            self._phrases.setdefault(intent, []).append(text)

    def conversation(self) -> list[Message]:
        """The messages of one conversation."""
        turns = self._chance.choices(self._kinds, self._shares)[0]
        return [Message(kind, self._text(kind)) for kind in turns]

    def on_wechat(self) -> bool:
        """Whether the next conversation is held on WeChat."""
        return bool(self._chance.randrange(100) < self._wechat)

    def _text(self, kind: str) -> str:
        if kind in (MATTER, CHOICE):
            return next(self._matters)
        return self._chance.choice(self._phrases[kind])


def matters(seed: int) -> Iterator[str]:
    """Held-apart topic questions, each with every opening and ending before the first words come again."""
    questions = [question for question in held_apart() if question.kind == "topic"]
    random.Random(seed).shuffle(questions)
    manners = list(product(range(len(OPENERS["zh"])), range(len(CLOSERS["zh"]))))
    return (
        f"{OPENERS[question.language][opener]}{question.text}{CLOSERS[question.language][closer]}"
        for (opener, closer), question in cycle(product(manners, questions))
    )
