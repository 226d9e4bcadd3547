"""Ids of the knowledge as staff know them."""

from __future__ import annotations

from bot.answers.plain_text import article_name
from bot.answers.wording import Wording
from bot.catalogue import Catalogue
from bot.catalogue.text import Language
from bot.console.words import say

_LONGEST = {"zh": 22, "en": 44}
"""Characters of a statement by which it is known."""


def passage_name(catalogue: Catalogue, passage: str, language: Language) -> str:
    """ "《民法典》第111条" or "社保卡挂失与补卡：补卡收工本费…"; the id itself where the knowledge no longer has it."""
    whole, _, version = passage.partition("@")
    folder, _, rest = whole.partition("/")
    if folder in catalogue.laws and rest:
        return article_name(catalogue.laws[folder].title.say(language), rest, Wording(catalogue, language))
    topic = catalogue.topics.get(folder)
    keys = (rest, f"{rest}@{version}")
    text = next((one.text.say(language) for one in topic.statements if one.key in keys), None) if topic else None
    return f"{topic.title.say(language)}{say('colon', language)}{_cut(text, language)}" if topic and text else passage


def _cut(text: str, language: Language) -> str:
    return text if len(text) <= _LONGEST[language] else text[: _LONGEST[language]].rstrip() + "…"
