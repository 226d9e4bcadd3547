"""A near miss: say which authority the question belongs to."""

from __future__ import annotations

from actions.base import AssistantAction
from actions.services import assistant
from bot.answers.assistant import Turn
from bot.answers.conversation import Conversation, Message


class Refer(AssistantAction):
    """A near miss: say which authority the question belongs to."""

    def name(self) -> str:
        return "action_refer"

    def answer(self, conversation: Conversation, message: Message) -> Turn:
        return assistant().refer(conversation, message)
