"""Deletes conversations a set number of days after their last message: while Rasa serves, or by a command.

`python -m bot.channels.retention` deletes once and prints how many; for a database whose servers are down, or a cron.
With `--thorough` it also writes PostgreSQL's table anew: for a quiet hour, since turns wait for it.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import time
from collections.abc import Sequence
from typing import Any

from rasa.shared.core.domain import Domain
from sanic import Blueprint, Sanic

from bot.channels.logs import log_failure
from bot.channels.settings import SettingsError, read_number
from bot.channels.tracker_store import ConversationStore
from bot.channels.turns import store_of

logger = logging.getLogger(__name__)

DAY = 86_400.0  # seconds
PAUSE = 3_600.0  # seconds between two sweeps; each server makes them, and finds little left of the other's


def sweep_while_serving(blueprint: Blueprint, days: int, pause: float = PAUSE) -> None:
    """Sweep when the server has started and every hour from then on; 0 days means never."""
    if not days:
        return

    async def begin(app: Sanic, _loop: Any) -> None:
        app.ctx.sweeping = asyncio.ensure_future(_sweep_for_ever(app, days, pause))

    async def end(app: Sanic, _loop: Any) -> None:
        app.ctx.sweeping.cancel()

    blueprint.listener("after_server_start")(begin)
    blueprint.listener("before_server_stop")(end)


def sweep(store: ConversationStore, days: int, now: float | None = None) -> int:
    """Delete every conversation without a message for so many days; how many there were."""
    before = (time.time() if now is None else now) - days * DAY
    deleted = store.delete_older(before)
    if deleted:
        logger.info("Deleted %d conversations without a message for %d days.", deleted, days)
    return deleted


async def _sweep_for_ever(app: Sanic, days: int, pause: float) -> None:
    while True:
        store = store_of(getattr(app.ctx, "agent", None))
        try:
            if store is not None:
                await asyncio.to_thread(sweep, store, days)
        except Exception as error:
            log_failure(logger, "Old conversations could not be deleted:", error)
        await asyncio.sleep(pause if store is not None else 1.0)


def main(arguments: Sequence[str] = ()) -> int:
    """Sweep once; the exit code."""
    try:
        days = read_number(os.environ, "BANSHI_RETENTION_DAYS", 30, least=0)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 1
    store = ConversationStore(Domain.empty())
    deleted = sweep(store, days) if days else 0
    if "--thorough" in arguments:
        store.rewrite()
    store.engine.dispose()
    print(f"{deleted} conversations without a message for {days} days were deleted." if days else "Nothing is deleted.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
