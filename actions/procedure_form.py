"""The one form: its questions come from the decision, not from a list."""

from __future__ import annotations

import time
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.counting import count
from actions.memory import conversation_of, message_of, slots_of
from actions.services import assistant
from bot.answers.conversation import Conversation, Message
from bot.answers.typed import typed_value
from bot.answers.understanding import asks
from bot.catalogue import Catalogue

ANSWERS = ("inform", "dont_know", "ask_aspect", "choose", "go_back")
WISHES = ("human", "start_over")
"""Heard whatever else is said with them."""


class ValidateProcedureForm(Action):
    """Takes the message in and asks the next question or tells the outcome, in one call per turn.

    ``requested_slot`` tells Rasa's form whether it goes on. A message that is no answer is left alone:
    the form is then rejected, the rules answer the interruption and come back here.
    """

    def name(self) -> str:
        return "validate_procedure_form"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """The events of this turn."""
        began = time.perf_counter()
        counted: list[EventType] = []
        catalogue = assistant().catalogue
        before = conversation_of(tracker, catalogue)
        message = assistant().heard(before, message_of(tracker))
        if was_interrupted(tracker):
            turn = assistant().resume(before)
        elif before.asked and not is_answer(before, message, catalogue):
            return []
        else:
            turn = assistant().procedure(before, message)
            counted = count(tracker, message, turn, began)
        for reply in turn.replies:
            dispatcher.utter_message(json_message=reply)
        asked = SlotSet("requested_slot", turn.conversation.asked)
        return [*slots_of(before, turn.conversation, catalogue), *counted, asked]


def was_interrupted(tracker: Tracker) -> bool:
    """Whether this turn's message was left to the rules, and Rasa now comes back to the form."""
    for event in reversed(tracker.events):
        if event.get("event") == "action_execution_rejected":
            return True
        if event.get("event") == "user":
            return False
    return False


def is_answer(conversation: Conversation, message: Message, catalogue: Catalogue) -> bool:
    """Whether the message belongs to the open question: an answer, a fact, a matter, or one of the labels typed.

    A question that belongs elsewhere does not, unless it says the very fact asked for, or states several facts and
    asks nothing.
    """
    if message.intent in WISHES:
        return False
    about_matters = catalogue.topic_of_intent(message.intent) is not None
    ambiguous = message.intent.replace("_", "-") in catalogue.ambiguities
    if message.intent in ANSWERS or about_matters or ambiguous or conversation.asked in message.said:
        return True
    states = len(message.said) > 1 and not asks(message.text)
    if message.said and (states or message.intent not in catalogue.referrals):
        return True
    if conversation.asked is None:
        return False
    return typed_value(catalogue.fact(conversation.asked), message.text, conversation.for_another) is not None
