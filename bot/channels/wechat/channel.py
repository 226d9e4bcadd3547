"""The InputChannel Rasa loads by the module path in `credentials.yml`, and its one route."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.shared.exceptions import RasaException
from sanic import Blueprint
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels import framing
from bot.channels.bodies import BodyTooLarge, limit_body, read_body
from bot.channels.logs import keep_people_out_of_logs, log_failure
from bot.channels.production import require_fit
from bot.channels.sentences import TROUBLE
from bot.channels.settings import SettingsError
from bot.channels.store import store_for
from bot.channels.wechat.customer_service import CustomerService
from bot.channels.wechat.deduplication import Once
from bot.channels.wechat.envelope import Envelope, Fields, Forbidden
from bot.channels.wechat.events import read
from bot.channels.wechat.identity import Identities
from bot.channels.wechat.settings import WechatSettings
from bot.channels.wechat.talk import Talk
from bot.channels.wechat.xml_out import text_answer

logger = logging.getLogger(__name__)

LARGEST_BODY = 64 * 1024  # bytes
_BODY_SECONDS = 3.0
_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]
_HEADERS = {"cache-control": "no-store", "x-content-type-options": "nosniff"}


class WechatChannel(InputChannel):
    """Mounted at `/webhooks/wechat`; mounts nothing when WeChat is not configured."""

    def __init__(self, settings: WechatSettings | None) -> None:
        self.settings = settings

    @classmethod
    def name(cls) -> str:
        return "wechat"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> WechatChannel:
        """Settings come from the environment alone; raises RasaException, which Rasa prints as one line."""
        try:
            require_fit(os.environ)
            return cls(WechatSettings.from_environment(os.environ))
        except SettingsError as error:
            raise RasaException(str(error)) from error

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The route. `on_new_message` is not used: it hides whether Rasa could answer (`bot.channels.turns`)."""
        keep_people_out_of_logs()
        framing.install()
        blueprint = Blueprint(f"{self.name()}_webhook")
        if self.settings is None:
            return blueprint
        if not self.settings.safe_mode:
            logger.warning("WeChat runs in plain mode: messages are neither encrypted nor signed. Set an AES key.")
        door = Door(self.settings, self.name())

        # As a stream, so that no more of a body is read than allowed.
        async def answer(request: Request) -> HTTPResponse:
            return await door.answer(request)

        blueprint.add_route(answer, "/", methods=_METHODS, stream=True, name="push")
        blueprint.listener("after_server_stop")(door.close)
        return blueprint


class Door:
    """Answers WeChat's requests: 200 to WeChat, one and the same 403 to everybody else."""

    def __init__(self, settings: WechatSettings, channel: str) -> None:
        self._envelope = Envelope(settings)
        self._identities = Identities(settings.secret)
        answers, mailboxes = self._stores = store_for(settings.redis_url), store_for(settings.redis_url)
        self._once = Once(answers, settings.deadline + 0.5, TROUBLE["zh"])  # half a second to hear of another's answer
        self._talk = Talk(settings, channel, mailboxes, answers, CustomerService.for_account(settings))

    async def answer(self, request: Request) -> HTTPResponse:
        """The response of one request; refusals are logged by their reason, and say nothing to the client."""
        limit_body(request, LARGEST_BODY)
        try:
            if request.method == "GET":
                return _plain(self._envelope.echo(request.query_string))
            if request.method != "POST":
                raise Forbidden("method")
            opened = self._envelope.open(request.query_string, await _body(request))
        except Forbidden as refusal:
            logger.warning("A request to the WeChat channel was refused: %s.", refusal.reason)
            return _plain("forbidden", 403)
        except Exception as error:
            log_failure(logger, "A request to the WeChat channel could not be read:", error)
            return _plain("forbidden", 403)
        return await self._answer(getattr(request.app.ctx, "agent", None), opened.fields, opened.nonce)

    async def close(self, *_: object) -> None:
        """Close what the stores hold open; Sanic calls it when the server has stopped."""
        for store in self._stores:
            await store.close()

    async def _answer(self, agent: Any, fields: Fields | None, nonce: str) -> HTTPResponse:
        """A verified push: `success`, or the text as XML."""
        try:
            push = read(fields) if fields else None
            if push is None:
                return _plain("success")
            key = f"{self._identities.sender(push.open_id)}:{self._identities.message(push.key)}"
            answer = await self._once.answer(key, lambda: self._talk.answer(agent, push))
            if answer.text is None:
                return _plain("success")
            xml = text_answer(push.open_id, push.account, answer.created, answer.text)
            return HTTPResponse(self._envelope.seal(xml, nonce), 200, _HEADERS, "text/xml; charset=utf-8")
        except Exception as error:
            log_failure(logger, "A push could not be answered:", error)
            return _plain("success")


async def _body(request: Request) -> bytes:
    try:
        return await asyncio.wait_for(read_body(request, LARGEST_BODY), _BODY_SECONDS)
    except (BodyTooLarge, SanicException, asyncio.TimeoutError) as error:
        raise Forbidden("body") from error


def _plain(text: str, status: int = 200) -> HTTPResponse:
    return HTTPResponse(text, status, _HEADERS, "text/plain; charset=utf-8")
