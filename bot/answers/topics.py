"""Which matter a message is about when its intent is not a matter itself."""

from __future__ import annotations

from bot.answers.conversation import Conversation, Message
from bot.answers.understanding import chosen
from bot.catalogue import Catalogue

LIKELY = 0.15
"""Two topics with at least this confidence each are worth asking about."""
NOT_UNLIKELY = 0.05
"""A topic with at least this confidence is offered before the others."""
NOT_UNDERSTOOD = "nlu_fallback"
FOLLOWING = ("ask_aspect", "inform")
"""The intents of words that follow on from the matter in hand."""
CLEARLY = 3.0
"""How many times likelier than the next topic the best one must be to be taken without asking."""
MOST_LIKELY = 3
"""Topics worth naming."""


def likely_topics(catalogue: Catalogue, message: Message, confidence: float) -> tuple[str, ...]:
    """The topics with at least ``confidence``, best first."""
    return tuple(topic for topic, one in _ranked(catalogue, message) if one >= confidence)[:MOST_LIKELY]


def suspected(catalogue: Catalogue, conversation: Conversation, message: Message) -> Conversation:
    """The conversation about the topic a first message hints at while it asks or tells something else.

    "My wife lost her card, may I go for her" is read as a question who may go; the lost card is in it all the same.
    The question that follows begins with the matter's name, so that a wrong guess is seen at once.
    """
    if conversation.topic or chosen(message) or catalogue.topic_of_intent(message.intent):
        return conversation
    if message.intent.replace("_", "-") in catalogue.ambiguities:
        return conversation
    (topic, best), (_, second), *_ = (*_ranked(catalogue, message), ("", 0.0), ("", 0.0))
    clear = best >= LIKELY and best >= CLEARLY * second
    return conversation.about(topic, catalogue) if clear else conversation


def follows(catalogue: Catalogue, conversation: Conversation, message: Message) -> bool:
    """Whether words not believed to be anything ask about the matter in hand: an aspect, or another fact."""
    if conversation.topic is None or message.intent != NOT_UNDERSTOOD:
        return False
    best = next((intent for intent, _ in message.ranking if intent != NOT_UNDERSTOOD), "")
    if best not in FOLLOWING and catalogue.topic_of_intent(best) is None:
        return False
    return bool(message.aspect or (message.said and conversation.asked is None))


def _ranked(catalogue: Catalogue, message: Message) -> list[tuple[str, float]]:
    topics = ((catalogue.topic_of_intent(intent), confidence) for intent, confidence in message.ranking)
    return [(topic.id, confidence) for topic, confidence in topics if topic]
