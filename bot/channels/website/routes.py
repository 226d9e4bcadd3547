"""The routes under `/webhooks/website`, and the gate every request passes: origin, method, rate of its address."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.bodies import limit_body
from bot.channels.keys import Digests
from bot.channels.limits import address_key, client_address
from bot.channels.logs import log_failure
from bot.channels.retention import sweep_while_serving
from bot.channels.settings import ChannelSettings
from bot.channels.shared_limits import Limit
from bot.channels.store import Store, store_for
from bot.channels.turns import is_ready
from bot.channels.website.calls import Calls
from bot.channels.website.http import (
    LARGEST_BODY,
    HttpError,
    asked_language,
    check_origin,
    discard_body,
    preflight,
    refuse,
    respond,
)
from bot.channels.website.pages import serve
from bot.widget.files import File, read_files

logger = logging.getLogger(__name__)
Handler = Callable[[Request], Awaitable[HTTPResponse]]

_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


def website_blueprint(settings: ChannelSettings, channel: str) -> Blueprint:
    """All routes; a path or method that is not one of them is refused as JSON too."""
    store = store_for(settings.redis_url) if settings.redis_url else None
    calls = Calls(settings, channel, store)
    table: dict[str, dict[str, Handler]] = {
        "sessions": {"POST": calls.open_session, "DELETE": calls.close_session},
        "messages": {"POST": calls.send_message, "GET": calls.read_messages},
        "codes": {"POST": calls.make_code},
        "health": {"GET": _health},
    }
    for name, file in read_files().items():
        table[name] = dict.fromkeys(("GET", "HEAD"), _serving(file))
    gate = Gate(settings, table, store)
    blueprint = Blueprint(f"{channel}_webhook")

    # As streams, so that a body is read only after the request was found worth reading.
    async def answer(request: Request, path: str = "") -> HTTPResponse:
        return await gate.answer(request, path)

    async def settle_origin(request: Request, response: HTTPResponse) -> HTTPResponse | None:
        if request.method == "OPTIONS":  # answered by Rasa's CORS extension, which leaves a body unread
            with suppress(HttpError):
                await discard_body(request)
        return gate.settle_origin(request, response)

    blueprint.add_route(answer, "/", methods=_METHODS, stream=True, name="root")
    blueprint.add_route(answer, "/<path:path>", methods=_METHODS, stream=True, name="any")
    sweep_while_serving(blueprint, settings.retention_days)
    if store is not None:
        blueprint.listener("after_server_stop")(_closing(store))
    blueprint.middleware(settle_origin, "response")  # after Rasa's CORS extension, which knows nothing of our origins
    return blueprint


class Gate:
    """Answers every request of the channel: refuses it as JSON, or passes it to the handler of its path and method."""

    def __init__(self, settings: ChannelSettings, table: dict[str, dict[str, Handler]], store: Store | None) -> None:
        self._origins = settings.origins
        self._proxies = settings.proxies
        self._limit = Limit(settings.rate_address, "address", store)
        self._digests = Digests(settings.secret)
        self._table = table

    async def answer(self, request: Request, path: str = "") -> HTTPResponse:
        """The response of one request; an error nobody foresaw is answered 503 and logged without its message."""
        limit_body(request, LARGEST_BODY)
        request.ctx.language = asked_language(request)
        try:
            request.ctx.cors = check_origin(request, self._origins)
            handler = await self._handler(request, path)
            if request.method != "POST":
                await discard_body(request)
            return await handler(request)
        except HttpError as error:
            return refuse(error, request.ctx.language)
        except Exception as error:
            log_failure(logger, "A request failed:", error)
            return refuse(HttpError("unavailable"), request.ctx.language)

    def settle_origin(self, request: Request, response: HTTPResponse) -> HTTPResponse | None:
        """Replace what the CORS extension said by what our origins allow: its headers, and its answer to OPTIONS."""
        if request.method == "OPTIONS":
            try:
                methods = self._table.get(request.match_info.get("path", ""), {})
                return preflight(check_origin(request, self._origins), list(methods))
            except HttpError as error:
                return refuse(error, asked_language(request))
        for name in [name for name in response.headers if name.lower().startswith("access-control-")]:
            response.headers.pop(name, None)
        varies = response.headers.get("vary")  # of a page, which already names Origin
        response.headers.update(getattr(request.ctx, "cors", {}))
        if varies:
            response.headers["vary"] = varies
        return None

    async def _handler(self, request: Request, path: str) -> Handler:
        methods = self._table.get(path)
        if methods is None:
            raise HttpError("not_found")
        if request.method not in methods:
            raise HttpError("method_not_allowed", {"allow": ", ".join([*methods, "OPTIONS"])})
        if path != "health" and (seconds := await self._limit.wait(self._address(request))):
            raise HttpError("too_fast", {"retry-after": str(seconds)})
        return methods[request.method]

    def _address(self, request: Request) -> str:
        """Who is asking, as a keyed digest: addresses are personal data, and the limit may be counted elsewhere."""
        peer = client_address(request.ip, request.headers.get("x-forwarded-for", ""), self._proxies)
        return self._digests.of("", "address", address_key(peer))


async def _health(request: Request) -> HTTPResponse:
    """200 when a turn could run now, else 503."""
    ready = is_ready(getattr(request.app.ctx, "agent", None))
    return respond({"status": "ok" if ready else "no_model"}, 200 if ready else 503)


def _closing(store: Store) -> Callable[..., Awaitable[None]]:
    async def close(*_: object) -> None:
        await store.close()

    return close


def _serving(file: File) -> Handler:
    async def answer(request: Request) -> HTTPResponse:
        return serve(file, request)

    return answer
