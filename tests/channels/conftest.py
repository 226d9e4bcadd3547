"""A real server on a loopback port, with a bot that answers from a script instead of a trained model."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests
from jsonschema import Draft202012Validator
from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.run import configure_app
from rasa.core.tracker_store import FailSafeTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, SessionStarted, UserUttered
from sanic import Sanic

from bot.channels.settings import ChannelSettings
from bot.channels.tracker_store import ConversationStore
from bot.channels.website import WebsiteChannel

SECRET = b"a secret of the tests, long enough to be accepted"
SCHEMA = json.loads((Path(__file__).parents[2] / "bot/answers/reply.schema.json").read_text(encoding="utf-8"))

Message = dict[str, Any]


def pytest_configure(config: pytest.Config) -> None:
    """Rasa 3.6 and the libraries it pins warn about themselves; warnings from our own code still fail a test."""
    for line in (
        "ignore::DeprecationWarning:rasa",
        "ignore::DeprecationWarning:sanic",
        "ignore::DeprecationWarning:sanic_cors",
        "ignore::DeprecationWarning:pkg_resources",
        "ignore::UserWarning:pkg_resources",
        "ignore::sqlalchemy.exc.MovedIn20Warning",
        "ignore:.*pkg_resources.*",
    ):
        config.addinivalue_line("filterwarnings", line)


def reply(text: str, **fields: Any) -> Message:
    """A Reply as the action server sends it."""
    return {"custom": {"version": 1, "status": "smalltalk", "language": "zh", "text": text, **fields}}


def question() -> Message:
    choices = [
        {"title": "本人办理", "token": "fact:applicant=self", "value": "self"},
        {"title": "他人代办", "token": "fact:applicant=agent", "value": "agent"},
        {"title": "不清楚", "token": "fact:applicant=?", "value": "?"},
    ]
    asked = {"fact": "applicant", "why": "代办需要多带一份证件。"}
    return reply("谁去办理？", status="question", question=asked, choices=choices)


class ScriptedBot:
    """Stands where Rasa's agent stands; stores events in the real tracker store as Rasa does."""

    def __init__(self, store: ConversationStore) -> None:
        self.tracker_store = FailSafeTrackerStore(store)
        self.store = store
        self.lock_store = InMemoryLockStore()
        self.processor = self
        self.ready = True
        self.seen: list[UserMessage] = []
        self.answer: Callable[[str], list[Message]] = self.script
        self.seconds = 0.0

    def is_ready(self) -> bool:
        return self.ready

    async def parse_message(self, message: UserMessage) -> dict[str, Any]:
        return {"text": message.text, "intent": {"name": "said", "confidence": 1.0}, "entities": []}

    def script(self, text: str) -> list[Message]:
        if text.startswith("/open"):
            return [reply("您好，我是办事助手。")]
        if text == "谁去":
            return [question()]
        return [reply(f"收到：{text}")]

    async def handle_message(self, message: UserMessage) -> None:
        tracker = await self.tracker_store.get_or_create_tracker(message.sender_id, append_action_listen=False)
        if not tracker.events:
            tracker.update(SessionStarted())
        await asyncio.sleep(self.seconds)
        said = self.answer(message.text)
        self.seen.append(message)
        parsed = {"intent": {"name": "any", "confidence": 1.0}, "entities": [], "text": message.text}
        tracker.update(
            UserUttered(
                message.text,
                parsed["intent"],
                [],
                parsed,
                input_channel=message.input_channel,
                message_id=message.message_id,
                metadata=message.metadata,
            )
        )
        for one in said:
            event = BotUttered(one.get("text"), {key: value for key, value in one.items() if key != "text"})
            tracker.update(ActionExecuted("action_answer"))
            tracker.update(event)
            await message.output_channel.send_response(message.sender_id, event.message())
        tracker.update(ActionExecuted("action_listen"))
        await self.tracker_store.save(tracker)


class Client:
    """A client of the HTTP contract."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.url = f"{root}/webhooks/website"
        self.http = requests.Session()
        self.http.trust_env = False
        self.token = ""

    def call(self, method: str, path: str, **options: Any) -> requests.Response:
        headers = {"authorization": f"Bearer {self.token}"} if self.token else {}
        headers.update(options.pop("headers", {}))
        return self.http.request(method, f"{self.url}{path}", headers=headers, timeout=15, **options)

    def open(self, language: str | None = "zh") -> requests.Response:
        response = self.call("POST", "/sessions", json={"language": language})
        assert response.status_code == 201, response.text
        self.token = response.json()["session"]
        return response

    def send(self, text: Any = None, message_id: str | None = None, **body: Any) -> requests.Response:
        if text is not None:
            body["text"] = text
        return self.call("POST", "/messages", json={"message_id": message_id or str(uuid.uuid4()), **body})

    def history(self) -> list[dict[str, Any]]:
        response = self.call("GET", "/messages")
        assert response.status_code == 200, response.text
        return response.json()["messages"]


@contextmanager
def serving(bot: Any, settings: ChannelSettings) -> Iterator[Client]:
    """Serve the website channel."""
    with serving_channels(bot, [WebsiteChannel(settings)]) as root:
        yield Client(root)


@contextmanager
def serving_channels(bot: Any, channels: list[InputChannel]) -> Iterator[str]:
    """Serve channels as `rasa run` does, in a thread of its own; the address without a slash at its end."""
    Sanic.test_mode = True
    app = configure_app(channels, enable_api=False, cors=None)
    app.ctx.agent = bot
    listener = socket.create_server(("127.0.0.1", 0))
    loop = asyncio.new_event_loop()

    async def start() -> Any:
        server = await app.create_server(sock=listener, return_asyncio_server=True, access_log=False)
        await server.startup()
        await server.before_start()  # from here on Rasa's CORS extension is at work
        await server.after_start()
        return server

    server = loop.run_until_complete(start())
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
        server.close()
        loop.run_until_complete(server.after_stop())
        loop.run_until_complete(asyncio.sleep(0.01))
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0.01))
        # uvloop waits for ever for a transport somebody left open; a test must not.
        closing = threading.Thread(target=loop.close, daemon=True)
        closing.start()
        closing.join(5)
        listener.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ConversationStore]:
    made = ConversationStore(Domain.empty(), host=f"sqlite:///{tmp_path / 'tracker.db'}")
    yield made
    made.engine.dispose()


@pytest.fixture
def bot(store: ConversationStore) -> ScriptedBot:
    return ScriptedBot(store)


@pytest.fixture
def settings() -> ChannelSettings:
    return ChannelSettings(SECRET, turn_seconds=2.0, rate_session=0, rate_address=0)


@pytest.fixture
def client(bot: ScriptedBot, settings: ChannelSettings) -> Iterator[Client]:
    with serving(bot, settings) as made:
        yield made


def assert_valid(replies: list[dict[str, Any]]) -> None:
    """Every reply obeys the contract's schema."""
    for one in replies:
        Draft202012Validator(SCHEMA).validate(one)


def error_of(response: requests.Response) -> tuple[int, str]:
    """Status and code of a refusal; its body is exactly the contract's, with a sentence."""
    body = response.json()
    assert set(body) == {"error"}
    assert set(body["error"]) == {"code", "message"}
    assert len(body["error"]["message"]) > 5
    return response.status_code, body["error"]["code"]


def eventually(check: Callable[[], bool], seconds: float = 5.0) -> None:
    """Wait until the check holds."""
    end = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)
