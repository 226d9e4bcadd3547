"""Forget the matter and all facts."""

from __future__ import annotations

from actions.base import AssistantAction
from actions.services import assistant
from bot.answers.assistant import Turn
from bot.answers.conversation import Conversation, Message


class StartOver(AssistantAction):
    """Forget the matter and all facts."""

    ends_question = True

    def name(self) -> str:
        return "action_start_over"

    def answer(self, conversation: Conversation, message: Message) -> Turn:
        return assistant().start_over(conversation, message)
