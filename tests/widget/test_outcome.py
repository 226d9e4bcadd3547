"""Replies as people read them, and what can be done with an outcome."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from bot.catalogue.text import LANGUAGES, Language
from bot.evaluation.widget import canned
from bot.evaluation.widget.fake_server import BASE
from tests.eventually import eventually
from tests.widget.conftest import Widget

PAGES: dict[Language, str] = {"zh": BASE + "demo", "en": BASE + "demo-en"}
PRINT = "window.print = () => { window.printed = (window.printed ?? 0) + 1 }"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_shows_everything_the_reply_says(make: Callable[..., Widget], language: Language) -> None:
    card = make().visit(PAGES[language]).open().say("procedure").locator(".card")
    procedure = canned.replies(language)["procedure"]["procedure"]
    for summary in card.locator("summary").all():
        summary.click()
    shown = card.inner_text()
    assert card.locator("h3").inner_text() == procedure["title"]
    assert card.locator(".check li").count() == len(procedure["documents"]) > 2
    assert card.locator(".steps li").count() == len(procedure["steps"]) > 1
    said = [entry["text"] for part in ("documents", "steps", "legal_basis") for entry in procedure[part]]
    said += [*procedure["because"], *(source["title"] for source in procedure["sources"]), procedure["as_of"]]
    said += [source["checked_on"] for source in procedure["sources"]]
    assert [text for text in said if " ".join(text.split()) not in " ".join(shown.split())] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["question", "clarify", "abstain", "handover", "smalltalk", "notice", "greeting"])
def test_other_replies_show_their_text_and_every_choice_once(
    make: Callable[..., Widget], language: Language, kind: str
) -> None:
    widget = make().visit(PAGES[language]).open()
    reply = canned.replies(language)[kind]
    node = widget.find(".reply").first if kind == "greeting" else widget.say(kind)
    titles = [choice["title"] for choice in reply.get("choices", [])]
    assert node.locator(".choices button").all_inner_texts() == titles
    text = node.inner_text()
    assert all(text.count(title) >= 1 for title in titles)
    assert reply["text"].splitlines()[0] in text
    assert node.get_attribute("lang") == {"zh": "zh-CN", "en": "en"}[language]
    if kind == "handover":
        assert node.locator(".code strong").inner_text() == canned.CODE
        assert node.locator("a[href='tel:12333']").count() == 1
    if kind == "question":
        assert text.count(reply["question"]["why"]) == 1


def test_passages_stand_with_their_source(widget: Widget) -> None:
    node = widget.open().say("passages")
    passages = canned.replies("zh")["passages"]["passages"]
    assert node.locator("blockquote").all_inner_texts() == [passage["text"] for passage in passages]
    for place, passage in enumerate(passages):
        caption = node.locator("figcaption").nth(place).inner_text()
        assert passage["source"]["title"] in caption
        assert passage["source"]["checked_on"] in caption


def test_a_fact_is_changed_in_place(widget: Widget) -> None:
    card = widget.open().say("procedure").locator(".card")
    row = card.locator(".facts > li").first
    change = row.get_by_role("button", name="更改：由别人代办")
    assert change.get_attribute("aria-expanded") == "false"
    change.click()
    assert change.get_attribute("aria-expanded") == "true"
    row.get_by_role("button", name="由持卡人本人办理").click()
    widget.find(".card").nth(1).wait_for()
    assert widget.fake.sent[-1]["choice"] == "fact:applicant=self"
    assert widget.find(".mine").last.inner_text() == "您：\n由持卡人本人办理"
    assert widget.focused() == "textarea#field"


def test_an_open_fact_can_be_added(widget: Widget) -> None:
    card = widget.open().say("general").locator(".card")
    card.locator("summary", has_text="还不确定").click()
    card.get_by_role("button", name="持卡人未成年").click()
    widget.find(".card").nth(1).wait_for()
    assert widget.fake.sent[-1]["choice"] == "fact:holder=minor"


def test_the_choices_of_an_answered_question_go_away(widget: Widget) -> None:
    widget.open().say("question").get_by_role("button", name="未成年人（未满18周岁）").click()
    widget.find(".card").wait_for()
    assert not widget.find("[data-status=question] .choices").is_visible()
    assert widget.fake.sent[-1]["choice"] == "fact:holder=minor"


def test_the_aspect_asked_about_stands_first(widget: Widget) -> None:
    aspects = {"where": "办理地点", "fee": "费用", "documents": "需要带的材料", "steps": "办理步骤"}
    widget.open()
    base = canned.replies("zh")["procedure"]
    whole = {"fee": {"text": "免费。"}, "places": [{"name": "任一网点"}]}
    for aspect, heading in aspects.items():
        widget.fake.replies[aspect] = {**base, "procedure": {**base["procedure"], **whole, "aspect": aspect}}
        headings = widget.say(aspect).locator(".card h4").all_inner_texts()
        assert headings[1].startswith(heading)


@pytest.mark.parametrize(("language", "name"), [("zh", "打印"), ("en", "Print")])
def test_it_prints_on_one_sheet_and_the_page_comes_back(
    make: Callable[..., Widget], language: Language, name: str
) -> None:
    widget = make()
    widget.page.add_init_script(PRINT)
    widget.visit(PAGES[language]).open().say("procedure").get_by_role("button", name=name, exact=True).click()
    eventually(widget.page, "window.printed === 1")
    widget.page.emulate_media(media="print")
    paper = widget.page.locator("banshi-paper")
    assert paper.locator("h3").inner_text() == canned.replies(language)["procedure"]["procedure"]["title"]
    assert paper.locator("svg[role=img]").count() == 1
    assert paper.locator("button, summary").count() == 0
    assert not widget.page.locator("main").is_visible()
    assert not widget.launcher.is_visible()
    assert widget.page.pdf(format="A4").count(b"/Type /Page\n") == 1
    widget.page.emulate_media(media="screen")
    widget.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert paper.count() == 0
    assert widget.page.evaluate("document.adoptedStyleSheets.length") == 0


def test_it_is_saved_as_text_and_copied(make: Callable[..., Widget]) -> None:
    widget = make(permissions=["clipboard-read", "clipboard-write"]).visit().open()
    reply = widget.say("procedure")
    text = canned.replies("zh")["procedure"]["text"]
    with widget.page.expect_download() as saved:
        reply.get_by_role("button", name="保存").click()
    assert saved.value.suggested_filename == "社保卡到期换卡.txt"
    assert saved.value.path().read_text(encoding="utf-8-sig") == text + "\n"
    reply.get_by_role("button", name="复制", exact=True).click()
    eventually(widget.page, "navigator.clipboard.readText().then((text) => text.length > 100)")
    assert widget.page.evaluate("navigator.clipboard.readText()") == text
    assert widget.status.inner_text() == "已复制。"


def test_a_link_reopens_the_outcome_and_holds_ids_only(widget: Widget) -> None:
    reply = widget.open().say("procedure")
    reply.get_by_role("button", name="链接和二维码").click()
    address = reply.locator(".address a").inner_text()
    facts = canned.replies("zh")["procedure"]["procedure"]["facts"]
    assert urlsplit(address).query == ""
    assert urlsplit(address).fragment == f"banshi={canned.TOPIC}:" + ",".join(f"{f}.{v}" for f, v in facts.items())
    assert reply.locator("svg[role=img]").get_attribute("aria-label") == "二维码：用手机扫描打开这份说明"
    other = widget.page.context.new_page()
    other.goto(address)
    other.locator("banshi-chat .card").wait_for()
    assert widget.fake.sent[-1]["outcome"] == urlsplit(address).fragment.removeprefix("banshi=")
    assert "#" not in other.url


def test_a_link_on_the_page_opens_a_matter(widget: Widget) -> None:
    widget.page.get_by_role("link", name="到期换卡").click()
    widget.find(".card").wait_for()
    assert widget.fake.sent[-1]["outcome"] == "card-expired"
    assert widget.panel.is_visible()


def test_reading_aloud_speaks_every_sentence_and_stops(make: Callable[..., Widget]) -> None:
    widget = make()
    widget.page.add_init_script("""
      window.spoken = [];
      speechSynthesis.speak = (utterance) => window.spoken.push([utterance.lang, utterance.text]);
      speechSynthesis.cancel = () => { window.stopped = (window.stopped ?? 0) + 1 };""")
    reply = widget.visit().open().say("procedure")
    reply.get_by_role("button", name="朗读").click()
    spoken = widget.page.evaluate("window.spoken")
    assert len(spoken) > 10
    assert {lang for lang, _ in spoken} == {"zh-CN"}
    told = "".join(text for _, text in spoken)
    assert "".join(told.split()) == "".join(canned.replies("zh")["procedure"]["text"].split())
    reply.get_by_role("button", name="停止朗读").click()
    assert widget.page.evaluate("window.stopped") == 2
    assert len(widget.page.evaluate("window.spoken")) == len(spoken)
