"""axe-core finds nothing on any page; the editors' pages work without any script."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
import sqlalchemy as sa

from bot.console.queue import Queue, Report
from bot.console.tables import turns
from tests.console.browser.conftest import Console
from tests.widget.test_accessibility import AXE, TAGS

PAGES = (
    "/sign-in",
    "/",
    "/queue",
    "/queue?state=in_work",
    "/queue?state=done",
    "/overview",
    "/audit",
    "/accounts",
    "/x",
)


def axe(console: Console) -> tuple[list[object], int]:
    """(rule, element) of every violation, and how many rules passed."""
    console.page.evaluate(AXE)
    found = console.page.evaluate("tags => axe.run(document, {runOnly: tags})", TAGS)
    bad = [(rule["id"], node["target"], node["any"][:1]) for rule in found["violations"] for node in rule["nodes"]]
    return bad, len(found["passes"])


def filled(console: Console) -> None:
    """Something on every page."""
    queue = Queue(console.served.desk.queue.engine)
    for state, question in (("open", "国外能刷吗"), ("in_work", "补卡费多少"), ("done", "登报还要吗")):
        matter = queue.add(Report("wrong", question, "li", "v1", "lost-card", {"holder": "adult"}, "dalian"))
        if state != "open":
            queue.move(matter, "in_work", "wang")
        if state == "done":
            queue.move(matter, "done", "wang", "改了费用")
    row = {"day": date.today(), "channel": "website", "status": "answered", "topic": "lost-card", "milliseconds": 12}
    with console.served.desk.queue.engine.begin() as database:
        database.execute(sa.insert(turns).values(**row, questions=2, seconds=40))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_axe_finds_nothing(open_console: Callable[..., Console], locale: str, scheme: str) -> None:
    console = open_console(locale=locale, color_scheme=scheme, bypass_csp=True)
    filled(console)
    states = {"signing in": axe(console.visit("/sign-in"))}
    console.session("admin")
    for page in PAGES[1:]:
        states[page] = axe(console.visit(page))
    console.visit("/")
    console.page.locator(".hit").first.wait_for()
    states["topics"] = axe(console)
    console.look_for("社保卡过期了，我妈替我去办，在大连", "")
    states["results"] = axe(console)
    console.press("Enter")
    console.page.locator(".script").wait_for()
    states["outcome"] = axe(console)
    console.press("1")
    console.page.locator(".differs").wait_for()
    console.press("r")
    for summary in console.page.locator("summary").all():
        summary.click()
    states["difference"] = axe(console)
    console.press("?")
    states["help"] = axe(console)
    console.press("Escape")
    console.look_for("第58条", "58")
    console.press("Enter")
    console.page.locator(".quoted").wait_for()
    states["article"] = axe(console)
    assert {state: bad for state, (bad, _) in states.items() if bad} == {}
    assert all(passed > 12 for _, passed in states.values()), {state: passed for state, (_, passed) in states.items()}


@pytest.mark.parametrize("width", [320, 640, 1024])
def test_no_page_scrolls_sideways(open_console: Callable[..., Console], width: int) -> None:
    console = open_console(viewport={"width": width, "height": 800})
    filled(console)
    console.session("admin")
    wide = []
    for page in PAGES:
        console.visit(page)
        if console.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(page)
    assert wide == []


def test_every_control_is_large_enough(open_console: Callable[..., Console]) -> None:
    console = open_console().session("admin")
    console.look_for("社保卡过期了", "社保卡到期换卡")
    console.press("Enter")
    console.page.locator(".script").wait_for()
    small, seen = [], 0
    for control in console.page.locator("button, select, summary, #query, .chips label, nav a").all():
        box = control.bounding_box()
        if box and control.is_visible():
            seen += 1
            if box["height"] < 24 or box["width"] < 24:
                small.append((control.inner_text(), box))
    assert small == []
    assert seen > 20


def test_the_queue_from_open_to_done_without_a_script(open_console: Callable[..., Console]) -> None:
    console = open_console(java_script_enabled=False)
    queue = console.served.desk.queue
    for question in ("社保卡能在国外刷吗", "社保卡在国外能刷吗"):
        queue.add(Report("unanswered", question, "website", "v1"))
    console.session("editor", "/queue")
    assert console.page.locator(".matters > li").count() == 1
    assert "2 次" in console.page.locator(".matters .marks").inner_text()
    console.page.get_by_role("button", name="接手").click()
    assert console.page.locator(".matters .empty").count() == 1
    console.page.get_by_role("link", name="处理中").click()
    console.page.get_by_label("改了什么").fill("补了国外使用的说明")
    console.page.get_by_role("button", name="完成").click()
    console.page.get_by_role("link", name="已完成").click()
    assert "已改：补了国外使用的说明" in console.page.locator(".changed").inner_text()
    console.page.get_by_role("button", name="重新打开").click()
    assert queue.sizes() == {"open": 1, "in_work": 0, "done": 0}
