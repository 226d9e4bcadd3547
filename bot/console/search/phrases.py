"""How people name each topic: the training phrases of ``data/nlu`` and the topic's own titles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.catalogue import Catalogue
from bot.catalogue.records import Topic

_ENTITY = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")


@dataclass(frozen=True)
class Phrase:
    """One way of naming a topic; ``title`` tells the topic's own names from what people say."""

    topic: str
    text: str
    title: bool = False


def phrases(catalogue: Catalogue, folder: Path) -> list[Phrase]:
    """The titles of every topic, then all phrases of its intent."""
    titles = [Phrase(topic.id, text, True) for topic in catalogue.topics.values() for text in _titles(topic)]
    said = [Phrase(topic.id, text) for topic in catalogue.topics.values() for text in _said(topic, folder)]
    return titles + said


def _titles(topic: Topic) -> tuple[str, ...]:
    return tuple(dict.fromkeys((topic.title.zh, topic.title.en, topic.choice.zh, topic.choice.en)))


def _said(topic: Topic, folder: Path) -> Iterator[str]:
    path = folder / f"{topic.id}.yml"
    written = yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else {}
    for block in (written or {}).get("nlu") or ():
        if block.get("intent") == topic.intent:
            for line in block["examples"].splitlines():
                text = _ENTITY.sub(r"\1", line.strip().removeprefix("-").strip())
                if text:
                    yield text
