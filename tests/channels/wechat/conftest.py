"""The WeChat channel on a real server, spoken to by the simulator, with a bot that answers from a script."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import pytest
import requests
from rasa.core.channels.channel import UserMessage

from bot.channels.tracker_store import ConversationStore
from bot.channels.wechat.channel import WechatChannel
from bot.channels.wechat.identity import Identities
from bot.channels.wechat.settings import WechatSettings
from bot.channels.wechat.simulator.account import PERSON, Account, push
from bot.channels.wechat.simulator.server import WechatServer
from tests.channels.conftest import SECRET, ScriptedBot, serving_channels

TOKEN = "tokenofthetests"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
APP_ID = "wx0123456789abcdef"

PLAIN = WechatSettings(SECRET, TOKEN, rate=0)
SAFE = replace(PLAIN, aes_key=AES_KEY, app_id=APP_ID)


class SlowBot(ScriptedBot):
    """A scripted bot that takes its time over some texts; `delays` is in seconds by text."""

    def __init__(self, store: ConversationStore) -> None:
        super().__init__(store)
        self.delays: dict[str, float] = {}

    async def handle_message(self, message: UserMessage) -> None:
        await asyncio.sleep(self.delays.get(message.text, 0.0))
        await super().handle_message(message)

    @property
    def texts(self) -> list[str]:
        """What reached Rasa, in order."""
        return [message.text for message in self.seen]


@dataclass
class Wechat:
    """WeChat's side: `server` delivers pushes, `post` sends anything at all."""

    address: str
    account: Account

    @property
    def server(self) -> WechatServer:
        return WechatServer(self.address, self.account)

    def say(self, text: str, person: str = PERSON, **fields: str) -> str | None:
        """What a person sees after writing a text; the bot must answer the first delivery."""
        return self.show(push("text", person, Content=text, **fields), person)

    def event(self, event: str, person: str = PERSON, **fields: str) -> str | None:
        return self.show(push("event", person, Event=event, **fields), person)

    def show(self, xml: str, person: str = PERSON) -> str | None:
        seen = self.server.send(xml, person)
        assert (seen.deliveries, seen.trouble) == (1, "")
        return seen.text

    def post(self, body: bytes, query: str = "", account: Account | None = None) -> requests.Response:
        """A raw body, signed unless a query is given."""
        query = query or (account or self.account).delivery("")[0]
        with requests.Session() as http:
            http.trust_env = False
            return http.post(f"{self.address}?{query}", data=body, timeout=15)

    def get(self, query: str) -> requests.Response:
        with requests.Session() as http:
            http.trust_env = False
            return http.get(f"{self.address}?{query}", timeout=15)


@contextmanager
def wechat_for(bot: Any, settings: WechatSettings) -> Iterator[Wechat]:
    account = Account(settings.token, settings.aes_key, settings.app_id)
    with serving_channels(bot, [WechatChannel(settings)]) as root:
        yield Wechat(f"{root}/webhooks/wechat", account)


@pytest.fixture
def bot(store: ConversationStore) -> SlowBot:
    return SlowBot(store)


@pytest.fixture
def plain(bot: SlowBot) -> Iterator[Wechat]:
    with wechat_for(bot, PLAIN) as made:
        yield made


@pytest.fixture
def safe(bot: SlowBot) -> Iterator[Wechat]:
    with wechat_for(bot, SAFE) as made:
        yield made


def sender(person: str) -> str:
    """The conversation of a person."""
    return Identities(SECRET).sender(person)


def assert_forbidden(response: requests.Response) -> None:
    """The one refusal there is: it says nothing about why."""
    assert (response.status_code, response.content) == (403, b"forbidden")
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
