"""The facts an outcome rests on, changeable in place: one choice for each other value a fact could have."""

from __future__ import annotations

from bot.answers.asking import values_offered
from bot.answers.reply import choice
from bot.catalogue import Catalogue
from bot.catalogue.text import Language
from bot.procedures import Decision
from bot.procedures.space import REGION


def changes(catalogue: Catalogue, decision: Decision, language: Language) -> list[dict[str, str]]:
    """Choices whose ``value`` is ``<fact>=<value>``, so that a client can group them by fact.

    The known facts come first, without the value they have; then, with all values, those the person could not answer.
    A title is the value's whole condition, because "Yes" alone says nothing beside an outcome; a place's is its name.
    """
    offered = []
    for name in (*decision.facts, *decision.unknown):
        fact = catalogue.fact(name)
        for value in values_offered(fact, decision):
            if value != decision.facts.get(name):
                label, condition = fact.values[value].label, fact.values[value].condition
                title = label.say(language) if name == REGION else _sentence(condition.say(language))
                said = f"{name}={value}"
                offered.append(choice(title, f"fact:{said}", value=said, topic=decision.topic.id))
    return offered


def _sentence(condition: str) -> str:
    return condition[:1].upper() + condition[1:]
