"""Replies that are one fixed sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.answers.asking import topic_choices
from bot.answers.conversation import Conversation, Message
from bot.answers.language import detect
from bot.answers.reply import Reply, reply
from bot.answers.wording import Wording
from bot.catalogue import Catalogue
from bot.catalogue.records import Topic
from bot.catalogue.text import Language

SENTENCES = {
    "greet": "hello",
    "thank": "thanks",
    "goodbye": "goodbye",
    "who_are_you": "who_are_you",
    "insult": "calm",
}
"""Intent of small talk → sentence of ``wording.yml``."""

MOST_OFFERED = 6
"""Matters offered at the beginning."""

Answer = tuple[Conversation, tuple[Reply, ...]]


def small_talk(catalogue: Catalogue, conversation: Conversation, message: Message) -> Answer:
    """A greeting, thanks and the like, in the language of the message."""
    conversation = replace(conversation, language=detect(message.text, conversation.language))
    sentence = SENTENCES.get(message.intent, "hello")
    return conversation, (_say(catalogue, conversation.language, "smalltalk", sentence),)


def opening(catalogue: Catalogue, language: Language | None) -> Reply:
    """The first words and the first matters; in both languages when none was chosen."""
    text = Wording(catalogue, language or "zh")("greeting" if language else "greeting_both")
    offered = topic_choices(catalogue, tuple(catalogue.topics)[:MOST_OFFERED], language or "zh")
    return reply("smalltalk", language or "zh", text, choices=offered, knowledge_version=catalogue.version)


def started_over(catalogue: Catalogue, conversation: Conversation, message: Message) -> Answer:
    """An empty conversation in the same language."""
    language = detect(message.text, conversation.language)
    return Conversation(language=language), (_say(catalogue, language, "notice", "started_over"),)


def language_asked_for(text: str, current: Language) -> Language:
    """The language named in ``text``; the other one when none is."""
    lower = text.casefold()
    if any(word in lower for word in ("english", "英文", "英语")):
        return "en"
    if any(word in lower for word in ("chinese", "mandarin", "中文", "汉语", "普通话")):
        return "zh"
    return "zh" if current == "en" else "en"


def language_changed(catalogue: Catalogue, language: Language) -> Reply:
    """The person asked for the other language."""
    return _say(catalogue, language, "notice", "language_changed")


def nothing_to_repeat(catalogue: Catalogue, language: Language) -> Reply:
    """Asked to repeat before anything was said."""
    return _say(catalogue, language, "smalltalk", "nothing_to_repeat")


def hand_over(catalogue: Catalogue, conversation: Conversation, code: str) -> Reply:
    """The case code for the hotline."""
    say = Wording(catalogue, conversation.language)
    misses = [say("abstain_again")] if conversation.misses else []
    text = "\n".join([*misses, say("handover", code=code)])
    return reply("handover", conversation.language, text, case_code=code, knowledge_version=catalogue.version)


def sorry(catalogue: Catalogue, language: Language) -> Reply:
    """Before the answer to an angry question."""
    return _say(catalogue, language, "notice", "sorry")


def noted_day(catalogue: Catalogue, language: Language, day: date) -> Reply:
    """Another day was asked about while a question is open."""
    text = Wording(catalogue, language)("noted_day", day=day.isoformat())
    return reply("notice", language, text, knowledge_version=catalogue.version)


def next_matter(catalogue: Catalogue, topic: Topic, language: Language) -> Reply:
    """Between two matters named in one message."""
    text = Wording(catalogue, language)("next_matter", topic=topic.title.say(language))
    return reply("notice", language, text, knowledge_version=catalogue.version)


def _say(catalogue: Catalogue, language: Language, status: str, sentence: str) -> Reply:
    text = Wording(catalogue, language)(sentence)
    return reply(status, language, text, knowledge_version=catalogue.version)
