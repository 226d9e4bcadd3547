"""What is remembered of a conversation, and what a message brings. Plain values, no Rasa."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from bot.answers.agenda import Agenda, Left
from bot.catalogue import Catalogue
from bot.catalogue.text import Language


@dataclass(frozen=True)
class Message:
    """One message as understood: its intent, the facts said in it, or what was chosen.

    ``ranking`` holds (intent, confidence) pairs, best first. ``said`` maps facts to values. ``choice`` is
    the internal payload of a chosen button, such as ``fact:applicant=agent``. ``also`` are further topics the message
    is about, ``rude`` whether it scolds beside what it asks.
    """

    text: str
    intent: str
    confidence: float = 1.0
    ranking: tuple[tuple[str, float], ...] = ()
    said: Mapping[str, str] = field(default_factory=dict)
    aspect: str | None = None
    choice: str | None = None
    topic: str | None = None
    also: tuple[str, ...] = ()
    rude: bool = False


@dataclass(frozen=True)
class Conversation:
    """What is known so far. ``asked`` is the fact the last question was about; ``misses`` counts turns
    not understood in a row, ``aspect`` is what was asked about before the questions began, ``day`` the day asked about
    (None: today), ``agenda`` what is still to come, ``for_another`` whether the card is another person's."""

    language: Language = "zh"
    topic: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    declined: tuple[str, ...] = ()
    asked: str | None = None
    misses: int = 0
    aspect: str | None = None
    day: date | None = None
    agenda: Agenda = field(default_factory=Agenda)
    for_another: bool = False

    def about(self, topic: str, catalogue: Catalogue) -> Conversation:
        """The conversation turned to ``topic``; facts that belong to the former matter alone are forgotten.

        A matter with an open question can be come back to.
        """
        if topic == self.topic:
            return self
        agenda = replace(self.agenda, left=Left(self.topic, self.facts)) if self.topic and self.asked else self.agenda
        kept = {fact: value for fact, value in self.facts.items() if self._keeps(fact, catalogue)}
        declined = tuple(fact for fact in self.declined if self._keeps(fact, catalogue))
        return replace(self, topic=topic, facts=kept, declined=declined, asked=None, aspect=None, agenda=agenda)

    def back(self, catalogue: Catalogue) -> Conversation:
        """The conversation turned back to the matter that was left; what was learnt since stays."""
        left = self.agenda.left
        if left is None:
            return self
        turned = self.about(left.topic, catalogue)
        return replace(turned, facts={**left.facts, **turned.facts}, agenda=replace(turned.agenda, left=None))

    def _keeps(self, fact: str, catalogue: Catalogue) -> bool:
        return self.topic is None or catalogue.facts[fact].scope == "person"

    def learns(self, said: Mapping[str, str]) -> Conversation:
        """The conversation with the facts in ``said``; what is said last counts."""
        declined = tuple(fact for fact in self.declined if fact not in said)
        return replace(self, facts={**self.facts, **said}, declined=declined)

    def declines(self, fact: str) -> Conversation:
        """The conversation after "I don't know" to ``fact``."""
        facts = {known: value for known, value in self.facts.items() if known != fact}
        return replace(self, facts=facts, declined=tuple(dict.fromkeys((*self.declined, fact))))
