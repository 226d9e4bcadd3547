"""What a message changes: the language, the topic, the facts, the aspect asked about."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from bot.answers.asking import UNKNOWN
from bot.answers.conversation import Conversation, Message
from bot.answers.language import detect
from bot.answers.typed import folded, plain, typed_value
from bot.catalogue import Catalogue

_CLAUSE_END = re.compile(r"[，。！？；,!?;\n]|\.\s")
ANOTHER = ("kin", "elder", "child")
"""The lists of ``facts.yml`` whose words say that the card may be another person's."""
_ASKS = re.compile(
    r"[?？]|吗|怎么|怎样|咋|如何|多少|多久|哪|什么|啥|能不能|可不可以|可以"
    r"|(?:^|[.,;!] ?)(?:and |but |so )?"
    r"(?:how|what|where|when|which|who|why|can|could|do|does|is|are|should|may|must)\b",
    re.IGNORECASE,
)
DONT_KNOW = "dont_know"
GO_BACK = "go_back"


def take_in(catalogue: Catalogue, conversation: Conversation, message: Message) -> Conversation:
    """The conversation after ``message`` is understood."""
    reopened = _reopened(catalogue, conversation, message)
    if reopened:
        return reopened
    if not message.choice:
        conversation = replace(conversation, language=detect(message.text, conversation.language))
        if (
            conversation.asked is None
            and not _says_who_goes(catalogue, message)
            and _names_another(catalogue, message.text)
        ):
            conversation = replace(conversation, for_another=True)
    if message.intent == GO_BACK:
        conversation = conversation.back(catalogue)
    offered = None if message.choice else _offered_topic(catalogue, conversation, message.text)
    conversation = replace(conversation, agenda=replace(conversation.agenda, offered=()))
    topic = None if _only_answers(conversation, message) else offered or _topic(catalogue, message)
    if topic:
        conversation = conversation.about(topic, catalogue)
    if message.also:
        agenda = conversation.agenda.with_matters(conversation.topic, message.also)
        conversation = replace(conversation, agenda=agenda)
    said = _said(catalogue, conversation, message)
    conversation = conversation.learns(said)
    declined = _declined(catalogue, conversation, message)
    return conversation.declines(declined) if declined and declined not in said else conversation


def said_beside(before: Conversation, after: Conversation) -> dict[str, str]:
    """The facts said beside the one asked for: while a question was open, within one matter."""
    if before.asked is None or before.topic != after.topic:
        return {}
    new = {fact: value for fact, value in after.facts.items() if before.facts.get(fact) != value}
    return {fact: value for fact, value in new.items() if fact != before.asked}


def _offered_topic(catalogue: Catalogue, conversation: Conversation, text: str) -> str | None:
    """The topic meant by words out of the title of a choice just offered: "the social security card"."""
    words = plain(text)
    for topic in conversation.agenda.offered if len(words) > 1 else ():
        title = catalogue.topic(topic).choice
        if words in plain(title.zh) or words in plain(title.en):
            return topic
    return None


def _only_answers(conversation: Conversation, message: Message) -> bool:
    """Whether one clause says the very fact asked for and asks nothing: "卡不见了" is then an answer, no new matter."""
    if message.choice or message.aspect or message.also or conversation.asked not in message.said:
        return False
    return _CLAUSE_END.search(message.text.strip().rstrip("。.!！")) is None


def asks(text: str) -> bool:
    """Whether ``text`` asks something, by its words; a mere statement does not."""
    return _ASKS.search(text) is not None


def chosen(message: Message) -> tuple[str, str, str] | None:
    """A choice's kind, name and value: ``fact:applicant=agent`` → (fact, applicant, agent); None if there is none."""
    if not message.choice or ":" not in message.choice:
        return None
    kind, _, rest = message.choice.partition(":")
    name, _, value = rest.partition("=")
    return kind, name, value


def _reopened(catalogue: Catalogue, conversation: Conversation, message: Message) -> Conversation | None:
    """A link that reopens an outcome: ``outcome:<topic>=<fact>.<value>,…`` stands for exactly these facts.

    Whatever the catalogue does not know is left out; None when the message is no such link or its topic is gone.
    """
    choice = chosen(message)
    if not choice or choice[0] != "outcome" or choice[1] not in catalogue.topics:
        return None
    pairs = [pair.split(".", 1) for pair in choice[2].split(",") if "." in pair]
    known = [(fact, value) for fact, value in pairs if fact in catalogue.facts]
    facts = {fact: value for fact, value in known if value in catalogue.facts[fact].values}
    declined = tuple(fact for fact, value in known if value == UNKNOWN)
    return Conversation(language=conversation.language, topic=choice[1], facts=facts, declined=declined)


def _topic(catalogue: Catalogue, message: Message) -> str | None:
    choice = chosen(message)
    if choice and choice[0] == "topic":
        return choice[1] if choice[1] in catalogue.topics else None
    topic = catalogue.topic_of_intent(message.intent)
    return topic.id if topic else None


def _said(catalogue: Catalogue, conversation: Conversation, message: Message) -> dict[str, str]:
    said = {fact: value for fact, value in message.said.items() if fact in catalogue.facts}
    choice = chosen(message)
    if choice and choice[0] == "fact" and choice[1] in catalogue.facts:
        if choice[2] in catalogue.facts[choice[1]].values:
            said[choice[1]] = choice[2]
    elif conversation.asked and conversation.asked not in said:
        typed = typed_value(catalogue.fact(conversation.asked), message.text, conversation.for_another)
        if typed:  # the words of a label answer the question asked and say nothing else
            return {conversation.asked: typed}
    return said


def _declined(catalogue: Catalogue, conversation: Conversation, message: Message) -> str | None:
    choice = chosen(message)
    if choice and choice[0] == "fact" and choice[2] == UNKNOWN and choice[1] in catalogue.facts:
        return choice[1]
    return conversation.asked if message.intent == DONT_KNOW else None


def _says_who_goes(catalogue: Catalogue, message: Message) -> bool:
    """Whether a fact is said that depends on whose card it is: "my mother goes" does not make it her card."""
    values = (
        value for fact in message.said if fact in catalogue.facts for value in catalogue.fact(fact).values.values()
    )
    return any(value.answers_for_another.both() for value in values)


def _names_another(catalogue: Catalogue, text: str) -> bool:
    """Whether ``text`` speaks of a person who is not the one writing: "my father's card"."""
    lists = [catalogue.words[name] for name in ANOTHER if name in catalogue.words]
    english = _spaced(text)
    return any(word in text for words in lists for word in words.zh) or any(
        word in english for words in lists for word in _all_spaced(tuple(words.en))
    )


@lru_cache(maxsize=8)
def _all_spaced(words: tuple[str, ...]) -> tuple[str, ...]:
    """Of the catalogue's lists only: what people write is kept nowhere."""
    return tuple(map(_spaced, words))


def _spaced(text: str) -> str:
    """The English words, each between blanks."""
    return " " + " ".join(re.findall(r"[a-z]+", folded(text))) + " "
