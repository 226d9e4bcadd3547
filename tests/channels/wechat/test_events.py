"""T10–T12: every kind of message and event."""

from __future__ import annotations

import pytest

from bot.channels.wechat.simulator.account import PERSON, push
from tests.channels.conftest import ScriptedBot, eventually, question, reply
from tests.channels.wechat.conftest import SlowBot, Wechat, sender

WORDLESS = {
    "voice": ({"MediaId": "m", "Format": "amr", "Recognition": ""}, "语音"),
    "image": ({"PicUrl": "http://127.0.0.1/p", "MediaId": "m"}, "图片"),
    "video": ({"MediaId": "m", "ThumbMediaId": "t"}, "视频"),
    "shortvideo": ({"MediaId": "m", "ThumbMediaId": "t"}, "视频"),
    "location": ({"Location_X": "38.9", "Location_Y": "121.6", "Scale": "15", "Label": "大连"}, "位置"),
    "link": ({"Title": "t", "Description": "d", "Url": "http://127.0.0.1/"}, "链接"),
}
SILENT_EVENTS = [
    "LOCATION",
    "VIEW",
    "scancode_push",
    "scancode_waitmsg",
    "pic_sysphoto",
    "pic_weixin",
    "location_select",
]
SILENT_EVENTS += ["TEMPLATESENDJOBFINISH", "MASSSENDJOBFINISH", "something_new"]


@pytest.mark.parametrize("kind", WORDLESS)
def test_t10_messages_without_words(plain: Wechat, bot: SlowBot, kind: str) -> None:
    fields, word = WORDLESS[kind]
    for spelling in (kind, kind.upper(), kind.title()):
        text = plain.show(push(spelling, **fields))
        assert text is not None
        assert word in text
    assert bot.texts == []


def test_t10_a_wordless_message_is_answered_in_the_persons_language(plain: Wechat, bot: SlowBot) -> None:
    bot.answer = lambda text: [reply("Noted.", language="en")]
    plain.say("my card is lost")
    assert plain.show(push("image", MediaId="m")) == (
        "Sorry, I cannot look at pictures; please do not send photos of documents. Type what happened instead."
    )


def test_t10_voice_with_recognition_is_understood(plain: Wechat, bot: SlowBot) -> None:
    assert plain.show(push("voice", MediaId="m", Format="amr", Recognition="社保卡丢了。")) == "收到：社保卡丢了。"
    assert bot.texts == ["社保卡丢了。"]


@pytest.mark.parametrize("event", SILENT_EVENTS)
def test_t10_events_nobody_answers(plain: Wechat, bot: SlowBot, event: str) -> None:
    assert plain.event(event, EventKey="x", Latitude="38.9") is None
    assert bot.texts == []


def test_t10_unknown_kinds(plain: Wechat, bot: SlowBot) -> None:
    assert plain.show(push("hologram", Content="x")) is None
    assert plain.show(push("", Content="x")) is None
    assert plain.say("【收到不支持的消息类型，暂无法显示】") == "抱歉，我看不了这种消息，请用文字说说遇到了什么事。"
    for missing in ("FromUserName", "ToUserName"):
        xml = push("text", Content="你好").replace(missing, "Other")
        assert plain.post(xml.encode()).content == b"success"
    assert bot.texts == []


def test_t10_texts_nothing_can_be_made_of(plain: Wechat, bot: SlowBot) -> None:
    assert "还没有输入内容" in str(plain.say("\u200b /"))
    assert "2000 字以内" in str(plain.say("长" * 2_001))
    assert bot.texts == []


def test_t10_the_accounts_own_menu(plain: Wechat, bot: SlowBot) -> None:
    plain.event("CLICK", EventKey="topic:lost-card")
    plain.event("click", EventKey="region:dalian")
    plain.event("Click", EventKey="电子社保卡")
    plain.event("CLICK", EventKey='/choose{"choice": "topic:x"}')
    assert bot.texts == [
        '/choose{"choice": "topic:lost-card"}',
        '/choose{"choice": "fact:region=dalian"}',
        "电子社保卡",
        'choose{"choice": "topic:x"}',
    ]


