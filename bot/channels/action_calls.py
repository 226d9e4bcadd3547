"""Rasa's calls of the action server without the work nobody needs (docs/adr/0008-action-calls.md).

Rasa 3.6 checks the schema of action results against its metaschema at every call, which is more than half of its time
per turn, and sends the whole conversation along, which makes a long conversation slow. The result is still validated;
the actions get every slot, the latest message and the events since, which is all they read. Connections are kept from
one call to the next. Each call shows the key both servers share (`bot.channels.webhook_key`).
"""

from __future__ import annotations

import asyncio
import os
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

import aiohttp
from jsonschema import ValidationError
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity
from rasa.utils.endpoints import EndpointConfig

from bot.channels.webhook_key import HEADER, webhook_key
from bot.monitoring import metrics, request_id

_KEPT_SECONDS = 2.0  # shorter than any server keeps an idle connection, so that none is used while it closes it
_LONGEST_CALL = 12.0  # seconds; longer than a person waits, short enough that the conversation is free again soon
_new_session = EndpointConfig.session
_sessions: WeakKeyDictionary[asyncio.AbstractEventLoop, aiohttp.ClientSession] = WeakKeyDictionary()


def install() -> None:
    """Replace the methods of Rasa's classes; a second call changes nothing."""
    EndpointConfig.session = _session
    RemoteAction._validate_action_result = _validate
    RemoteAction._action_call_format = _call_format


async def close() -> None:
    """Close the connections of this event loop; for a server that stops."""
    session = _sessions.pop(asyncio.get_running_loop(), None)
    if session is not None:
        await session.close()


class _Kept:
    """A session in an `async with` that does not close it."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    async def __aenter__(self) -> aiohttp.ClientSession:
        return self._session

    async def __aexit__(self, *_: object) -> None:
        return None


def _session(endpoint: EndpointConfig) -> Any:
    """The event loop's own session; an endpoint with headers or a password of its own gets one for itself."""
    if endpoint.headers or endpoint.basic_auth:
        return _new_session(endpoint)
    loop = asyncio.get_running_loop()
    session = _sessions.get(loop)
    if session is None or session.closed:
        connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=_KEPT_SECONDS)
        longest = aiohttp.ClientTimeout(total=_LONGEST_CALL)
        session = aiohttp.ClientSession(connector=connector, timeout=longest, trace_configs=[_trace()])
        _sessions[loop] = session
    return _Kept(session)


def _trace() -> aiohttp.TraceConfig:
    """Hands the request id and the key on to the action server, and counts the seconds it takes."""
    key = webhook_key(os.environ)

    async def began(_session: Any, context: Any, params: aiohttp.TraceRequestStartParams) -> None:
        params.headers[request_id.HEADER] = request_id.current()
        if key:
            params.headers[HEADER] = key
        context.began = asyncio.get_running_loop().time()

    async def ended(_session: Any, context: Any, _params: Any) -> None:
        metrics.STAGES.labels("actions").observe(asyncio.get_running_loop().time() - context.began)

    trace = aiohttp.TraceConfig()
    trace.on_request_start.append(began)
    trace.on_request_end.append(ended)
    return trace


@lru_cache(maxsize=1)
def _validator() -> Any:
    schema = RemoteAction.action_response_format_spec()
    return validator_for(schema)(schema)


def _validate(action: RemoteAction, result: dict[str, Any]) -> bool:
    """Raises ValidationError, as Rasa's own, when the action server's result has another shape."""
    if _is_plain(result):
        return True
    error = next(_validator().iter_errors(result), None)
    if error is not None:
        raise ValidationError(f"{error.message}. The action server's response has not the agreed shape.")
    return True


def _is_plain(result: dict[str, Any]) -> bool:
    """Whether the result is only bot messages, and slots set to a value: nearly all are, and need no schema."""
    return (
        result.keys() == {"events", "responses"}
        and all(isinstance(response, dict) for response in _listed(result["responses"]))
        and all(_sets_a_slot(event) for event in _listed(result["events"]))
    )


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [None]


def _sets_a_slot(event: Any) -> bool:
    return (
        isinstance(event, dict)
        and event.keys() == {"event", "timestamp", "name", "value"}
        and event["event"] == "slot"
        and event["timestamp"] is None
        and isinstance(event["name"], str)
    )


def _call_format(action: RemoteAction, tracker: DialogueStateTracker, domain: Domain) -> dict[str, Any]:
    loop, tracker.active_loop = tracker.active_loop, None  # or Rasa copies, deeply, the message that opened it
    state = tracker.current_state(EventVerbosity.NONE)
    tracker.active_loop = loop
    state["active_loop"] = {"name": loop.name} if loop else {}
    state["events"] = _since_latest_message(tracker)
    return {"next_action": action.name(), "sender_id": tracker.sender_id, "tracker": state, "version": "3.6"}


def _since_latest_message(tracker: DialogueStateTracker) -> list[dict[str, Any]]:
    """The latest message without what was understood of it, which is told once already, and what came after it."""
    events: list[dict[str, Any]] = []
    for event in reversed(tracker.events):
        told = event.as_dict()
        events.append(told)
        if isinstance(event, UserUttered):
            told.pop("parse_data", None)
            break
    return events[::-1]
