"""What all actions share."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.counting import count
from actions.memory import conversation_of, message_of, slots_of
from actions.services import assistant
from bot.answers.assistant import Turn
from bot.answers.conversation import Conversation, Message


class AssistantAction(Action, ABC):
    """Translates one tracker into one call of the assistant, and its turn back into messages and slots."""

    ends_question = False
    """Whether an open question is dropped."""

    @abstractmethod
    def name(self) -> str:
        """The name in the domain; abstract, so that rasa_sdk does not register this class itself."""

    @abstractmethod
    def answer(self, conversation: Conversation, message: Message) -> Turn:
        """The turn this action leads to."""

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Answer the latest message."""
        began = time.perf_counter()
        catalogue = assistant().catalogue
        before, message = conversation_of(tracker, catalogue), message_of(tracker)
        turn = self.answer(before, message)
        for reply in turn.replies:
            dispatcher.utter_message(json_message=reply)
        counted = count(tracker, message, turn, began)
        dropped = [ActiveLoop(None), SlotSet("requested_slot", None)] if self.ends_question else []
        return [*slots_of(before, turn.conversation, catalogue), *counted, *dropped]
