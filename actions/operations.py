"""``/health/live``, ``/health/ready`` and ``/metrics`` of the action server, its request ids, and who may call it."""

from __future__ import annotations

import asyncio
import logging
import os
from typing import Any

from sanic import Request, Sanic
from sanic.response import HTTPResponse, json

from actions.services import assistant, follow_knowledge
from bot.channels.webhook_key import HEADER, opens
from bot.errors import SettingError
from bot.monitoring import garbage, json_logs, metrics, request_id

logger = logging.getLogger(__name__)
_POLL = 2.0  # seconds


OPEN = frozenset({"/health", "/health/live", "/health/ready", "/metrics"})
"""Paths that need no key: they tell nothing of a conversation, and the proxy publishes none of them."""


def add_operations(app: Sanic[Any, Any], key: str = "") -> None:
    """Add the routes to rasa_sdk's server; without the ``key`` nothing else is answered.

    It serves only once everything is loaded, so live is ready here.
    """
    app.ctx.key = key
    app.add_route(_health, "/health/live", methods=["GET"], name="live")
    app.add_route(_health, "/health/ready", methods=["GET"], name="ready")
    app.add_route(_metrics, "/metrics", methods=["GET"], name="metrics")
    app.register_middleware(_begin, "request")
    app.register_listener(_started, "after_server_start")


async def _started(app: Sanic[Any, Any]) -> None:
    if json_logs.wanted(os.environ):
        json_logs.write_json_lines("actions")
    app.ctx.following = asyncio.ensure_future(_follow())
    garbage.settle()


async def _follow() -> None:
    """Take up another release's knowledge while serving."""
    while True:
        await asyncio.sleep(_POLL)
        try:
            if await asyncio.to_thread(follow_knowledge):
                garbage.settle()
        except SettingError as error:
            logger.error("%s", error)


async def _begin(request: Request) -> HTTPResponse | None:
    request_id.begin(request.headers.get(request_id.HEADER))
    if request.path in OPEN or opens(request.headers.get(HEADER), request.app.ctx.key):
        return None
    logger.warning("A call without the key of this service was refused: do both servers have the same secret?")
    return json({"error": "This server answers Rasa only."}, 401)


async def _health(_request: Request) -> HTTPResponse:
    return json({"status": "ok"})


async def _metrics(_request: Request) -> HTTPResponse:
    metrics.SERVED.info({"index": str(getattr(assistant().finder, "version", ""))})
    text, content_type = metrics.exported()
    return HTTPResponse(text, 200, {}, content_type)
