"""One turn of a conversation with Rasa: run once, in order, repeatable, and never lost half-way.

The only module that touches Rasa's agent. Rasa's own lock per conversation is held around everything, so two processes
sharing a lock store agree as well as two requests in one.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, TypeVar

from rasa.core.channels.channel import UserMessage

from bot.channels import action_calls, trimmed
from bot.channels.logs import log_failure
from bot.channels.output import Collected, Message
from bot.channels.replies import message_of_event, notice
from bot.channels.sentences import Language
from bot.channels.switched_off import Switch
from bot.channels.tracker_store import ConversationStore
from bot.channels.understood import Understood
from bot.monitoring import metrics

logger = logging.getLogger(__name__)
Result = TypeVar("Result")

LONGEST_TURN = 60.0  # seconds after which a turn is given up; equals the lifetime of Rasa's conversation lock
_LOCK_POLL = 0.05  # seconds; Rasa's default of 1 s would be felt


class Unavailable(Exception):
    """Rasa cannot answer now: no model, no database, an error inside a turn, or no answer in time."""


class NoConversation(Exception):
    """Nothing is stored under this sender id: it was deleted or never began."""


class Conflict(Exception):
    """The message id was used before for another content."""


@dataclass(frozen=True)
class Turn:
    """What goes to Rasa. `metadata` carries `digest` (of the request's content), `language`, `masked`, `display`.

    `opening` says that a conversation may begin with this turn; without it nothing is run for an unknown sender.
    """

    sender_id: str
    message_id: str
    text: str
    metadata: dict[str, Any]
    opening: bool = False


@dataclass(frozen=True)
class Outcome:
    """What the bot said, and the metadata of the user event it answered."""

    messages: list[Message]
    metadata: dict[str, Any]


class Turns:
    """Runs turns against Rasa's agent, which is passed to every call: Rasa loads it after the channels."""

    def __init__(self, seconds: float, input_channel: str) -> None:
        self._seconds = seconds
        self._input_channel = input_channel
        self._running: set[asyncio.Task[Any]] = set()
        self._understood = Understood()
        self._switch = Switch()
        action_calls.install()
        trimmed.install()

    async def run(self, agent: Any, turn: Turn) -> Outcome:
        """Run the turn, or give the outcome it had when the message id came before.

        Raises Unavailable, NoConversation, Conflict. When the time is up the turn goes on, and a repetition of the same
        message id gets its outcome. While the bot is switched off the outcome is its notice, and nothing is run.
        """
        channel = self._input_channel
        language: Language = "en" if turn.metadata["language"] == "en" else "zh"
        if text := self._switch.notice(language):
            metrics.count_turn(channel, "switched_off")
            return Outcome([{"custom": notice(text, language)}], turn.metadata)
        try:
            with metrics.RUNNING.track_inprogress(), metrics.timed("turn"):
                outcome = await self._in_time(self._run(agent, turn))
        except (Unavailable, NoConversation, Conflict) as refusal:
            metrics.count_turn(channel, type(refusal).__name__.lower())
            logger.info("A turn on %s ended: %s.", channel, type(refusal).__name__)
            raise
        metrics.count_turn(channel, "answered", outcome.messages)
        logger.info("A turn on %s was answered.", channel)
        return outcome

    async def history(self, agent: Any, sender_id: str) -> list[dict[str, Any]]:
        """User and bot events of a conversation; raises Unavailable, or NoConversation when there are none."""
        events = await self._guarded(_spoken(agent, sender_id))
        if not events:
            raise NoConversation
        return events

    async def forget(self, agent: Any, sender_id: str) -> None:
        """Delete a conversation once a turn of it that is running has ended; raises Unavailable, NoConversation."""
        await self._in_time(self._forget(agent, sender_id))

    async def _run(self, agent: Any, turn: Turn) -> Outcome:
        store = _store(agent)
        async with _lock(agent, turn.sender_id):
            earlier = await store.turn(turn.sender_id, turn.message_id)
            if earlier is None and not turn.opening:
                raise NoConversation
            if earlier:
                return _earlier(earlier, turn)
            with metrics.timed("understanding"):
                parsed = await self._understood.parse(agent.processor, turn.text)
            metrics.CONFIDENCE.observe(parsed["intent"]["confidence"] or 0.0)
            output = Collected()
            message = UserMessage(
                turn.text,
                output,
                turn.sender_id,
                input_channel=self._input_channel,
                message_id=turn.message_id,
                metadata=turn.metadata,
                parse_data=parsed,
            )
            store.failed.discard(turn.sender_id)
            await agent.processor.handle_message(message)
            if turn.sender_id in store.failed:
                _forget_fallback(agent, turn.sender_id)
                raise Unavailable("the conversation could not be read, or the turn not stored")
            return Outcome(output.messages, turn.metadata)

    async def _forget(self, agent: Any, sender_id: str) -> None:
        store = _store(agent)
        async with _lock(agent, sender_id):
            deleted = await store.delete(sender_id)
            _forget_fallback(agent, sender_id)
        if not deleted:
            raise NoConversation

    async def _in_time(self, work: Awaitable[Result]) -> Result:
        """Wait for the work at most the seconds a person waits; it goes on in the background afterwards."""
        task = asyncio.ensure_future(asyncio.wait_for(self._guarded(work), LONGEST_TURN))
        self._running.add(task)
        task.add_done_callback(self._finished)
        try:
            return await asyncio.wait_for(asyncio.shield(task), self._seconds)
        except asyncio.TimeoutError as error:
            raise Unavailable("no answer in time") from error

    async def _guarded(self, work: Awaitable[Result]) -> Result:
        try:
            return await work
        except (Unavailable, NoConversation, Conflict):
            raise
        except Exception as error:
            log_failure(logger, "A turn failed and nothing of it was stored:", error)
            raise Unavailable(type(error).__name__) from error

    def _finished(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if not task.cancelled():
            task.exception()  # fetched, or asyncio complains about a turn nobody waits for any more


def is_ready(agent: Any) -> bool:
    """Whether a model is loaded and conversations are stored where they can be found and deleted."""
    return agent is not None and agent.is_ready() and isinstance(_inner_store(agent), ConversationStore)


def store_of(agent: Any) -> ConversationStore | None:
    """Where conversations are stored; None while that is not known, or it is not ours."""
    store = None if agent is None else _inner_store(agent)
    return store if isinstance(store, ConversationStore) else None


def _store(agent: Any) -> ConversationStore:
    if not is_ready(agent):
        raise Unavailable("no model is loaded, or endpoints.yml does not name bot.channels.tracker_store")
    store: ConversationStore = _inner_store(agent)
    return store


def _inner_store(agent: Any) -> Any:
    """Our store inside Rasa's wrapper, which turns every database error into an empty conversation."""
    return getattr(agent.tracker_store, "_tracker_store", agent.tracker_store)


async def _spoken(agent: Any, sender_id: str) -> list[dict[str, Any]]:
    return await _store(agent).spoken(sender_id)


def _forget_fallback(agent: Any, sender_id: str) -> None:
    """Rasa keeps turns it could not store in memory; they go as well."""
    fallback = getattr(agent.tracker_store, "_fallback_tracker_store", None)
    getattr(fallback, "store", {}).pop(sender_id, None)


def _lock(agent: Any, sender_id: str) -> AbstractAsyncContextManager[Any]:
    lock: AbstractAsyncContextManager[Any] = agent.lock_store.lock(sender_id, wait_time_in_seconds=_LOCK_POLL)
    return lock


def _earlier(events: list[dict[str, Any]], turn: Turn) -> Outcome:
    metadata = events[0].get("metadata") or {}
    if metadata.get("digest") != turn.metadata["digest"]:
        raise Conflict
    return Outcome([message_of_event(event) for event in events[1:]], metadata)
