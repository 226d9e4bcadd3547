"""One person of each kind: on our website, on WeChat, and at stock Rasa's rest channel."""

from __future__ import annotations

import asyncio
import json
import secrets
import uuid
from typing import Any, Protocol
from urllib.parse import parse_qs

import aiohttp

from bot.channels.wechat.simulator.account import Account, BadAnswer, push
from bot.evaluation.load.mix import CHOICE, Message

PATIENCE = aiohttp.ClientTimeout(total=30)


class Failed(Exception):
    """A message without the answer a person may expect; says what came instead."""


class Caller(Protocol):
    """Holds one conversation; every method raises Failed."""

    async def begin(self) -> None:
        """Open the conversation; costs the server about one turn."""

    async def say(self, message: Message) -> None:
        """Send one message and wait for the whole answer."""


class OnWebsite:
    """A person at the widget."""

    def __init__(self, http: aiohttp.ClientSession, address: str) -> None:
        self._http, self._address = http, f"{address}/webhooks/website"
        self._headers: dict[str, str] = {}
        self._choices: list[dict[str, Any]] = []

    async def begin(self) -> None:
        """POST /sessions."""
        session = await _posted(self._http, f"{self._address}/sessions", {"language": None})
        self._headers = {"authorization": f"Bearer {session['session']}"}

    async def say(self, message: Message) -> None:
        """POST /messages: a choice of the last reply, or the text."""
        body = {"text": message.text}
        if message.kind == CHOICE and self._choices:
            body = {"choice": self._choices[0]["token"]}
        body["message_id"] = str(uuid.uuid4())
        answer = await _posted(self._http, f"{self._address}/messages", body, self._headers)
        self._choices = answer["replies"][-1].get("choices") or []


class OnWechat:
    """A person on WeChat, safe mode; choices are answered by their number."""

    def __init__(self, http: aiohttp.ClientSession, address: str, account: Account) -> None:
        self._http, self._address, self._account = http, f"{address}/webhooks/wechat", account
        self._person = f"oLoad{secrets.token_hex(11)}"
        self._may_choose = False

    async def begin(self) -> None:
        """The account is followed."""
        await self._push(push("event", self._person, Event="subscribe"))

    async def say(self, message: Message) -> None:
        """A text; the first choice's number when the last answer had numbered ones."""
        text = "1" if message.kind == CHOICE and self._may_choose else message.text
        shown = await self._push(push("text", self._person, Content=text))
        self._may_choose = "\n1" in shown

    async def _push(self, xml: str) -> str:
        query, body = self._account.delivery(xml, self._person)
        try:
            async with self._http.post(f"{self._address}?{query}", data=body) as response:
                answer, status = await response.read(), response.status
            shown = self._account.shown(answer, parse_qs(query)["nonce"][0]) if status == 200 else None
        except (aiohttp.ClientError, asyncio.TimeoutError, BadAnswer) as error:
            raise Failed(type(error).__name__) from error
        if not shown:
            raise Failed(f"WeChat was answered {status} without a text")
        return shown


class AtStock:
    """A person at stock Rasa; a button is a payload, as in Rasa's own responses."""

    def __init__(self, http: aiohttp.ClientSession, address: str) -> None:
        self._http, self._address = http, f"{address}/webhooks/rest/webhook"
        self._sender = secrets.token_hex(8)

    async def begin(self) -> None:
        """A greeting: Rasa starts its session with it."""
        await self._send("/greet")

    async def say(self, message: Message) -> None:
        """The text, or ``/inform``."""
        await self._send("/inform" if message.kind == CHOICE else message.text)

    async def _send(self, text: str) -> None:
        if not await _posted(self._http, self._address, {"sender": self._sender, "message": text}):
            raise Failed("no answer at all")


async def _posted(
    http: aiohttp.ClientSession, address: str, body: dict[str, Any], headers: dict[str, str] | None = None
) -> Any:
    try:
        async with http.post(address, json=body, headers=headers) as response:
            content = await response.read()
    except (aiohttp.ClientError, asyncio.TimeoutError) as error:
        raise Failed(type(error).__name__) from error
    if response.status >= 400:
        raise Failed(f"{response.status} {content[:200].decode('utf-8', 'replace')}")
    return json.loads(content)
