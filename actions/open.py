"""The first words of a new session."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.services import assistant
from bot.answers.fixed import opening
from bot.catalogue.text import LANGUAGES


class Open(Action):
    """Greets in the language the page was opened in, or in both."""

    def name(self) -> str:
        return "action_open"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Send the greeting; remember the language, and the region of the page it was opened on."""
        wanted = next(tracker.get_latest_entity_values("language"), None)
        language = wanted if wanted in LANGUAGES else None
        region = next(tracker.get_latest_entity_values("region"), None)
        reply = opening(assistant().catalogue, language)
        dispatcher.utter_message(json_message=reply)
        known = [SlotSet("region", region)] if region in assistant().catalogue.regions else []
        return [SlotSet("reply_language", reply["language"]), *known]
