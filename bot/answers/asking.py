"""Questions to the person: the next fact, or which matter is meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.answers.reply import Reply, choice, reply
from bot.answers.wording import Wording
from bot.catalogue import Catalogue
from bot.catalogue.records import ELSEWHERE, Fact
from bot.catalogue.text import Language
from bot.procedures import Decision
from bot.procedures.space import REGION

UNKNOWN = "unknown"
"""The choice "I do not know"."""


def question(
    catalogue: Catalogue, decision: Decision, language: Language, noted: Mapping[str, str] | None = None
) -> Reply:
    """Ask the decision's next fact, say why, and offer its values and "I do not know".

    ``noted`` are facts said beside an open question: they are told back first, so that nobody says them twice.

    Raises:
        ValueError: the decision needs no further fact.
    """
    if decision.next_fact is None:
        raise ValueError("nothing to ask")
    say = Wording(catalogue, language)
    fact = catalogue.fact(decision.next_fact)
    choices = [
        choice(
            fact.values[value].label.say(language) if value in fact.values else say("i_dont_know"),
            f"fact:{fact.id}={value}",
            value=value,
            topic=decision.topic.id,
        )
        for value in answers_offered(fact, decision)
    ]
    ask, why = fact.question.say(language), fact.why.say(language)
    heard = [say("noted", facts=conditions(catalogue, noted, say))] if noted else []
    lines = [*heard, f"{decision.topic.title.say(language)}{say.colon}{ask}", why, *_numbered(choices)]
    asked = {"fact": fact.id, "why": why, "topic": decision.topic.id}
    return reply(
        "question", language, "\n".join(lines), choices=choices, question=asked, knowledge_version=catalogue.version
    )


def conditions(catalogue: Catalogue, facts: Mapping[str, str], say: Wording) -> str:
    """Facts as the conditions they are: "somebody else goes as an agent, the card is issued in Dalian"."""
    values = (catalogue.fact(fact).values[value] for fact, value in facts.items())
    return say.comma.join(value.condition.say(say.language) for value in values)


def answers_offered(fact: Fact, decision: Decision) -> list[str]:
    """The values offered, and last "I do not know"."""
    return [*values_offered(fact, decision), UNKNOWN]


def values_offered(fact: Fact, decision: Decision) -> list[str]:
    """All values; of the regions only those with rules for the topic, and "elsewhere"."""
    if fact.id != REGION:
        return list(fact.values)
    return [value for value in fact.values if value in decision.differs_in or value == ELSEWHERE]


def which_topic(catalogue: Catalogue, topics: Iterable[str], language: Language, ask: str) -> Reply:
    """Offer ``topics``; ``ask`` is the question in words."""
    offered = topic_choices(catalogue, topics, language)
    text = "\n".join([ask, *_numbered(offered)])
    return reply("clarify", language, text, choices=offered, knowledge_version=catalogue.version)


def topic_choices(catalogue: Catalogue, topics: Iterable[str], language: Language) -> list[dict[str, str]]:
    """A choice per topic."""
    return [choice(catalogue.topic(topic).choice.say(language), f"topic:{topic}", topic=topic) for topic in topics]


def _numbered(choices: list[dict[str, str]]) -> list[str]:
    return [f"{number}. {entry['title']}" for number, entry in enumerate(choices, start=1)]