def test_t10_scanning_as_a_follower(plain: Wechat, bot: SlowBot) -> None:
    plain.event("SCAN", EventKey="topic:pin-reset", Ticket="t")
    assert plain.event("SCAN", EventKey="42", Ticket="t") == "您好，我是办事助手。"
    assert bot.texts == ['/choose{"choice": "topic:pin-reset"}', "/open"]


@pytest.mark.parametrize("spelling", ["subscribe", "SUBSCRIBE"])
def test_t11_following(plain: Wechat, bot: SlowBot, spelling: str) -> None:
    assert plain.event(spelling, EventKey="") == "您好，我是办事助手。"
    assert bot.texts == ["/open"]
    assert bot.seen[0].sender_id == sender(PERSON)
    assert bot.seen[0].input_channel == "wechat"


@pytest.mark.parametrize(
    ("scene", "payload"),
    [
        ("topic:lost-card", "topic:lost-card"),
        ("topic_lost-card", "topic:lost-card"),
        ("region:dalian", "fact:region=dalian"),
    ],
)
def test_t11_following_by_a_code(plain: Wechat, bot: ScriptedBot, scene: str, payload: str) -> None:
    def answer(text: str) -> list[dict[str, object]]:
        return [question()] if text.startswith("/choose") else [reply("您好。")]

    bot.answer = answer
    text = plain.event("subscribe", EventKey=f"qrscene_{scene}", Ticket="t")
    assert text is not None
    assert text.startswith("您好。\n\n谁去办理？\n1. ")
    assert [message.text for message in bot.seen] == ["/open", f'/choose{{"choice": "{payload}"}}']


def test_t11_a_question_that_waited_is_not_asked_before_the_codes_own(plain: Wechat, bot: ScriptedBot) -> None:
    bot.answer = lambda text: [reply("您好。"), question()] if text == "/open" else [question()]
    text = plain.event("subscribe", EventKey="qrscene_topic:lost-card", Ticket="t")
    assert text is not None
    assert text.startswith("您好。\n\n谁去办理？\n1. ")
    assert text.count("谁去办理？") == 1


@pytest.mark.parametrize("key", ["last_trade_no_1", "qrscene_42", 'qrscene_topic:"}{', "qrscene_"])
def test_t11_other_scenes_are_only_greeted(plain: Wechat, bot: SlowBot, key: str) -> None:
    assert plain.event("subscribe", EventKey=key) == "您好，我是办事助手。"
    assert bot.texts == ["/open"]


def test_t12_leaving_deletes_everything(plain: Wechat, bot: SlowBot) -> None:
    other = "oSomebodyElse00000000000001"
    for person in (PERSON, other):
        plain.say("谁去", person)
    assert len(rows(bot, PERSON)) > 0
    query, body = plain.account.delivery(push("event", Event="unsubscribe"))
    response = plain.post(body, query)
    assert (response.status_code, response.content) == (200, b"success")
    eventually(lambda: rows(bot, PERSON) == [])
    assert len(rows(bot, other)) > 0
    assert "失效" in str(plain.say("1"))  # the choices are gone as well
    assert plain.say("1", other) == '收到：/choose{"choice": "fact:applicant=self"}'
    assert plain.event("unsubscribe", "oNeverSeenBefore0000000001") is None


def test_t12_leaving_while_an_answer_is_being_made(plain: Wechat, bot: SlowBot) -> None:
    from concurrent.futures import ThreadPoolExecutor

    bot.delays["慢"] = 1.0
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(plain.say, "慢")
        eventually(lambda: bool(bot.lock_store.conversation_locks))
        assert plain.event("unsubscribe") is None
        assert slow.result() == "收到：慢"
    eventually(lambda: bot.texts == ["慢"] and rows(bot, PERSON) == [])


def test_t12_leaving_is_tried_again_while_the_database_is_away(
    plain: Wechat, bot: SlowBot, caplog: pytest.LogCaptureFixture
) -> None:
    plain.say("你好")
    bot.ready = False
    assert plain.event("unsubscribe") is None
    eventually(lambda: "could not be deleted" in caplog.text)
    bot.ready = True
    eventually(lambda: rows(bot, PERSON) == [])
    assert sender(PERSON) not in caplog.text


def rows(bot: SlowBot, person: str) -> list[object]:
    with bot.store.engine.connect() as connection:
        found = connection.exec_driver_sql("select id from events where sender_id = ?", (sender(person),))
        return list(found.fetchall())
