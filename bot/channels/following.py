"""A new model without stopping: loaded beside the one that serves, tried, and swapped in; a bad one is refused.

``python -m bot.operations release`` puts a model where this looks, `rollback` the one before. Conversations go on: they
lie in the database, and the next turn of each is run by the new model.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor

from bot.channels.logs import log_failure
from bot.monitoring import garbage, metrics

logger = logging.getLogger(__name__)

PROBE = "你好"  # understood by a model of any content
POLL = 2.0  # seconds
Load = Callable[[Any, Path], Any]  # agent and path of a model → a processor


class Refused(Exception):
    """The model does not load, or does not understand the probe."""


class ModelFollower:
    """Watches the path of the released model, a symbolic link on the way to it."""

    def __init__(self, released: Path, load: Load | None = None) -> None:
        self._released = released
        self._load = load or _load
        self._seen: Path | None = None

    async def follow(self, app: Any) -> None:
        """Look again and again, for as long as the server runs."""
        while True:
            try:
                await self.look(getattr(app.ctx, "agent", None))
            except Exception as error:
                log_failure(logger, "The released model could not be looked at:", error)
            await asyncio.sleep(POLL)

    async def look(self, agent: Any) -> bool:
        """Swap in the released model when it is another than the one seen last; whether it was swapped in."""
        if agent is None or not self._released.exists():
            return False  # an agent whose own model could not be read takes the released one
        path = self._released.resolve()
        if path == self._seen:
            return False
        self._seen = path
        try:
            processor = await self._tried(agent, path)
        except Refused as refusal:
            logger.error("The model %s is refused and the present one stays: %s.", path.parent.name, refusal)
            return False
        _swap(agent, processor)
        garbage.settle()
        metrics.SERVED.info({"model": path.parent.name})
        logger.info("The model %s serves now.", path.parent.name)
        return True

    async def _tried(self, agent: Any, path: Path) -> Any:
        """A processor of the model beside the agent's own; raises Refused."""
        try:
            processor = await asyncio.to_thread(self._load, agent, path)
            understood = await processor.parse_message(UserMessage(PROBE))
        except Exception as error:
            raise Refused(type(error).__name__) from error
        if not understood["intent"]["name"]:
            raise Refused("it understands nothing")
        return processor


def _load(agent: Any, path: Path) -> Any:
    return MessageProcessor(
        model_path=str(path),
        tracker_store=agent.tracker_store,
        lock_store=agent.lock_store,
        action_endpoint=agent.action_endpoint,
        generator=agent.nlg,
    )


def _swap(agent: Any, processor: Any) -> None:
    """What Rasa's `Agent.load_model` does after loading; turns that run keep the processor they began with."""
    agent.processor, agent.domain = processor, processor.domain
    agent.tracker_store.domain = processor.domain
