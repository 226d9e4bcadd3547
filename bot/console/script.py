"""What an operator says aloud in about twenty seconds: the matter, what to bring, where, how long, what it costs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from bot.catalogue.text import Language
from bot.console.spoken import spoken
from bot.console.words import say

SECONDS = 20.0
_PER_SECOND = {"zh": 4.5, "en": 2.6}
"""Characters and words a second, unhurried on the telephone."""
_CLAUSE = {"zh": re.compile(r"[，。；：（,;]"), "en": re.compile(r"[.;:(,]\s|\s\(|\.$")}
_BRACKETS = re.compile(r"[（(][^）)]*[）)]")
_NO_PLACE = re.compile(r"12333|热线|hotline|网站|官网|\bapp\b|website", re.IGNORECASE)
"""Names of places nobody walks to: hotlines and websites."""
_WORD = re.compile(r"[A-Za-z'-]+")


@dataclass(frozen=True)
class Script:
    """The short version, and how long it takes to say in seconds."""

    text: str
    seconds: float


def script(procedure: dict[str, Any], language: Language) -> Script:
    """The short version of an outcome. What depends on an open fact is left to the full text."""
    kept = say("script_opening", language, title=_BRACKETS.sub("", procedure["title"]))
    for sentence in _sentences(procedure, language):
        longer = kept + (" " if language == "en" else "") + sentence
        if seconds(longer, language) <= SECONDS:
            kept = longer
    return Script(kept, round(seconds(kept, language), 1))


def seconds(text: str, language: Language) -> float:
    """How long it takes to say the text."""
    if language == "zh":
        return (sum("㐀" <= character <= "鿿" for character in text) + len(_WORD.findall(text))) / _PER_SECOND["zh"]
    return len(text.split()) / _PER_SECOND["en"]


def _sentences(procedure: dict[str, Any], language: Language) -> list[str]:
    """In order of worth: each is said only if there is time left."""
    documents = [_short(one["text"], language) for one in procedure["documents"] if "only_if" not in one]
    steps = [one for one in procedure["steps"] if "only_if" not in one]
    places = [*(one["name"] for one in procedure["places"]), *(step["place"] for step in steps if "place" in step)]
    walked_to = [_BRACKETS.sub("", name) for name in places if not _NO_PLACE.search(name)]
    found = []
    if documents:
        found.append(_bring(documents, language))
    if walked_to:
        found.append(say("script_where", language, place=_inside(spoken(walked_to[0], language), language)))
    if steps and not documents:
        found.append(_ended(spoken(_BRACKETS.sub("", steps[0]["text"]), language), language))
    for part in ("time_limit", "fee"):
        if part in procedure:
            found.append(_ended(spoken(_first_sentence(procedure[part]["text"], language), language), language))
    found.append(say("script_closing", language))
    return found


def _bring(documents: list[str], language: Language) -> str:
    """As many documents as fit half of the time; the rest is announced with its number."""
    comma = "、" if language == "zh" else ", "
    named = [_inside(spoken(document, language), language) for document in documents]
    most = len(named)
    while most > 1 and seconds(comma.join(named[:most]), language) > SECONDS / 2:
        most -= 1
    if most == len(named):
        return say("script_bring", language, documents=comma.join(named))
    rest = spoken(str(len(named) - most), language)
    return say("script_bring_more", language, documents=comma.join(named[:most]), count=rest)


def _inside(text: str, language: Language) -> str:
    """As it stands in the middle of a sentence: English names of documents and places begin small."""
    return text[:1].lower() + text[1:] if language == "en" and re.match(r"[A-Z][a-z]|A ", text) else text


def _short(text: str, language: Language) -> str:
    """A document's name without its explanation."""
    plain = _BRACKETS.sub("", text)
    return _CLAUSE[language].split(plain, maxsplit=1)[0].strip().rstrip("。.")


def _first_sentence(text: str, language: Language) -> str:
    plain = _BRACKETS.sub("", text)
    return re.split(r"(?<=。)|；" if language == "zh" else r"(?<=[.;])\s", plain, maxsplit=1)[0].rstrip("；;")


def _ended(text: str, language: Language) -> str:
    return text if text.endswith(("。", ".", "！", "？")) else text + ("。" if language == "zh" else ".")
