"""Whole conversations against both real servers, by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.evaluation.widget.fake_server import FakeServer
from bot.setup.servers import Running
from tests.widget.conftest import Widget

pytestmark = pytest.mark.servers


@pytest.fixture
def real_widget(make: Callable[..., Widget], servers: Running, fake: FakeServer) -> Widget:
    """The widget on the demo page of the real server."""
    fake.address = servers.website
    return make().visit()


def press(widget: Widget, name: str) -> None:
    """Reach a button of the last reply by Tab alone and press it."""
    for _ in range(120):
        widget.page.keyboard.press("Shift+Tab")
        script = """() => document.querySelector("banshi-chat").shadowRoot.activeElement?.textContent ?? ''"""
        if widget.page.evaluate(script) == name:
            widget.page.keyboard.press("Enter")
            return
    raise AssertionError(f"{name} cannot be reached by Tab")


def test_an_expired_card_by_an_agent_with_the_keyboard_alone(real_widget: Widget) -> None:
    widget = real_widget
    for _ in range(40):
        widget.page.keyboard.press("Tab")
        if widget.focused() == "button.launcher":
            break
    widget.page.keyboard.press("Enter")
    widget.find(".reply").first.wait_for()
    widget.page.keyboard.insert_text("社保卡过期了，在大连，我妈替我去办")
    widget.page.keyboard.press("Enter")
    for count in range(1, 12):
        widget.find(".reply").nth(count).wait_for()
        last = widget.find(".reply").last
        if last.get_attribute("data-status") == "procedure":
            break
        assert last.get_attribute("data-status") == "question"
        press(widget, last.locator(".choices button").first.inner_text())
    card = widget.find(".card").last
    assert card.locator("h3").inner_text() == "社保卡到期换卡"
    assert "由别人代办" in card.locator(".facts").inner_text()
    tree = card.aria_snapshot()
    for line in ('- article "社保卡到期换卡"', "- checkbox", '- heading "需要带的材料', '- heading "办理步骤"'):
        assert line in tree, tree


def test_a_change_in_place_a_link_a_reload_and_forgetting(real_widget: Widget) -> None:
    widget = real_widget.open()
    widget.page.evaluate("location.hash = 'banshi=card-expired:region.dalian,applicant.agent,holder.adult'")
    widget.find(".mine").wait_for()
    widget.find(".reply").nth(1).wait_for()
    while widget.find(".reply").last.get_attribute("data-status") == "question":
        count = widget.find(".reply").count()
        widget.find(".reply").last.locator(".choices button").first.click()
        widget.find(".reply").nth(count).wait_for()
    card = widget.find(".card").last
    count = widget.find(".reply").count()
    card.get_by_role("button", name="更改：由别人代办").click()
    card.get_by_role("button", name="由持卡人本人办理").click()
    widget.find(".reply").nth(count).wait_for()
    changed = widget.find(".card").last
    assert "由持卡人本人办理" in changed.locator(".facts").inner_text()
    assert "大连" in changed.locator(".facts").inner_text()
    changed.locator("xpath=..").get_by_role("button", name="链接和二维码").click()
    widget.find("svg[role=img]").wait_for()
    cards = widget.find(".card").count()
    widget.page.reload()
    widget.open()
    assert widget.find(".card").count() == cards
    widget.find(".forget button").click()
    widget.find(".forget button").first.click()
    widget.find(".card").first.wait_for(state="detached")
