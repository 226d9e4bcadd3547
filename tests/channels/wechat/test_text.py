"""T20–T23: texts a phone shows: short enough, whole, safe in XML, with choices that work."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.wechat.mailbox import Mailbox, StaleChoice
from bot.channels.wechat.pages import LINK, cut, size, without_links
from bot.channels.wechat.render import PAGE_BYTES, MenuChoice, Rendered, menu_number, render
from bot.channels.wechat.xml_in import parse
from bot.channels.wechat.xml_out import text_answer
from tests.channels.conftest import question, reply
from tests.channels.wechat.conftest import PLAIN, SlowBot, Wechat, wechat_for

MENU = 171_403_650_400
FAMILY = "👨‍👩‍👧‍👦"


def rendered(*texts: str, **fields: Any) -> Rendered:
    return render([reply(text, **fields)["custom"] for text in texts], MENU)


@pytest.mark.parametrize("length", [1_949, 1_950, 1_951, 2_047, 2_048, 2_049, 4_000])
def test_t20_lengths(length: int) -> None:
    text = ("社" * 2_000).encode()[: length // 3 * 3].decode() + "a" * (length % 3)
    assert size(text) == length
    pages = rendered(text).pages
    assert len(pages) == (1 if length <= 1_950 else -(-length // 1_950))
    assert max(map(size, pages)) <= 1_950
    assert "".join(pages) == text


@pytest.mark.parametrize("shift", range(30))
def test_t20_nothing_is_cut_in_two(shift: int) -> None:
    """Emoji of several characters, a flag, an accent and a link lie across the border."""
    link = '<a href="https://www.example.gov.cn/card">在网页上查看</a>'
    for whole in (FAMILY, "🇨🇳", "👍🏽", "e\u0301", "❤️", link):
        text = "a" * (PAGE_BYTES - shift) + whole + "b" * 100
        pages = cut(text, PAGE_BYTES)
        assert "".join(pages) == text
        assert [whole in page for page in pages].count(True) == 1
        assert max(map(size, pages)) <= PAGE_BYTES


def test_t20_borders_are_sentences() -> None:
    sentences = [f"这是第{number}句话，说的是社会保障卡的办理步骤和材料。" for number in range(200)]
    pages = cut("".join(sentences), PAGE_BYTES)
    assert "".join(pages) == "".join(sentences)
    assert len(pages) == -(-size("".join(sentences)) // PAGE_BYTES)
    assert all(page.endswith("。") for page in pages)
    lines = cut("\n".join(f"{number}. Bring the original document" for number in range(300)), PAGE_BYTES)
    assert all(line.split(". ")[1] == "Bring the original document" for page in lines for line in page.split("\n"))


def test_t20_a_short_line_is_not_cut() -> None:
    lines = [f"{number}. 带上身份证件；到经办机构办理；{'当地要求时' * 8}" for number in range(60)]
    pages = cut("\n".join(lines), PAGE_BYTES)
    assert [line for page in pages for line in page.split("\n")] == lines


def test_t20_a_link_longer_than_a_page_becomes_its_label() -> None:
    assert cut(f'前<a href="https://x/{"y" * 3_000}">标签</a>后', PAGE_BYTES) == ["前标签后"]


def test_t20_ten_kilobytes_by_nine(plain: Wechat, bot: SlowBot) -> None:
    sentences = [f"第{number}步：带上身份证件到经办机构办理。" for number in range(200)]
    bot.answer = lambda text: [reply("".join(sentences))]
    shown = [str(plain.say("全部"))]
    while "回复9看下一页" in shown[-1]:
        shown.append(str(plain.say("9")))
        assert len(shown) < 10
    assert len(shown) == 6
    assert max(map(size, shown)) <= 2_000
    assert [page.rpartition("\n")[2] for page in shown[:-1]] == [
        f"（还有{left}页，回复9看下一页）" for left in range(5, 0, -1)
    ]
    assert "".join(page.partition("\n")[0] for page in shown) == "".join(sentences)
    assert plain.say("9") == "没有更多内容了。请用自己的话说说遇到了什么事。"
    assert bot.texts == ["全部"]


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(st.text(max_size=600), st.integers(40, 300))
def test_t20_any_text_in_any_pages(text: str, most: int) -> None:
    pages = cut(text, most)
    assert all(0 < size(page) <= most for page in pages)
    assert "".join("".join(pages).split()) == "".join(text.encode("utf-8", "ignore").decode().split())


NASTY = "a]]>b<c>&amp;</Content><MsgType>news</MsgType>\x00\x08\x1f\ufffe\ud800\n\t]]]]>>"


def test_t21_cdata(plain: Wechat, bot: SlowBot) -> None:
    fields = parse(text_answer("o]]>", "gh", 1, NASTY).encode())
    assert fields == {
        "ToUserName": "o]]>",
        "FromUserName": "gh",
        "CreateTime": "1",
        "MsgType": "text",
        "Content": "a]]>b<c>&amp;</Content><MsgType>news</MsgType>\n\t]]]]>>",
    }
    bot.answer = lambda text: [reply("说明]]>和</Content>，\x0b1 < 2 & 3")]
    assert plain.say("你好") == "说明]]>和</Content>，1 < 2 & 3"


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(st.text())
def test_t21_any_text_survives_xml(text: str) -> None:
    content = parse(text_answer("o", "gh", 1, text).encode())["Content"]
    kept = "".join(
        c for c in text if c in "\t\n\r" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )
    assert content == kept.replace("\r\n", "\n").replace("\r", "\n")


def test_t22_choices_are_numbered_and_linked(plain: Wechat, bot: SlowBot) -> None:
    bot.answer = lambda text: [question()]
    lines = str(plain.say("谁去")).split("\n")
    assert lines[0] == "谁去办理？"
    assert lines[-1] == "（回复编号，或点选项）"
    assert [without_links(line) for line in lines[1:-1]] == ["1. 本人办理", "2. 他人代办", "3. 不清楚"]
    address = LINK.pattern  # what a link looks like: double quotes, no other attribute
    assert address.startswith("<a href=")
    first = lines[1].partition('href="')[2].partition('"')[0]
    content, number = first.removeprefix("weixin://bizmsgmenu?msgmenucontent=").split("&msgmenuid=")
    assert unquote(content) == "本人办理"
    assert "%" not in unquote(content)
    assert len(number) == 14
    assert number.endswith("01")
    assert "fact" not in first


@pytest.mark.parametrize(
    "written", ["2", "２", " 2 ", "2.", "2、", "选2", "第2个", "二", "第二个", "他人代办", "他人代办。", "他人代辦"]
)
def test_t22_ways_to_choose(plain: Wechat, bot: SlowBot, written: str) -> None:
    plain.say("谁去")
    plain.say(written)
    assert bot.texts[1] == '/choose{"choice": "fact:applicant=agent"}'


def identity(text: str, number: int) -> str:
    return text.split("msgmenuid=")[number].partition('"')[0]


def test_t22_a_click(plain: Wechat, bot: SlowBot) -> None:
    shown = str(plain.say("谁去"))
    plain.say("他人代办", bizmsgmenuid=identity(shown, 2))
    plain.say("谁去")
    plain.say("他人代办", bizmsgmenuid="")  # test accounts send no id
    plain.say("谁去")
    plain.say("他人代办", bizmsgmenuid="101")  # another menu of the account
    assert [text for text in bot.texts if text != "谁去"] == ['/choose{"choice": "fact:applicant=agent"}'] * 3


def test_t22_an_earlier_question_can_still_be_clicked(plain: Wechat, bot: SlowBot) -> None:
    shown = str(plain.say("谁去"))
    plain.say("别的")
    plain.say("本人办理", bizmsgmenuid=identity(shown, 1))
    assert bot.texts[-1] == '/choose{"choice": "fact:applicant=self"}'


def test_t22_stale_choices(plain: Wechat, bot: SlowBot) -> None:
    stale = "这个选项已经失效，请从最新的回复里重新选择，或者直接输入您的问题。"
    assert plain.say("1") == stale
    assert plain.say("是", bizmsgmenuid="17140365040001") == stale
    shown = str(plain.say("谁去"))
    plain.say("别的")
    assert plain.say("1") == stale  # numbers belong to the latest answer only
    for number in range(3):
        plain.say(f"问题{'甲乙丙'[number]}")
    assert plain.say("本人办理", bizmsgmenuid=identity(shown, 1)) == stale
    assert not any(text.startswith("/choose") for text in bot.texts)


def test_t22_numbers_that_are_no_choice(plain: Wechat, bot: SlowBot) -> None:
    plain.say("谁去")
    for text in ("4", "0", "12333", "2022", "1和2"):
        assert plain.say(text) == f"收到：{text}"
        plain.say("谁去")


def test_t22_somebody_elses_choices(plain: Wechat, bot: SlowBot) -> None:
    shown = str(plain.say("谁去", "oFirst"))
    answer = str(plain.say("本人办理", "oSecond", bizmsgmenuid=identity(shown, 1)))
    assert "失效" in answer
    assert not any(text.startswith("/choose") for text in bot.texts)


def test_t22_titles_some_phones_cannot_link() -> None:
    choices = [{"title": title, "token": "t"} for title in ("100%", "a&b", 'say "x"', "C+", "<b>", "#1", "两 个", "好")]
    text = rendered("选", choices=choices).pages[0]
    assert text.split("\n")[1:8] == ["1. 100%", "2. a&b", '3. say "x"', "4. C+", "5. <b>", "6. #1", "7. 两 个"]
    assert text.count("<a ") == 1


def test_t22_many_choices_are_numbered_without_links_and_leave_nine_alone() -> None:
    choices = [{"title": f"第{number}个有服务网点的地区", "token": f"t{number}"} for number in range(1, 31)]
    made = rendered("哪里？", choices=choices)
    assert made.key == "0"
    assert "<a " not in made.pages[0]
    assert "30. 第30个有服务网点的地区" in made.pages[-1]
    assert made.pages[-1].endswith("（请回复编号）")
    mailbox = Mailbox()
    mailbox.show(made, MENU)
    assert mailbox.chosen("9", "") == MenuChoice("第9个有服务网点的地区", "t9", "zh")
    assert mailbox.chosen("", menu_number(MENU, 30)) == MenuChoice("第30个有服务网点的地区", "t30", "zh")
    with pytest.raises(StaleChoice):
        mailbox.chosen("", menu_number(MENU, 31))


def test_t22_numbered_lines_in_the_text_are_not_repeated() -> None:
    choices = [{"title": "在", "token": "a"}, {"title": "不在", "token": "b"}]
    made = rendered("卡在手上吗？\n1. 在\n2. 不在", choices=choices)
    assert without_links(made.pages[0]) == "卡在手上吗？\n1. 在\n2. 不在\n（回复编号，或点选项）"


def test_t23_other_messages(plain: Wechat, bot: SlowBot) -> None:
    bot.answer = lambda text: [
        {"text": "第一段\n\n还有"},
        {"image": "https://www.example.gov.cn/a.png"},
        {"elements": [{"title": "标题", "subtitle": "副标题"}]},
        {"custom": {"anything": "else"}},
        {"attachment": "https://www.example.gov.cn/b.pdf"},
        {"text": "选哪个？", "buttons": [{"title": "补卡", "payload": "/lost"}, {"title": "换卡"}]},
    ]
    text = without_links(str(plain.say("你好")))
    assert text == (
        "第一段\n\n还有\n\nhttps://www.example.gov.cn/a.png\n\n标题 副标题\n\nhttps://www.example.gov.cn/b.pdf\n\n"
        "选哪个？\n1. 补卡\n2. 换卡\n（回复编号，或点选项）"
    )
    plain.say("1")
    assert bot.texts[-1] == '/choose{"choice": "/lost"}'


def test_t23_a_bot_that_says_nothing_apologises(plain: Wechat, bot: SlowBot) -> None:
    bot.answer = lambda text: []
    assert "12333" in str(plain.say("你好吗"))
    assert str(plain.say("hello there")).startswith("Sorry")


PROCEDURE = {"topic": "lost-card", "title": "补卡", "facts": {"applicant": "agent", "region": "dalian"}}


def test_the_outcomes_web_page(bot: SlowBot) -> None:
    bot.answer = lambda text: [reply("步骤如下。", status="procedure", procedure=PROCEDURE)]
    with wechat_for(bot, replace(PLAIN, public_url="https://www.example.gov.cn/card")) as wechat:
        assert wechat.say("补卡") == (
            '步骤如下。\n<a href="https://www.example.gov.cn/card#topic=lost-card;language=zh;applicant=agent;region=dalian">'
            "在网页上查看</a>"
        )
    with wechat_for(bot, PLAIN) as wechat:
        assert wechat.say("补卡") == "步骤如下。"
