"""A person stopped following the account: WeChat demands that everything about them is deleted."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import Any

from bot.channels.logs import log_failure
from bot.channels.store import Store
from bot.channels.turns import NoConversation, Turns, Unavailable
from bot.channels.wechat.deadline import Background

logger = logging.getLogger(__name__)

PAUSES = (0.0, 1.0, 10.0, 60.0)  # seconds before each try


class Departure:
    """Deletes conversations, and what the stores keep of a person."""

    def __init__(self, turns: Turns, background: Background, stores: Sequence[Store]) -> None:
        self._turns = turns
        self._background = background
        self._stores = stores

    async def forget(self, agent: Any, sender_id: str) -> None:
        """Delete everything, once what is running for the person has ended; tried again while that is impossible."""
        await self._background.settled(sender_id)
        for store in self._stores:
            await store.forget(sender_id)
        for pause in PAUSES:
            await asyncio.sleep(pause)
            try:
                await self._turns.forget(agent, sender_id)
                return
            except NoConversation:
                return
            except Unavailable as error:
                log_failure(logger, "The conversation of a person who left could not be deleted:", error)
