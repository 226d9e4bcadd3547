"""Greetings, thanks, goodbye and the like."""

from __future__ import annotations

from actions.base import AssistantAction
from actions.services import assistant
from bot.answers.assistant import Turn
from bot.answers.conversation import Conversation, Message


class SmallTalk(AssistantAction):
    """Greetings, thanks, goodbye and the like."""

    def name(self) -> str:
        return "action_small_talk"

    def answer(self, conversation: Conversation, message: Message) -> Turn:
        return assistant().say(conversation, message)
