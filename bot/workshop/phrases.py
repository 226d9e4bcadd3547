"""Training phrases: every matter, ambiguity and referral can be reached by words in both languages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.catalogue import Catalogue, Problem
from bot.catalogue.problems import nearest
from bot.catalogue.records import Place
from bot.catalogue.text import LANGUAGES
from bot.catalogue.yaml_file import read_yaml
from bot.workshop.findings import at

FEWEST = 5
"""Phrases per intent and language below which a matter is hardly recognised."""
_HAN = re.compile(r"[㐀-鿿]")


@dataclass(frozen=True)
class Phrase:
    """One training phrase and where it is written."""

    intent: str
    text: str
    at: Place

    @property
    def language(self) -> str:
        """``zh`` as soon as there is a Chinese character."""
        return "zh" if _HAN.search(self.text) else "en"


def read_phrases(folder: Path, around: Path) -> tuple[list[Phrase], list[Problem]]:
    """All phrases below ``folder``; names are relative to ``around``."""
    found: list[Phrase] = []
    problems: list[Problem] = []
    for path in sorted(folder.rglob("*.yml")):
        file = read_yaml(path, path.relative_to(around).as_posix())
        problems += file.problems
        groups = file.data.get("nlu") if isinstance(file.data, dict) else None
        for position, group in enumerate(groups or ()):
            if not isinstance(group, dict) or not isinstance(group.get("examples"), str) or "intent" not in group:
                continue
            first = file.line(("nlu", position, "examples")) + 1
            for offset, line in enumerate(group["examples"].splitlines()):
                text = line.strip().removeprefix("-").strip()
                if text:
                    found.append(Phrase(str(group["intent"]), text, Place(file.name, first + offset)))
    return found, problems


def phrase_problems(catalogue: Catalogue, phrases: list[Phrase], intents: frozenset[str]) -> Iterator[Problem]:
    """Matters with too few phrases, phrases of no matter, and phrases of two. ``intents`` are those of the domain."""
    counts = Counter((phrase.intent, phrase.language) for phrase in phrases)
    needed = _needed(catalogue)
    for intent, place in needed.items():
        for language in LANGUAGES:
            if (count := counts[intent, language]) < FEWEST:
                yield _too_few(intent, language, count, place)
    yield from _unknown(phrases, {*needed, *intents})
    yield from _of_two(phrases)
    yield from _unfinished(phrases)


def _needed(catalogue: Catalogue) -> Mapping[str, Place]:
    folder = next((topic.at.file.split("/")[0] for topic in catalogue.topics.values()), "knowledge")
    return {
        **{topic.intent: topic.at for topic in catalogue.topics.values()},
        **{ambiguity.intent: Place(f"{folder}/ambiguities.yml") for ambiguity in catalogue.ambiguities.values()},
        **{intent: Place(f"{folder}/referrals.yml") for intent in catalogue.referrals},
    }


def _too_few(intent: str, language: str, count: int, place: Place) -> Problem:
    zh, en = ("中文", "Chinese") if language == "zh" else ("英文", "English")
    return at(
        place,
        f"“{intent}”只有 {count} 句{zh}问法，至少要 {FEWEST} 句；请写进 data/nlu/{intent.replace('_', '-')}.yml。",
        f'"{intent}" has {count} {en} phrasing(s) and needs at least {FEWEST}; '
        f"write them into data/nlu/{intent.replace('_', '-')}.yml.",
    )


def _unknown(phrases: list[Phrase], known: set[str]) -> Iterator[Problem]:
    for intent, phrase in {phrase.intent: phrase for phrase in reversed(phrases)}.items():
        if intent not in known:
            hint_zh, hint_en = nearest(intent, known)
            yield at(
                phrase.at,
                f"“{intent}”不是任何事项、歧义或转介的名称，这些问法没有用。{hint_zh}",
                f'"{intent}" is no topic, ambiguity or referral, so these phrasings lead nowhere.{hint_en}',
            )


def _unfinished(phrases: list[Phrase]) -> Iterator[Problem]:
    for phrase in phrases:
        if phrase.text.startswith("【"):
            yield at(
                phrase.at,
                f"“{phrase.text}”还没写完，请改成人们会说的话。",
                f'"{phrase.text}" is not written yet; put words people say in its place.',
            )


def _of_two(phrases: list[Phrase]) -> Iterator[Problem]:
    owners: dict[str, Phrase] = {}
    for phrase in phrases:
        owner = owners.setdefault(phrase.text.casefold(), phrase)
        if owner.intent != phrase.intent:
            yield at(
                phrase.at,
                f"“{phrase.text}”已经是“{owner.intent}”的问法（{owner.at.file}:{owner.at.line}），请删去一处。",
                f'"{phrase.text}" already is a phrasing of "{owner.intent}" ({owner.at.file}:{owner.at.line}); '
                "remove one of the two.",
            )
