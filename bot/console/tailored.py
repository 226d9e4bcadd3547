"""One topic for one caller: the outcome, the facts that matter, the script, and what to be careful about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bot.answers.assistant import Assistant
from bot.answers.outcome import outcome
from bot.answers.wording import Wording
from bot.catalogue import Catalogue
from bot.catalogue.text import Language
from bot.console.script import script
from bot.console.spoken import spoken
from bot.console.words import say
from bot.procedures import Decision, decide, questions_of
from bot.procedures.changes import coming_changes
from bot.procedures.space import REGION

_SOON = timedelta(days=30)


@dataclass(frozen=True)
class Tailor:
    """Makes outcomes with the assistant's own means: same records, same words."""

    assistant: Assistant

    def outcome(self, topic: str, facts: Mapping[str, str], language: Language) -> dict[str, Any]:
        """The whole answer as the console shows it.

        Raises:
            UnknownId: there is no such topic, fact or value.
        """
        catalogue, today = self.assistant.catalogue, self.assistant.today()
        open_question = decide(catalogue, topic, facts, today)
        decision = decide(catalogue, topic, facts, today, declined=open_question.missing)
        told = outcome(
            catalogue, decision, language, self.assistant.official, today=today, announce=self.assistant.announce
        )
        short = script(told["procedure"], language)
        return {
            "reply": told,
            "facts": self._facts(open_question, facts, language),
            "ask": self._ask(open_question, language),
            "script": {"text": short.text, "seconds": short.seconds},
            "warnings": list(self._warnings(decision, language)),
        }

    def _facts(self, decision: Decision, facts: Mapping[str, str], language: Language) -> list[dict[str, Any]]:
        """Those whose answer changes something for this caller, in the editors' order."""
        topic = decision.topic
        return [
            self._fact(name, decision, facts.get(name), language)
            for name in topic.asks
            if name in decision.missing or self._matters(topic.id, name, decision.facts)
        ]

    def _matters(self, topic: str, name: str, known: Mapping[str, str]) -> bool:
        """Whether a known fact would be worth asking if it were not known."""
        others = {fact: value for fact, value in known.items() if fact != name}
        return name in known and name in questions_of(self.assistant.catalogue, topic, self.assistant.today()).relevant(
            others
        )

    def _fact(self, name: str, decision: Decision, value: str | None, language: Language) -> dict[str, Any]:
        fact = self.assistant.catalogue.fact(name)
        values = list(fact.values)
        if name == REGION:
            values = [one for one in values if one in decision.differs_in or one in ("elsewhere", value)]
        return {
            "id": name,
            "title": fact.title.say(language),
            "question": fact.question.say(language),
            "why": fact.why.say(language),
            "value": value,
            "undecided": name in decision.missing,
            "next": name == decision.next_fact,
            "values": [{"id": one, "label": fact.values[one].label.say(language)} for one in values],
        }

    def _ask(self, decision: Decision, language: Language) -> str | None:
        """The next question as it is said aloud."""
        if decision.next_fact is None:
            return None
        return spoken(self.assistant.catalogue.fact(decision.next_fact).question.say(language), language)

    def _warnings(self, decision: Decision, language: Language) -> list[str]:
        catalogue, announce = self.assistant.catalogue, self.assistant.announce
        wording = Wording(catalogue, language)
        found = [] if decision.confidence == "official" else [wording(f"confirm_{decision.confidence}")]
        found += _overdue(catalogue, decision, language)
        for change in coming_changes(catalogue, decision, announce):
            day = change.day.isoformat()
            found += [wording("change_ends", day=day, text=one.text.say(language)) for one in change.ends]
            found += [wording("change_begins", day=day, text=one.text.say(language)) for one in change.begins]
            found += [wording("law_not_yet", day=day, name=law.title.say(language)) for law in change.laws]
        if decision.coverage == "general":
            region = catalogue.regions.get(decision.region or "")
            name = region.name.say(language) if region else ""
            found.append(wording("general_rule", name=name) if name else wording("general_rule_anywhere"))
        return list(dict.fromkeys(found))


def _overdue(catalogue: Catalogue, decision: Decision, language: Language) -> list[str]:
    """Sources that should have been checked again, or must be within the month."""
    found = []
    for name in decision.sources:
        source = catalogue.sources[name]
        title, day = source.title.say(language), source.check_again_by
        if source.overdue(decision.day):
            found.append(say("warn_overdue", language, title=title, day=day.isoformat()))
        elif _expires_soon(day, decision.day):
            found.append(say("warn_soon", language, title=title, day=day.isoformat()))
    return found


def _expires_soon(check_again_by: date, day: date) -> bool:
    return check_again_by - day <= _SOON
