"""Small screens, large type, zoom, right to left, dark, forced colours, less motion, and speed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.evaluation.widget import canned
from tests.eventually import eventually
from tests.widget.conftest import Widget
from tests.widget.test_policy import host

WIDER = "node => node.scrollWidth - node.clientWidth"
KINDS = [name for name in canned.replies("zh") if name != "greeting"]


@pytest.mark.parametrize("size", [(320, 640), (320, 256), (390, 844)])
def test_nothing_is_cut_off_on_a_narrow_screen_or_at_400_percent(
    make: Callable[..., Widget], size: tuple[int, int]
) -> None:
    widget = make(viewport={"width": size[0], "height": size[1]}).visit().open()
    widget.fake.replies["long"] = {**canned.replies("zh")["smalltalk"], "text": "X" * 400}
    for kind in [*KINDS, "long", "Y" * 300]:
        widget.say(kind)
    for toggle in widget.find("[aria-expanded=false]:not(.launcher), details:not([open]) > summary").all():
        if toggle.is_visible():
            toggle.click()
    assert widget.panel.evaluate(WIDER) <= 0
    assert widget.log.evaluate(WIDER) <= 0
    assert widget.page.locator("html").evaluate(WIDER) <= 0
    box = widget.panel.bounding_box()
    assert box == {"x": 0, "y": 0, "width": size[0], "height": size[1]}


def test_the_field_stays_above_a_screen_keyboard(make: Callable[..., Widget]) -> None:
    widget = make(viewport={"width": 390, "height": 844}).visit().open()
    widget.page.set_viewport_size({"width": 390, "height": 420})
    eventually(
        widget.page, "document.querySelector('banshi-chat').shadowRoot.querySelector('#panel').offsetHeight === 420"
    )
    widget.field.scroll_into_view_if_needed()
    box = widget.field.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 420


def test_large_type_is_larger_and_remembered(widget: Widget) -> None:
    widget.open()
    size = "node => parseFloat(getComputedStyle(node).fontSize)"
    before = widget.log.evaluate(size)
    toggle = widget.find(".bar").get_by_role("button", name="大字")
    toggle.click()
    assert toggle.get_attribute("aria-pressed") == "true"
    assert widget.log.evaluate(size) >= 22 > before >= 16
    widget.page.reload()
    widget.open()
    assert widget.log.evaluate(size) >= 22


def test_a_page_written_from_right_to_left(make: Callable[..., Widget]) -> None:
    widget = host(make(), attributes=' dir="rtl"').open()
    launcher, mine = widget.launcher.bounding_box(), None
    assert launcher is not None
    assert launcher["x"] < 100
    widget.say("procedure")
    mine, log = widget.find(".mine").bounding_box(), widget.log.bounding_box()
    assert mine is not None
    assert log is not None
    assert mine["x"] - log["x"] < 60
    assert widget.log.evaluate(WIDER) <= 0


def test_dark_forced_colours_and_less_motion(make: Callable[..., Widget]) -> None:
    background = "node => getComputedStyle(node).backgroundColor"
    assert make(color_scheme="dark").visit().open().panel.evaluate(background) == "rgb(18, 24, 30)"
    assert make(color_scheme="light").visit().open().panel.evaluate(background) == "rgb(238, 243, 248)"
    still = make(reduced_motion="reduce").visit().open()
    assert still.find(".dots i").first.evaluate("node => getComputedStyle(node).animationName") == "none"
    forced = make(forced_colors="active").visit().open()
    for selector in (".primary", ".choices button", "textarea"):
        assert forced.find(selector).first.evaluate("node => getComputedStyle(node).borderTopStyle") == "solid"


def test_the_language_is_switched_for_the_widget_and_the_assistant(widget: Widget) -> None:
    widget.open()
    widget.find(".bar").get_by_role("button", name="English").click()
    widget.find(".reply").nth(1).wait_for()
    assert widget.fake.sent[-1]["text"] == "Please answer in English."
    assert widget.find("h2").inner_text() == "Social security card help"
    assert widget.find(".primary").inner_text() == "Send"
    assert widget.panel.get_attribute("lang") == "en"
    assert widget.log.get_attribute("aria-label") == "Conversation"
