"""A real browser over a small server that keeps the contract; every page is watched for what must never happen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page

from bot.evaluation.widget.fake_server import BASE, FakeServer, fake_server

WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", ({violatedDirective, blockedURI, sample}) =>
  window.violations.push([violatedDirective, blockedURI, sample].join(" ")));
"""


@dataclass
class Widget:
    """The widget on one page, as a person meets it."""

    page: Page
    fake: FakeServer
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(8_000)
        self.page.add_init_script(WATCH)
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def visit(self, path: str = BASE + "demo") -> Widget:
        """Load a page of the server."""
        self.page.goto(self.fake.address + path)
        self.launcher.wait_for()
        return self

    def open(self) -> Widget:
        """Press the launcher and wait for the greeting."""
        self.launcher.click()
        self.page.locator("banshi-chat .reply").first.wait_for()
        return self

    def say(self, text: str) -> Locator:
        """Type and send; the last reply once it is there."""
        before = self.find(".reply").count()
        self.field.fill(text)
        self.field.press("Enter")
        self.find(".reply").nth(before).wait_for()
        return self.find(".reply").last

    def find(self, selector: str) -> Locator:
        """Elements inside the widget."""
        return self.page.locator(f"banshi-chat {selector}")

    @property
    def launcher(self) -> Locator:
        return self.find("button.launcher")

    @property
    def panel(self) -> Locator:
        return self.find("#panel")

    @property
    def log(self) -> Locator:
        return self.find("#log")

    @property
    def field(self) -> Locator:
        return self.find("textarea")

    @property
    def status(self) -> Locator:
        return self.find("[role=status]")

    def focused(self) -> str:
        """The widget's focused element: its tag with id or class."""
        script = """() => { const e = document.querySelector("banshi-chat").shadowRoot.activeElement;
          return e ? e.tagName.toLowerCase() + (e.id ? "#" + e.id : e.className ? "." + e.className : "") : "" }"""
        return str(self.page.evaluate(script))

    def violations(self) -> list[str]:
        """What the page's policy had to stop."""
        return list(self.page.evaluate("window.violations"))

    def foreign(self) -> list[str]:
        """Requests that went to anybody else."""
        return [url for url in self.requests if not url.startswith((self.fake.address, "data:", "blob:"))]


@pytest.fixture
def fake() -> Iterator[FakeServer]:
    """A server of its own for each test."""
    with fake_server() as server:
        yield server


@pytest.fixture
def make(chromium: Browser, fake: FakeServer) -> Iterator[Callable[..., Widget]]:
    """Makes widgets in contexts with the given options; each is checked at the end of the test."""
    made: list[tuple[BrowserContext, Widget]] = []

    def new(**options: Any) -> Widget:
        options = {"viewport": {"width": 1280, "height": 860}, "locale": "zh-CN", **options}
        context = chromium.new_context(**options)
        made.append((context, Widget(context.new_page(), fake)))
        return made[-1][1]

    yield new
    for context, widget in made:
        blocked, errors, foreign = widget.violations(), widget.errors, widget.foreign()
        context.close()
        assert (blocked, errors, foreign) == ([], [], [])


@pytest.fixture
def widget(make: Callable[..., Widget]) -> Widget:
    """The widget on the Chinese demo page, not yet opened."""
    return make().visit()
