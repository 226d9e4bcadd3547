"""Under the strictest policy nothing is blocked, and nothing anybody writes becomes markup."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.evaluation.widget import canned
from bot.evaluation.widget.fake_server import BASE, fake_server
from tests.widget.conftest import Widget

STRICT = "default-src 'none'; script-src {0}; connect-src {0}; require-trusted-types-for 'script'; trusted-types 'none'"
PAGE = """<!doctype html><html lang="zh-CN"{attributes}><title>页面</title><meta name="viewport"
content="width=device-width"><body>{body}<script type="module" src="{base}widget.js" {data}></script></body></html>"""
ATTACKS = [
    "[点这里](javascript:alert(1))",
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "<svg onload=alert(1)>",
    "javascript:alert(1)",
    "https://example.com/\"onmouseover=alert(1)//'><b>",
    "data:text/html,<script>alert(1)</script>",
]


def host(widget: Widget, data: str = "", attributes: str = "", body: str = "<main><h1>页面</h1></main>") -> Widget:
    """A page with nothing but the widget, under the strictest policy."""
    policy = {"content-security-policy": STRICT.format(widget.fake.address)}
    html = PAGE.format(base=widget.fake.address + BASE, data=data, attributes=attributes, body=body)
    widget.fake.pages["/host"] = (html, policy)
    return widget.visit("/host")


def test_nothing_is_blocked_in_a_whole_conversation(make: Callable[..., Widget]) -> None:
    widget = make()
    widget.page.add_init_script("window.print = () => {}")
    host(widget, 'data-colour="#7a1fa2"').open()
    for kind in canned.replies("zh"):
        widget.say(kind)
    card = widget.find("[data-status=procedure]").first
    for name in ("链接和二维码", "保存", "复制", "打印", "朗读"):
        card.get_by_role("button", name=name, exact=True).click()
    card.locator("svg").wait_for()
    assert widget.violations() == []
    assert widget.foreign() == []
    assert widget.panel.evaluate("node => getComputedStyle(node).position") == "fixed"


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_a_person_types_stays_text(widget: Widget, attack: str) -> None:
    widget.open().say(attack)
    assert widget.find(".mine").inner_text() == "您：\n" + attack
    assert widget.find(".mine :not(.hidden, bdi)").count() == 0


def test_what_the_server_says_stays_text_and_only_web_addresses_become_links(widget: Widget) -> None:
    base = canned.replies("zh")
    text = "\n".join(ATTACKS)
    procedure = base["procedure"]["procedure"]
    bad = {
        **procedure,
        "title": ATTACKS[1],
        "because": [ATTACKS[2]],
        "facts": {"applicant": "agent"},
        "documents": [{"id": "a", "text": ATTACKS[1], "only_if": ATTACKS[3]}],
        "steps": [{"id": "a", "text": text, "place": ATTACKS[3]}],
        "places": [{"name": ATTACKS[0], "url": "javascript:alert(1)", "phone": "tel:javascript:alert(1)"}],
        "legal_basis": [{"law": "a", "title": ATTACKS[1], "article": "1", "text": text, "url": ATTACKS[4]}],
        "sources": [{"id": "a", "title": ATTACKS[1], "url": ATTACKS[6], "confidence": "official"}],
    }
    widget.fake.replies["bad"] = {**base["procedure"], "text": text, "procedure": bad}
    widget.fake.replies["worse"] = {**base["smalltalk"], "text": text, "choices": [{"title": ATTACKS[1], "token": "x"}]}
    widget.open()
    for name in ("bad", "worse"):
        reply = widget.say(name)
        for summary in reply.locator("summary").all():
            summary.click()
        assert reply.locator("img, script, iframe, b, svg").count() == 0
        addresses = [link.get_attribute("href") for link in reply.locator("a").all()]
        assert set(addresses) <= {"https://example.com/", "tel:12333"}
        assert "https://example.com/" in addresses
        assert "<img src=x onerror=alert(1)>" in reply.inner_text()
    assert widget.find(".reply a[target=_blank]").first.get_attribute("rel") == "noopener noreferrer"


def test_the_data_attributes_are_heeded(make: Callable[..., Widget]) -> None:
    data = 'data-language="en" data-region="dalian" data-position="start" data-colour="#ffcc00"'
    widget = host(make(), data + ' data-intro="Welcome to our bureau." data-launch="Ask us"')
    assert widget.launcher.inner_text() == "Ask us"
    widget.open()
    assert widget.fake.opened == [{"language": "en", "region": "dalian"}]
    assert "Welcome to our bureau." in widget.panel.inner_text()
    box = widget.panel.bounding_box()
    assert box is not None
    assert box["x"] < 100


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("colour", ["#ffcc00", "#ff0000", "#111111", "#ffffff", "#14508c"])
def test_every_colour_is_made_readable(make: Callable[..., Widget], colour: str, scheme: str) -> None:
    widget = host(make(color_scheme=scheme), f'data-colour="{colour}"').open()
    script = """node => { const style = getComputedStyle(node);
      const light = (text) => text.match(/[\\d.]+/g).slice(0, 3).map((v) => v / 255)
        .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
        .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
      const [a, b] = [light(style.color), light(style.backgroundColor)].sort((x, y) => x - y);
      return (b + 0.05) / (a + 0.05) }"""
    for selector in (".launcher", ".primary", ".choices button"):
        assert widget.find(selector).first.evaluate(script) >= 4.5


def test_a_page_of_another_origin_may_use_it_only_as_its_policy_says(make: Callable[..., Widget]) -> None:
    widget = make()
    with fake_server() as elsewhere:
        html = PAGE.format(base=widget.fake.address + BASE, data="", attributes="", body="")
        elsewhere.pages["/host"] = (html, {})
        with widget.page.expect_event("requestfailed") as failed:
            widget.page.goto(elsewhere.address + "/host")
        assert failed.value.url.endswith("widget.js")  # the server named no origin, so the browser refuses the module
        assert widget.find("#panel").count() == 0
        widget.requests[:] = [url for url in widget.requests if not url.startswith(elsewhere.address)]
