"""The course of a conversation when the network, the server or the page does not play along."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.widget.conftest import Widget


def ids(widget: Widget) -> list[str]:
    return [body["message_id"] for body in widget.fake.sent]


def test_nothing_is_asked_of_the_server_before_the_panel_is_opened(widget: Widget) -> None:
    assert not widget.panel.is_visible()
    assert widget.fake.opened == []
    widget.open()
    assert widget.fake.opened == [{"language": "zh"}]


@pytest.mark.parametrize("failure", [0, -1, 503, 500])
def test_a_message_that_failed_is_sent_again_under_the_same_id(widget: Widget, failure: int) -> None:
    widget.open()
    widget.fake.failures.append(failure)
    widget.field.fill("procedure")
    widget.field.press("Enter")
    failed = widget.find(".failure")
    failed.wait_for()
    assert "12333" in failed.inner_text()
    failed.get_by_role("button", name="重试").click()
    widget.find(".card").wait_for()
    assert widget.find(".card").count() == 1
    assert widget.find(".failure").count() == 0
    assert widget.focused() == "textarea#field"
    assert len(set(ids(widget))) == 1
    assert len(widget.fake.ran) == 1


def test_it_tries_again_by_itself(widget: Widget) -> None:
    widget.open()
    widget.fake.failures.append(0)
    widget.field.fill("smalltalk")
    widget.field.press("Enter")
    widget.find(".failure").wait_for()
    widget.find(".reply").nth(1).wait_for()
    assert len(set(ids(widget))) == 1


def test_messages_wait_for_the_one_that_failed(widget: Widget) -> None:
    widget.open()
    widget.fake.failures += [0, 0]
    widget.field.fill("question")
    widget.field.press("Enter")
    widget.find(".failure").wait_for()
    widget.field.fill("smalltalk")
    widget.field.press("Enter")
    widget.find(".failure button").first.click()
    widget.find(".failure").first.wait_for()
    widget.find(".reply").nth(2).wait_for(timeout=15_000)
    statuses = [widget.find(".reply").nth(place).get_attribute("data-status") for place in (1, 2)]
    assert statuses == ["question", "smalltalk"]


def test_offline_says_so_and_goes_on_when_the_network_is_back(widget: Widget) -> None:
    widget.open()
    widget.page.context.set_offline(True)
    widget.field.fill("smalltalk")
    widget.field.press("Enter")
    widget.find(".failure").wait_for()
    assert "网络不通" in widget.find(".failure").inner_text()
    widget.page.context.set_offline(False)
    widget.find(".reply").nth(1).wait_for()
    assert widget.find(".failure").count() == 0
    assert len(widget.fake.ran) == 1


def test_a_slow_answer_is_waited_for_with_a_word(widget: Widget) -> None:
    widget.open()
    widget.fake.delay = 4.6
    widget.field.fill("smalltalk")
    widget.field.press("Enter")
    widget.find(".dots").wait_for()
    assert widget.status.inner_text() == "正在查找……"
    widget.page.wait_for_timeout(4_200)
    assert widget.status.inner_text() == "比平时慢，还在查找，请稍候……"
    widget.find(".reply").nth(1).wait_for()
    assert widget.status.inner_text() == ""
    assert not widget.find(".dots").is_visible()
    assert len(widget.fake.sent) == 1


def test_too_fast_waits_as_long_as_it_was_told_to(widget: Widget) -> None:
    widget.open()
    widget.fake.failures.append(429)
    widget.field.fill("smalltalk")
    widget.field.press("Enter")
    widget.find(".failure").wait_for()
    widget.find(".reply").nth(1).wait_for(timeout=3_000)
    assert len(widget.fake.ran) == 1


def test_a_server_that_is_away_at_the_start(widget: Widget) -> None:
    widget.fake.failures.append(503)
    widget.launcher.click()
    widget.find(".failure").wait_for()
    assert "12333" in widget.find(".failure").inner_text()
    widget.find(".failure button").click()
    widget.find(".reply").wait_for()
    assert widget.find(".failure").count() == 0


def test_an_expired_session_begins_anew_and_the_message_is_not_lost(widget: Widget) -> None:
    widget.open()
    widget.fake.sessions.clear()
    widget.field.fill("question")
    widget.field.press("Enter")
    widget.find("[data-status=question]").wait_for()
    assert len(widget.fake.opened) == 2
    assert "之前的会话已结束" in widget.find(".notice").inner_text()
    widget.fake.sessions.clear()
    widget.find("[data-status=question] .choices button").first.click()
    widget.find(".notice").nth(1).wait_for()
    assert [body for body in widget.fake.sent if "choice" in body] == []


def test_a_conversation_is_restored_silently_after_a_reload(widget: Widget) -> None:
    widget.open().say("question")
    widget.say("procedure")
    shown = widget.log.inner_text()
    widget.page.reload()
    assert not widget.panel.is_visible()
    assert widget.launcher.inner_text() == "继续咨询"
    widget.page.evaluate("""() => {
      const log = document.querySelector("banshi-chat").shadowRoot.querySelector("#log");
      window.announced = 0;
      new MutationObserver((changes) => changes.forEach((change) => {
        if (log.getAttribute("aria-live") !== "off") window.announced += change.addedNodes.length;
      })).observe(log, {childList: true});
    }""")
    widget.launcher.click()
    widget.find(".card").wait_for()
    assert widget.page.evaluate("window.announced") == 0
    assert len(widget.fake.opened) == 1
    assert widget.status.inner_text() == "已恢复之前的对话。"
    restored = widget.log.inner_text()
    assert restored.count("社保卡到期换卡") == shown.count("社保卡到期换卡")
    widget.page.wait_for_timeout(700)
    assert widget.log.get_attribute("aria-live") == "polite"


def test_forget_me_asks_first_and_leaves_nothing(widget: Widget) -> None:
    widget.open().say("procedure")
    forget = widget.find(".forget")
    forget.get_by_role("button", name="清除对话").click()
    assert "确定清除" in forget.inner_text()
    forget.get_by_role("button", name="不清除").click()
    assert widget.find(".card").count() == 1
    forget.get_by_role("button", name="清除对话").click()
    forget.get_by_role("button", name="清除", exact=True).click()
    widget.find(".card").wait_for(state="detached")
    widget.find(".reply").wait_for()
    assert ("DELETE", "/webhooks/website/sessions") in widget.fake.calls
    assert widget.find(".mine").count() == 0
    stored = widget.page.evaluate("JSON.stringify([{...sessionStorage}, {...localStorage}])")
    assert stored == '[{"banshi-session":"token-2"},{}]'


def test_forget_me_without_a_network_says_so_and_keeps_the_conversation(widget: Widget) -> None:
    widget.open().say("smalltalk")
    widget.page.context.set_offline(True)
    widget.find(".forget button").click()
    widget.find(".forget button").first.click()
    widget.find(".failure").wait_for()
    assert widget.find(".mine").count() == 1
    widget.page.context.set_offline(False)


def test_a_browser_that_stores_nothing_still_gets_an_answer(make: Callable[..., Widget]) -> None:
    widget = make()
    widget.page.add_init_script("""
      for (const name of ["sessionStorage", "localStorage"]) {
        Object.defineProperty(window, name, {get() { throw new DOMException("denied", "SecurityError") }});
      }""")
    widget.visit().open().say("procedure")
    assert widget.find(".card").count() == 1
