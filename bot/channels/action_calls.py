"""Rasa's calls of the action server without the work nobody needs (docs/adr/0008-action-calls.md).

Rasa 3.6 checks the schema of action results against its metaschema at every call, which is more than half of its time
per turn, and sends the whole conversation along, which makes a long conversation slow. The result is still validated;
the actions get every slot and the events since the latest message, which is all they read.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from jsonschema import ValidationError
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity


def install() -> None:
    """Replace the two methods of Rasa's class; a second call changes nothing."""
    RemoteAction._validate_action_result = _validate
    RemoteAction._action_call_format = _call_format


@lru_cache(maxsize=1)
def _validator() -> Any:
    schema = RemoteAction.action_response_format_spec()
    return validator_for(schema)(schema)


def _validate(action: RemoteAction, result: dict[str, Any]) -> bool:
    """Raises ValidationError, as Rasa's own, when the action server's result has another shape."""
    error = next(_validator().iter_errors(result), None)
    if error is not None:
        raise ValidationError(f"{error.message}. The action server's response has not the agreed shape.")
    return True


def _call_format(action: RemoteAction, tracker: DialogueStateTracker, domain: Domain) -> dict[str, Any]:
    state = tracker.current_state(EventVerbosity.NONE)
    state["events"] = _since_latest_message(tracker)
    return {"next_action": action.name(), "sender_id": tracker.sender_id, "tracker": state, "version": "3.6"}


def _since_latest_message(tracker: DialogueStateTracker) -> list[dict[str, Any]]:
    events: list[dict[str, Any]] = []
    for event in reversed(tracker.events):
        events.append(event.as_dict())
        if isinstance(event, UserUttered):
            break
    return events[::-1]
