"""A free question: quoted passages, a choice of topics, or an honest "I do not know"."""

from __future__ import annotations

from actions.base import AssistantAction
from actions.services import assistant
from bot.answers.assistant import Turn
from bot.answers.conversation import Conversation, Message


class Find(AssistantAction):
    """A free question: quoted passages, a choice of topics, or an honest "I do not know"."""

    def name(self) -> str:
        return "action_find"

    def answer(self, conversation: Conversation, message: Message) -> Turn:
        return assistant().find(conversation, message)
