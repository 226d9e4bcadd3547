"""A person is asked for: a case code for the hotline."""

from __future__ import annotations

from actions.base import AssistantAction
from actions.services import assistant
from bot.answers.assistant import Turn
from bot.answers.conversation import Conversation, Message


class HandOver(AssistantAction):
    """A person is asked for: a case code for the hotline."""

    ends_question = True

    def name(self) -> str:
        return "action_hand_over"

    def answer(self, conversation: Conversation, message: Message) -> Turn:
        return assistant().hand_over(conversation, message)
