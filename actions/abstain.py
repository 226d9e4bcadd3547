"""A question that is not ours: say so, and offer the topics nearest to it."""

from __future__ import annotations

from actions.base import AssistantAction
from actions.services import assistant
from bot.answers.assistant import Turn
from bot.answers.conversation import Conversation, Message


class Abstain(AssistantAction):
    """A question that is not ours: say so, and offer the topics nearest to it."""

    def name(self) -> str:
        return "action_abstain"

    def answer(self, conversation: Conversation, message: Message) -> Turn:
        return assistant().find(conversation, message, quote=False)
