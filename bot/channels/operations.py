"""``/health/live``, ``/health/ready`` and ``/metrics`` of the Rasa server; for those who run it, not for the public."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable
from typing import Any

import sqlalchemy as sa
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.channels import action_calls
from bot.channels.following import ModelFollower
from bot.channels.turns import is_ready, store_of
from bot.monitoring import garbage, json_logs, metrics, request_id
from bot.settings import releases_folder

logger = logging.getLogger(__name__)
_PATIENCE = 2.0  # seconds a health check waits for the database


class OperationsChannel(InputChannel):
    """No channel for people; Rasa mounts only channels. Its routes are at the root of the server."""

    @classmethod
    def name(cls) -> str:
        return "operations"

    def url_prefix(self) -> str:
        """The root: probes and Prometheus look for these paths there."""
        return "/"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes, and a request id for every request of the server."""
        blueprint = Blueprint("operations")
        blueprint.add_route(_live, "/health/live", methods=["GET"])
        blueprint.add_route(_ready, "/health/ready", methods=["GET"])
        blueprint.add_route(_metrics, "/metrics", methods=["GET"])
        blueprint.listener("after_server_start")(_started)
        blueprint.listener("after_server_stop")(_stopped)
        return blueprint


async def _started(app: Any, _loop: Any) -> None:
    app.register_middleware(_begin, "request")
    app.register_middleware(_end, "response")
    if json_logs.wanted(os.environ):
        json_logs.write_json_lines("rasa")
    follower = ModelFollower(releases_folder() / "current" / "model.tar.gz")
    app.ctx.following = asyncio.ensure_future(follower.follow(app))
    garbage.settle()  # Rasa loads the model before this


async def _stopped(app: Any, _loop: Any) -> None:
    app.ctx.following.cancel()
    await action_calls.close()


async def _begin(request: Request) -> None:
    request.ctx.request_id = request_id.begin(request.headers.get(request_id.HEADER))


async def _end(request: Request, response: HTTPResponse) -> None:
    response.headers[request_id.HEADER] = getattr(request.ctx, "request_id", "")


async def _live(_request: Request) -> HTTPResponse:
    """200 while the server answers at all: when it does not, restart it."""
    return json({"status": "ok"})


async def _ready(request: Request) -> HTTPResponse:
    """200 when turns can run: a model is loaded and the database answers; else 503, saying what is missing."""
    agent: Any = getattr(request.app.ctx, "agent", None)
    checks = {"model": is_ready(agent), "database": await _database_answers(agent)}
    if checks["model"]:
        metrics.SERVED.info({"model": str(agent.processor.model_filename)})
    return json(
        {"status": "ok" if all(checks.values()) else "not ready", **checks}, 200 if all(checks.values()) else 503
    )


async def _database_answers(agent: Any) -> bool:
    store = store_of(agent)
    if store is None:
        return False

    def ask() -> None:
        with store.engine.connect() as connection:
            connection.execute(sa.text("SELECT 1"))

    try:
        await asyncio.wait_for(asyncio.to_thread(ask), _PATIENCE)
    except (sa.exc.SQLAlchemyError, asyncio.TimeoutError) as error:
        logger.warning("The database does not answer: %s.", type(error).__name__)
        return False
    return True


async def _metrics(_request: Request) -> HTTPResponse:
    text, content_type = metrics.exported()
    return HTTPResponse(text, 200, {}, content_type)
