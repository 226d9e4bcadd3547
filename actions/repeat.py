"""Say the last outcome again."""

from __future__ import annotations

from actions.base import AssistantAction
from actions.services import assistant
from bot.answers.assistant import Turn
from bot.answers.conversation import Conversation, Message


class Repeat(AssistantAction):
    """Say the last outcome again."""

    def name(self) -> str:
        return "action_repeat"

    def answer(self, conversation: Conversation, message: Message) -> Turn:
        return assistant().repeat(conversation, message)
