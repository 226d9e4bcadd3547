"""Typing: input methods, sending, and personal numbers that never leave the browser."""

from __future__ import annotations

import pytest

from tests.widget.conftest import Widget

PRESS = """([key, code, composing]) => {
  const field = document.querySelector("banshi-chat").shadowRoot.querySelector("textarea");
  field.dispatchEvent(new KeyboardEvent("keydown",
    {key, keyCode: code, isComposing: composing, bubbles: true, cancelable: true, composed: true}));
}"""
COMPOSED = """() => document.querySelector("banshi-chat").shadowRoot.querySelector("textarea")
  .dispatchEvent(new CompositionEvent("compositionend", {data: "社保"}))"""


def test_enter_while_composing_never_sends_and_afterwards_does(widget: Widget) -> None:
    widget.open()
    widget.field.fill("社保卡")
    widget.page.evaluate(PRESS, ["Enter", 13, True])
    widget.page.evaluate(PRESS, ["Enter", 229, True])
    widget.page.evaluate(COMPOSED)
    widget.page.evaluate(PRESS, ["Enter", 229, False])  # Safari: the Enter that ended the composition, after its end
    assert widget.field.input_value() == "社保卡"
    assert widget.fake.sent == []
    widget.page.wait_for_timeout(150)
    widget.page.evaluate(PRESS, ["Enter", 229, False])  # input methods that report 229 for every key
    widget.find(".reply").nth(1).wait_for()
    assert [body["text"] for body in widget.fake.sent] == ["社保卡"]


def test_a_real_composition_is_sent_only_by_the_enter_after_it(widget: Widget) -> None:
    widget.open()
    session = widget.page.context.new_cdp_session(widget.page)
    session.send("Input.imeSetComposition", {"text": "shebaoka", "selectionStart": 8, "selectionEnd": 8})
    widget.page.keyboard.press("Escape")
    assert widget.fake.sent == []
    session.send("Input.insertText", {"text": "社保卡过期"})
    widget.page.wait_for_timeout(150)
    widget.open() if not widget.panel.is_visible() else None
    widget.field.fill("社保卡过期")
    widget.page.keyboard.press("Enter")
    widget.find(".reply").nth(1).wait_for()
    assert [body["text"] for body in widget.fake.sent] == ["社保卡过期"]


def test_a_line_break_from_a_screen_keyboard_sends_and_shift_enter_does_not(widget: Widget) -> None:
    widget.open()
    widget.field.fill("一")
    widget.field.press("Shift+Enter")
    widget.field.type("二")
    assert widget.field.input_value() == "一\n二"
    assert widget.fake.sent == []
    script = """() => document.querySelector("banshi-chat").shadowRoot.querySelector("textarea").dispatchEvent(
      new InputEvent("beforeinput", {inputType: "insertLineBreak", bubbles: true, cancelable: true}))"""
    assert widget.page.evaluate(script) is False
    widget.find(".reply").nth(1).wait_for()
    assert [body["text"] for body in widget.fake.sent] == ["一\n二"]


def test_nothing_typed_sends_nothing_and_says_so(widget: Widget) -> None:
    widget.open()
    widget.field.fill("   ")
    widget.field.press("Enter")
    assert widget.status.inner_text() == "请先输入您的问题。"
    assert widget.fake.sent == []


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("身份证110101199003070012过期了", "身份证[身份证号码]过期了"),
        ("号码是 11010119900307001x 对吗", "号码是 [身份证号码] 对吗"),
        ("１１０１０１１９９００３０７００１２", "[身份证号码]"),
        ("110101 19900307 0012", "[身份证号码]"),
        ("老号码 110101900307001", "老号码 [身份证号码]"),
        ("卡号6222 0212 3456 7890 123", "卡号[银行卡号]"),
        ("打13800138000或138-0013-8000", "打[手机号码]或[手机号码]"),
        ("电话0411-82345678", "电话[电话号码]"),
        ("邮箱li.lei@example.com", "邮箱[电子邮箱]"),
        ("护照E12345678", "护照[证件号码]"),
        ("2024年11月22日办的，花了20元，打12333，第58条", "2024年11月22日办的，花了20元，打12333，第58条"),
        ("20241122到期，人社部发〔2011〕47号", "20241122到期，人社部发〔2011〕47号"),
    ],
)
def test_personal_numbers_are_hidden_before_they_are_sent(widget: Widget, typed: str, sent: str) -> None:
    widget.open().say(typed)
    assert widget.fake.sent[0]["text"] == sent
    assert widget.find(".mine").inner_text().removeprefix("您：\n") == sent
    notices = widget.find(".notice").all_inner_texts()
    assert len(notices) == (typed != sent)
    assert all(told.startswith("您输入的个人号码已隐去，没有发送。") for told in notices)
