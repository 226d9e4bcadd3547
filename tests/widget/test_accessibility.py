"""axe-core finds nothing, in any state; roles, names and the keyboard's way."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from typing import Any

import pytest

from bot.catalogue.text import LANGUAGES, Language
from bot.evaluation.widget import canned
from bot.evaluation.widget.fake_server import BASE
from tests.widget.conftest import Widget

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
PAGES: dict[Language, str] = {"zh": BASE + "demo", "en": BASE + "demo-en"}
SIZES = {"desktop": {"width": 1280, "height": 860}, "phone": {"width": 390, "height": 844}}
KINDS = [name for name in canned.replies("zh") if name != "greeting"]


def axe(widget: Widget) -> tuple[list[Any], int]:
    """(rule, element, why) of every violation, and how many rules passed."""
    widget.page.evaluate(AXE)
    found = widget.page.evaluate("tags => axe.run(document, {runOnly: tags})", TAGS)
    bad = [(rule["id"], node["target"], node["any"][:1]) for rule in found["violations"] for node in rule["nodes"]]
    return bad, len(found["passes"])


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_closed_open_and_with_every_reply(
    make: Callable[..., Widget], language: Language, size: str, scheme: str
) -> None:
    widget = make(viewport=SIZES[size], color_scheme=scheme, bypass_csp=True).visit(PAGES[language])
    states = {"closed": axe(widget)}
    widget.open()
    states["open"] = axe(widget)
    for kind in KINDS:
        widget.say(kind)
        states[kind] = axe(widget)
    for toggle in widget.find("[aria-expanded=false]:not(.launcher), details:not([open]) > summary").all():
        if toggle.is_visible():
            toggle.click()
    states["unfolded"] = axe(widget)
    widget.find(".bar button").nth(1).click()
    states["large"] = axe(widget)
    assert {state: bad for state, (bad, _) in states.items() if bad} == {}
    assert all(passed > 20 for _, passed in states.values())


def test_the_log_is_there_before_the_first_message(widget: Widget) -> None:
    assert widget.log.get_attribute("role") == "log"
    assert widget.log.get_attribute("aria-live") == "polite"
    assert widget.log.get_attribute("aria-label") == "对话记录"
    assert widget.log.locator("> *").count() == 0
    assert widget.find("[role=status]").count() == 1
    assert widget.panel.get_attribute("role") == "dialog"


def test_focus_goes_in_and_back_and_escape_closes(widget: Widget) -> None:
    widget.launcher.focus()
    widget.page.keyboard.press("Enter")
    assert widget.focused() == "textarea#field"
    assert widget.launcher.get_attribute("aria-expanded") == "true"
    widget.page.keyboard.press("Escape")
    assert widget.focused() == "button.launcher"
    assert widget.launcher.get_attribute("aria-expanded") == "false"
    assert not widget.panel.is_visible()


def test_on_a_phone_the_focus_stays_in_the_panel_on_a_desktop_it_does_not(make: Callable[..., Widget]) -> None:
    phone = make(viewport=SIZES["phone"]).visit().open()
    assert phone.panel.get_attribute("aria-modal") == "true"
    for key in ["Tab"] * 25 + ["Shift+Tab"] * 25:
        phone.page.keyboard.press(key)
        assert phone.page.evaluate("document.activeElement.localName") == "banshi-chat"
        assert phone.focused() != "button.launcher"
    desktop = make().visit().open()
    assert desktop.panel.get_attribute("aria-modal") is None
    desktop.find(".forget button").focus()
    desktop.page.keyboard.press("Tab")
    assert desktop.page.evaluate("document.activeElement.localName") != "banshi-chat"


@pytest.mark.parametrize("size", SIZES)
def test_every_control_is_large_enough_and_has_a_name(make: Callable[..., Widget], size: str) -> None:
    widget = make(viewport=SIZES[size]).visit().open()
    for kind in KINDS:
        widget.say(kind)
    controls = widget.find("button, summary, textarea, .check label")
    small = []
    for control in [control for control in controls.all() if control.is_visible()]:
        box = control.bounding_box()
        assert box is not None
        if box["height"] < 44 or box["width"] < 44:
            small.append((control.inner_text(), box))
        assert control.get_attribute("aria-label") or control.inner_text() or control.get_attribute("id") == "field"
    assert small == []
    assert controls.count() > 30


def test_a_reply_is_announced_and_the_persons_own_words_are_not(widget: Widget) -> None:
    widget.open().say("smalltalk")
    assert widget.find(".mine").get_attribute("aria-live") == "off"
    assert widget.find(".reply").last.get_attribute("aria-live") is None
    assert widget.find(".reply").last.inner_text().startswith("助手：\n")


def test_the_tree_a_screen_reader_gets(widget: Widget) -> None:
    widget.open().say("question")
    tree = widget.panel.aria_snapshot()
    for line in (
        '- dialog "社保卡办事助手"',
        '- heading "社保卡办事助手" [level=2]',
        '- button "English"',
        '- button "大字"',
        '- button "关闭"',
        '- log "对话记录"',
        '- list "请选择"',
        '- button "成年人"',
        "- status",
        '- textbox "您的问题"',
        '- button "发送"',
    ):
        assert line in tree, tree
