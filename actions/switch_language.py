"""Answer in the other language from now on."""

from __future__ import annotations

from actions.base import AssistantAction
from actions.services import assistant
from bot.answers.assistant import Turn
from bot.answers.conversation import Conversation, Message


class SwitchLanguage(AssistantAction):
    """Answer in the other language from now on."""

    def name(self) -> str:
        return "action_switch_language"

    def answer(self, conversation: Conversation, message: Message) -> Turn:
        return assistant().switch_language(conversation, message)
