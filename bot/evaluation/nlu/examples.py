"""Texts with their intents: our training phrases, the held-apart questions, the public sets."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.catalogue.text import Language
from bot.settings import ROOT, nlu_folder

QUESTIONS = ROOT / "tests" / "nlu" / "questions"


@dataclass(frozen=True)
class Examples:
    """``intents[i]`` is the right intent of ``texts[i]``."""

    texts: list[str]
    intents: list[str]

    def __add__(self, other: Examples) -> Examples:
        return Examples(self.texts + other.texts, self.intents + other.intents)


@dataclass(frozen=True)
class Question:
    """A held-apart question: ``kind`` is ``topic`` or why it must be rejected; ``intent`` is empty for those."""

    text: str
    language: Language
    kind: str
    intent: str = ""


def phrases() -> Examples:
    """Our training phrases."""
    found = Examples([], [])
    for path in sorted(nlu_folder().rglob("*.yml")):
        for block in _read(path)["nlu"]:
            for line in block["examples"].splitlines():
                if line.strip().startswith("- "):
                    found.texts.append(line.strip()[2:].strip())
                    found.intents.append(block["intent"])
    return found


def sample(examples: Examples, most: int) -> Examples:
    """At most ``most`` examples an intent, drawn the same way every time."""
    by_intent: dict[str, list[str]] = defaultdict(list)
    for text, intent in zip(examples.texts, examples.intents, strict=True):
        by_intent[intent].append(text)
    draw = random.Random(0)
    kept = [
        (text, intent)
        for intent, texts in sorted(by_intent.items())
        for text in (texts if len(texts) <= most else draw.sample(texts, most))
    ]
    return Examples([text for text, _ in kept], [intent for _, intent in kept])


def held_apart() -> list[Question]:
    """The held-apart questions about topics, and those to be rejected."""
    return [*_topics(), *_rejected()]


def cases(name: str) -> list[dict[str, Any]]:
    """The cases of a held-apart file such as ``facts``."""
    return list(_read(QUESTIONS / f"{name}.yml")["cases"])


def lines(path: Path) -> Examples:
    """A public set: one JSON object a line with ``text`` and ``intent``."""
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return Examples([record["text"] for record in records], [record["intent"] for record in records])


def _topics() -> Iterator[Question]:
    for path in sorted(QUESTIONS.glob("*.yml")):
        data = _read(path)
        if "topic" in data:
            intent = data["topic"].replace("-", "_")
            yield from (Question(text, "zh", "topic", intent) for text in data["zh"])
            yield from (Question(text, "en", "topic", intent) for text in data["en"])


def _rejected() -> Iterator[Question]:
    for case in cases("rejected"):
        yield Question(case["text"], case["language"], case["kind"])


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))
