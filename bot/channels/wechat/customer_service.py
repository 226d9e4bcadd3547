"""Customer-service messages (`message/custom/send`): late answers reach the person by themselves.

Optional: needs a verified account and its AppSecret; off without one. Where sending fails, the answer stays in the
person's mailbox, as it does without it.

Channels of the same family would add their own way of receiving and sending beside this one and share cipher,
signature, pages and mailbox: mini-programs send like this but get no passive text; WeCom's 微信客服 is told only that
there is something and fetches it with `kf/sync_msg`, its `echostr` is encrypted, and it answers with `kf/send_msg`.
"""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any

import aiohttp

from bot.channels.wechat.access_token import AccessToken, ApiError, Post
from bot.channels.wechat.quotas import Quotas
from bot.channels.wechat.settings import WechatSettings

logger = logging.getLogger(__name__)

TOKEN_REFUSED = {40001, 40014, 42001}
BUSY = -1
REASONS = {
    -2: "the platform did not answer in time",
    -3: "the platform's answer was not JSON",
    40001: "the token or AppSecret is not valid",
    40003: "the person is not known to this account",
    40013: "the AppID is not valid",
    40125: "the AppSecret is not valid",
    40164: "this server's address is not on the account's IP list",
    40200: "the account type may not send",
    40243: "the AppSecret is frozen",
    45002: "the text is too long",
    45009: "the day's quota is used up",
    45015: "the person wrote more than 48 hours ago, or no longer follows",
    45047: "the person must write again before more may be sent",
    48001: "the account has no permission to send",
    61004: "this server's address is not on the account's IP list",
    89503: "the account's administrator has to confirm this server's address",
}
_PAUSES = (0.0, 0.5, 1.5)  # seconds before each try while the platform is busy
_SECONDS = 5.0


class CustomerService:
    """Sends texts to one account's people."""

    def __init__(self, token: AccessToken, post: Post, quotas: Quotas | None = None) -> None:
        self._token = token
        self._post = post
        self.quotas = quotas or Quotas()

    @classmethod
    def for_account(cls, settings: WechatSettings) -> CustomerService | None:
        """The account's service, or None when no AppSecret is configured."""
        if not settings.app_secret:
            return None
        post = HttpPost(settings.api)
        return cls(AccessToken(settings.app_id, settings.app_secret, post), post)

    async def send_all(self, open_id: str, sender_id: str, pages: list[str]) -> list[str]:
        """Send the pages in order; those that could not be sent, the first refused and all after it."""
        for index, page in enumerate(pages):
            if not self.quotas.take(sender_id):
                return pages[index:]
            try:
                await self.send(open_id, page)
            except ApiError as error:
                reason = REASONS.get(error.code, "an unknown reason")
                logger.warning("A customer-service message was not sent: %s (%s).", reason, error.code)
                return pages[index:]
        return []

    async def send(self, open_id: str, text: str) -> None:
        """Send one text. Raises ApiError; a refused token is renewed once, a busy platform asked three times."""
        refused = ""
        for pause in _PAUSES:
            await asyncio.sleep(pause)
            token = await self._token.get(refused)
            code = await self._send(token, open_id, text)
            if code in TOKEN_REFUSED and not refused:
                refused = token
                code = await self._send(await self._token.get(refused), open_id, text)
            if code == 0:
                return
            if code != BUSY:
                raise ApiError(code)
        raise ApiError(BUSY)

    async def _send(self, token: str, open_id: str, text: str) -> int:
        body = {"touser": open_id, "msgtype": "text", "text": {"content": text}}
        answer = await self._post(f"/cgi-bin/message/custom/send?access_token={token}", body)
        return int(answer.get("errcode", 0))


class HttpPost:
    """Posts to the platform, one connection a call: there are few."""

    def __init__(self, api: str, seconds: float = _SECONDS) -> None:
        self._api = api
        self._timeout = aiohttp.ClientTimeout(total=seconds)

    async def __call__(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """The answer as a dict; raises ApiError -2 or -3. A call is never repeated here: it may have arrived."""
        data = json.dumps(body, ensure_ascii=False).encode()  # some calls refuse \u escapes
        headers = {"content-type": "application/json; charset=utf-8"}
        try:
            async with (
                aiohttp.ClientSession(timeout=self._timeout) as session,
                session.post(self._api + path, data=data, headers=headers) as response,
            ):
                answer = json.loads(await response.read())
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as error:
            raise ApiError(-2) from error
        except ValueError as error:
            raise ApiError(-3) from error
        if not isinstance(answer, dict):
            raise ApiError(-3)
        return answer
