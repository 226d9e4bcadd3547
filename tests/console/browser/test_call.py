"""A whole call by keyboard alone, and what an operator relies on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.answers.conversation import Conversation
from bot.console.database import now
from bot.console.tables import sessions
from tests.console.browser.conftest import Console
from tests.eventually import eventually


def clipboard(console: Console) -> str:
    return str(console.page.evaluate("navigator.clipboard.readText()"))


def test_a_whole_call_by_keyboard_alone(open_console: Callable[..., Console]) -> None:
    console = open_console().visit()
    console.sign_in()
    console.page.locator(".hit").first.wait_for()
    assert console.page.evaluate("document.activeElement.id") == "query"
    console.page.keyboard.type("社保卡过期了，我妈替我去办，在大连")
    console.page.locator("#hit-0 .name", has_text="社保卡到期换卡").wait_for()
    console.press("Enter")
    console.page.locator(".script").wait_for()
    assert console.title() == "社保卡到期换卡"
    assert console.page.locator(".marks .mark").all_inner_texts() == ["由别人代办", "社保卡在大连办理"]
    assert console.page.locator("fieldset.next legend").inner_text().startswith("持卡人是谁")
    console.press("1")
    console.said("与上次选择相比")
    assert console.page.locator("fieldset.undecided").count() == 0
    assert "持卡人是成年人" in console.page.locator(".marks .mark").all_inner_texts()
    assert console.page.locator(".added").count() >= 1
    assert console.page.locator(".gone").count() >= 1
    console.press("c")
    console.said("已复制。")
    script = clipboard(console)
    assert script.startswith("关于社保卡到期换卡：请带持卡人的有效身份证件、代办人的居民身份证")
    assert not any(character.isdigit() for character in script)
    console.press("Shift+C")
    eventually(console.page, "navigator.clipboard.readText().then(text => text.includes('法律依据'))")
    console.press("l")
    console.said("链接已复制")
    assert clipboard(console).endswith("#banshi=card-expired:applicant.agent,holder.adult,region.dalian")
    console.press("w")
    console.said("已报给编辑。 有错")
    console.press("z")
    console.said("已撤回上一个选择。")
    assert console.page.locator("fieldset.next").count() == 1
    console.press("x")
    console.said("已开始新的来电。")
    assert console.page.locator("#outcome .empty").count() == 1
    assert console.page.locator("#region").input_value() == ""
    actions = [entry.action for entry in reversed(console.served.desk.audit.latest())]
    assert actions[:4] == ["sign_in", "search", "open", "copy"]
    assert {"link", "flag"} <= set(actions)
    matter = console.served.desk.queue.matters("open")[0]
    assert (matter.kind, matter.topic, matter.region) == ("wrong", "card-expired", "dalian")


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("sbkgq", "社保卡到期换卡"),
        ("mima", "社保卡密码重置"),
        ("电子社保卡", "电子社保卡"),
        ("lost my card", "社保卡挂失与补卡"),
        ("社保法58条", "《中华人民共和国社会保险法》第58条"),
        ("第五十八条", "《中华人民共和国社会保险法》第58条"),
    ],
)
def test_what_may_be_typed(console: Console, typed: str, first: str) -> None:
    console.look_for(typed, first)
    assert console.page.locator("#query").get_attribute("aria-activedescendant") == "hit-0"
    assert console.page.locator("#hit-0 .why").inner_text()
    console.press("Enter")
    console.page.locator("#outcome h2", has_text=first).wait_for()


def test_results_show_why_and_the_rejected_ones_are_one_key_away(console: Console) -> None:
    console.look_for("挂失", "社保卡挂失与补卡")
    before = console.page.locator(".hit").count()
    console.press("Enter")
    console.page.locator(".script").wait_for()
    console.press("r")
    assert console.page.locator(".hit").count() > before
    assert console.page.locator(".hit .mark.warn").first.inner_text() in {"把握不足", "其他地区", "排名靠后"}
    assert console.page.locator("[role=group][aria-label='显示未采用的']").count() == 1
    console.press("r")
    assert console.page.locator(".hit").count() == before


def test_the_slash_begins_the_next_search_wherever_the_cursor_is(console: Console) -> None:
    console.look_for("挂失", "社保卡挂失与补卡")
    console.press("/")
    console.page.keyboard.type("mima")
    console.page.locator("#hit-0 .name", has_text="社保卡密码重置").wait_for()
    assert console.page.locator("#query").input_value() == "mima"


def test_an_outcome_is_shown_with_the_widgets_own_elements(console: Console) -> None:
    console.look_for("社保卡丢了", "社保卡挂失与补卡")
    console.press("Enter")
    console.page.locator(".script").wait_for()
    for name in ("document", "step", "article", "source", "choices"):
        assert console.page.evaluate(f"customElements.get('banshi-{name}') !== undefined")
        assert console.page.locator(f"#outcome banshi-{name}").count() >= 1, name
    outcome = console.served.desk.tailor.outcome("lost-card", {}, "zh")["reply"]["procedure"]
    shown = console.page.locator("#outcome banshi-source").all_inner_texts()
    assert len(shown) == len(outcome["sources"]) > 3
    assert all(text.startswith(source["title"]) for text, source in zip(shown, outcome["sources"]))
    assert console.page.locator("#outcome banshi-article blockquote").all_inner_texts() == [
        article["text"] for article in outcome["legal_basis"]
    ]
    first = console.page.locator("banshi-choices button").first
    assert first.locator("kbd").inner_text() == "1"
    first.click()
    console.said("与上次选择相比")


def test_printing_leaves_only_the_outcome_on_the_paper(console: Console) -> None:
    console.look_for("社保卡丢了", "社保卡挂失与补卡")
    console.page.keyboard.type(" 13912345678")
    console.press("Enter")
    console.page.locator(".script").wait_for()
    console.page.evaluate("window.printed = 0; window.print = () => { window.printed += 1; }; 0")
    console.press("p")
    assert console.page.evaluate("window.printed") == 1
    console.page.emulate_media(media="print")
    for hidden in (".bar", ".box", "#found", "#facts", ".tools", ".foot"):
        assert not console.page.locator(hidden).first.is_visible(), hidden
    assert console.page.locator(".script").is_visible()
    assert "139" not in console.page.locator("body").inner_text()
    assert "print" in [entry.action for entry in console.served.desk.audit.latest()]


@pytest.mark.parametrize(("key", "kind"), [("n", "not_found"), ("w", "wrong"), ("o", "outdated")])
def test_one_key_reports_to_the_editors(console: Console, key: str, kind: str) -> None:
    console.look_for("补卡要多少钱", "社保卡挂失与补卡")
    console.page.keyboard.type(" 身份证110101199003071234")
    console.press("Enter")
    console.page.locator(".script").wait_for()
    console.press(key)
    console.said("已报给编辑。")
    (matter,) = console.served.desk.queue.matters("open")
    assert (matter.kind, matter.topic) == (kind, None if kind == "not_found" else "lost-card")
    (reports,) = console.served.desk.queue.reports_of([matter.id]).values()
    assert reports[0].knowledge == console.served.desk.assistant.catalogue.version
    assert "110101" not in matter.question
    assert "补卡要多少钱" in matter.question


def test_arrows_and_numbers_choose_a_result(console: Console) -> None:
    console.press("ArrowDown", "ArrowDown", "ArrowUp")
    assert console.page.locator("#query").get_attribute("aria-activedescendant") == "hit-1"
    name = console.page.locator("#hit-1 .name").inner_text()
    console.press("Enter")
    console.page.locator("#outcome h2", has_text=name).wait_for()
    third = console.page.locator("#hit-2 .name").inner_text()
    console.press("/", "Alt+Digit3")
    console.page.locator("#outcome h2", has_text=third).wait_for()


def test_the_region_stays_for_the_call_and_goes_with_it(console: Console) -> None:
    console.page.locator("#region").select_option("dalian")
    console.look_for("社保卡丢了", "社保卡挂失与补卡")
    console.press("Enter")
    console.page.locator(".mark", has_text="社保卡在大连办理").first.wait_for()
    console.look_for("密码忘了", "社保卡密码重置")
    console.press("Enter")
    console.page.locator("#outcome h2", has_text="社保卡密码重置").wait_for()
    assert console.page.locator("#region").input_value() == "dalian"
    assert "社保卡在大连办理" in console.page.locator(".marks .mark").all_inner_texts()


def test_facts_are_toggles_and_only_those_that_matter_are_shown(console: Console) -> None:
    console.look_for("身份证换了", "身份证")
    console.press("Enter")
    console.page.locator(".script").wait_for()
    shown = set(console.page.locator("#facts legend, #facts .field label").all_inner_texts())
    assert shown
    assert len(shown) < 9
    first = console.page.locator("#facts input").first
    first.focus()
    console.press("Space")
    console.said("与上次选择相比")
    assert console.page.evaluate("document.activeElement.id") == first.get_attribute("id"), "the focus stays"


def test_a_case_code_opens_what_the_caller_established(console: Console) -> None:
    facts = {"region": "dalian", "applicant": "agent"}
    code = console.served.desk.codes.create(Conversation("zh", "lost-card", facts))
    console.press("/")
    console.page.keyboard.type(code)
    console.page.locator(".case").wait_for()
    console.press("Enter")
    console.said("已打开办件码。")
    assert console.title() == "社保卡挂失与补卡"
    assert console.page.locator("#region").input_value() == "dalian"
    assert console.page.locator("#query").input_value() == ""
    console.press("/")
    console.page.keyboard.type("999999" if code != "999999" else "999998")
    console.page.locator(".case").wait_for()
    console.press("Enter")
    console.said("没有这个办件码")


def test_an_expired_session_keeps_the_call(console: Console) -> None:
    console.look_for("社保卡过期了，我妈替我去办，在大连", "社保卡到期换卡")
    console.press("Enter")
    console.page.locator(".script").wait_for()
    with console.served.desk.sessions.engine.begin() as database:
        database.execute(sa.update(sessions).values(seen=now() - timedelta(hours=2)))
    console.press("1")
    console.page.locator("#ended").wait_for()
    assert "本次通话的内容还在" in console.page.locator("#ended").inner_text()
    assert console.page.evaluate("document.activeElement.textContent") == "登录"
    console.press("Enter")
    console.sign_in()
    console.page.locator(".script").wait_for()
    assert console.title() == "社保卡到期换卡"
    assert console.page.locator("#query").input_value() == "社保卡过期了，我妈替我去办，在大连"
    marks = console.page.locator(".marks .mark").all_inner_texts()
    assert marks == ["由别人代办", "持卡人是成年人", "社保卡在大连办理"]


def test_signing_out_leaves_nothing_in_the_tab(console: Console) -> None:
    console.look_for("社保卡过期了", "社保卡到期换卡")
    assert "社保卡过期了" in console.page.evaluate("JSON.stringify(sessionStorage)")
    console.page.locator("#sign-out button").click()
    console.page.locator("#password").wait_for()
    assert console.page.evaluate("JSON.stringify(sessionStorage)") == "{}"


def test_personal_numbers_leave_neither_the_browser_nor_a_trace(console: Console) -> None:
    number = "210203199001011234"
    console.press("/")
    console.page.keyboard.insert_text(f"社保卡丢了 {number}")
    console.page.locator("#hit-0 .name", has_text="社保卡挂失与补卡").wait_for()
    console.press("Escape", "/")
    console.page.keyboard.insert_text(f"社保卡丢了 {number}")
    console.page.locator("#hit-0").wait_for()
    console.press("Enter")
    console.page.locator(".script").wait_for()
    console.press("n")
    console.said("已报给编辑。 没找到")
    assert not [url for url in console.requests if number in url]
    assert number not in console.page.evaluate("JSON.stringify(sessionStorage)")
    assert number not in console.served.desk.queue.matters("open")[0].question


def test_shortcuts_can_be_switched_off(console: Console) -> None:
    console.look_for("社保卡过期了", "社保卡到期换卡")
    console.press("Enter")
    console.page.locator(".script").wait_for()
    console.press("?")
    assert console.page.locator("dialog").is_visible()
    console.page.locator("#keys-on").focus()
    console.press("Space", "Escape")
    console.press("x")
    console.page.wait_for_timeout(300)
    assert console.title() == "社保卡到期换卡"


def test_letters_of_an_input_method_are_not_searched(console: Console) -> None:
    console.press("/")
    asked = len(console.requests)
    console.page.evaluate("""() => { const box = document.querySelector('#query');
      box.dispatchEvent(new CompositionEvent('compositionstart'));
      box.value = 'she bao'; box.dispatchEvent(new InputEvent('input', { isComposing: true, bubbles: true })); }""")
    console.page.wait_for_timeout(200)
    assert len(console.requests) == asked
    console.page.evaluate("""() => { const box = document.querySelector('#query'); box.value = '社保卡丢了';
      box.dispatchEvent(new CompositionEvent('compositionend', { data: '社保卡丢了', bubbles: true })); }""")
    console.page.locator("#hit-0 .name", has_text="社保卡挂失与补卡").wait_for()


def test_the_other_language(open_console: Callable[..., Console]) -> None:
    console = open_console(locale="en-GB").session()
    console.look_for("my card has expired, my mother will go for me", "has expired")
    console.press("Enter")
    console.page.locator(".script").wait_for()
    assert console.page.locator(".script > p").first.inner_text().startswith("About this:")
    assert console.page.locator("html").get_attribute("lang") == "en"
    console.page.locator("#answer-language").select_option("zh")
    console.page.locator("#outcome h2", has_text="社保卡到期换卡").wait_for()
