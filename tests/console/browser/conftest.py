"""The console in a real browser, over the real knowledge; every page is watched for what must never happen."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page

from bot.console.app import application
from bot.console.desk import Desk
from bot.setup.ports import free_port
from tests.console.conftest import PASSWORD, STAFF
from tests.widget.conftest import WATCH


@dataclass
class Served:
    """A running console."""

    address: str
    desk: Desk


@dataclass
class Console:
    """One browser tab of a member of staff."""

    page: Page
    served: Served
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(10_000)
        self.page.add_init_script(WATCH)
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def visit(self, path: str = "/") -> Console:
        """Load a page of the console."""
        self.page.goto(f"{self.served.address}/console{path}")
        return self

    def session(self, role: str = "operator", path: str = "/") -> Console:
        """Begin a session without the password, then load a page."""
        account = self.served.desk.accounts.find(STAFF[role])
        assert account is not None
        token = self.served.desk.sessions.begin(account)
        cookie: Any = {"name": "banshi_console", "value": token, "domain": "127.0.0.1", "path": "/console"}
        self.page.context.add_cookies([cookie])
        self.visit(path)
        if path == "/":
            self.page.locator(".hit").first.wait_for()
        return self

    def sign_in(self, role: str = "operator", password: str = PASSWORD) -> None:
        """Fill in the sign-in page by keyboard."""
        self.page.locator("#name").wait_for()
        self.page.locator("#name").focus()
        self.page.keyboard.type(STAFF[role])
        self.page.keyboard.press("Tab")
        self.page.keyboard.type(password)
        self.page.keyboard.press("Enter")

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def look_for(self, text: str, first: str) -> None:
        """Type into the box from anywhere and wait until all of it is searched and the first result names ``first``."""
        self.press("Escape", "/")
        with self.page.expect_response(lambda answer: parse_qs(urlsplit(answer.url).query).get("q") == [text]):
            self.page.keyboard.type(text)
        self.page.locator("#hit-0 .name", has_text=first).wait_for()

    def said(self, sentence: str) -> None:
        """Wait until the status line says it."""
        self.page.locator("#status", has_text=sentence).wait_for()

    def title(self) -> str:
        """What is shown in the middle."""
        return self.page.locator("#outcome h2").inner_text()

    def violations(self) -> list[str]:
        """What the page's policy had to stop."""
        return list(self.page.evaluate("window.violations"))

    def foreign(self) -> list[str]:
        """Requests that went to anybody else."""
        return [url for url in self.requests if not url.startswith(self.served.address)]


@pytest.fixture
def served(made: Desk) -> Iterator[Served]:
    """The console on a free port of loopback."""
    port = free_port()
    config = uvicorn.Config(
        application(made), host="127.0.0.1", port=port, log_config=None, lifespan="off", access_log=False
    )
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield Served(f"http://127.0.0.1:{port}", made)
    server.should_exit = True
    thread.join(10)


@pytest.fixture
def open_console(chromium: Browser, served: Served) -> Iterator[Callable[..., Console]]:
    """Makes tabs in contexts with the given options; each is checked at the end of the test."""
    opened: list[tuple[BrowserContext, Console]] = []

    def new(**options: Any) -> Console:
        options = {"viewport": {"width": 1366, "height": 820}, "locale": "zh-CN", **options}
        context = chromium.new_context(**options)
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=served.address)
        opened.append((context, Console(context.new_page(), served)))
        return opened[-1][1]

    yield new
    for context, console in opened:
        blocked, errors, foreign = console.violations(), console.errors, console.foreign()
        context.close()
        assert (blocked, errors, foreign) == ([], [], [])


@pytest.fixture
def console(open_console: Callable[..., Console]) -> Console:
    """A tab of an operator who is signed in."""
    return open_console().session()
