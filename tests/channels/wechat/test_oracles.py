"""T27: a thousand random messages, read and encrypted by us, by wechatpy and by WeRoBot."""

from __future__ import annotations

import random
import time
from urllib.parse import parse_qs

import pytest

from bot.channels.wechat.cipher import MessageCipher
from bot.channels.wechat.envelope import Envelope
from bot.channels.wechat.events import Followed, Said, Scanned, read
from bot.channels.wechat.signature import sign
from bot.channels.wechat.simulator.account import ACCOUNT, Account, push
from bot.channels.wechat.xml_in import parse
from bot.channels.wechat.xml_out import text_answer
from tests.channels.wechat.conftest import AES_KEY, APP_ID, SAFE, TOKEN
from tests.channels.wechat.oracles import MessageCrypt, WeChatCrypto, check_signature, parse_message, parse_user_msg

ALPHABET = "社会保障卡挂失补领，。？！《》 \nabcXYZ019<>&'\"]]>/%+#👨‍👩‍👧😀🇨🇳é¥Ωж한あ𠮷"


def random_text(chance: random.Random, most: int = 80) -> str:
    """Text without blanks at its ends, which both oracles cut off."""
    return "".join(chance.choice(ALPHABET) for _ in range(chance.randrange(1, most))).strip() or "好"


def random_push(chance: random.Random) -> tuple[str, str, str]:
    """Kind, content and XML of a push."""
    person = "o" + "".join(chance.choices("abcdefghijkABCDEF0123456789_-", k=27))
    kind = chance.choice(["text", "text", "text", "voice", "subscribe", "SCAN"])
    text = random_text(chance)
    if kind == "text":
        return kind, text, push("text", person, Content=text)
    if kind == "voice":
        return kind, text, push("voice", person, MediaId="m", Format="amr", Recognition=text)
    scene = "".join(chance.choices("abc019:-", k=12))
    key = f"qrscene_{scene}" if kind == "subscribe" else scene
    return kind, scene, push("event", person, Event=kind, EventKey=key, Ticket="t")


@pytest.mark.parametrize("part", range(10))
def test_t27_a_hundred_random_messages(part: int) -> None:
    chance = random.Random(part)
    theirs, other = WeChatCrypto(TOKEN, AES_KEY, APP_ID), MessageCrypt(TOKEN, AES_KEY, APP_ID)
    envelope, cipher = Envelope(SAFE), MessageCipher(AES_KEY, APP_ID)
    account = Account(TOKEN, AES_KEY, APP_ID)
    for _ in range(100):
        kind, content, xml = random_push(chance)
        fields = parse(xml.encode())
        _same_fields(fields, kind, content, xml)
        timestamp, nonce = str(int(time.time())), str(chance.randrange(10**10))

        # Ours to them.
        query, body = account.delivery(xml)
        asked = {name: values[0] for name, values in parse_qs(query).items()}
        check_signature(TOKEN, asked["signature"], asked["timestamp"], asked["nonce"])
        encrypted = parse(body)["Encrypt"]
        arguments = (asked["timestamp"], asked["nonce"])
        assert theirs.decrypt_message(body, asked["msg_signature"], *arguments).encode() == xml.encode()
        assert other.decrypt_message(*arguments, asked["msg_signature"], encrypted) == xml.encode()

        # Theirs to us.
        for sealed in (theirs.encrypt_message(xml, nonce, timestamp), other.encrypt_message(xml, timestamp, nonce)):
            outer = parse(sealed.encode())
            assert outer["MsgSignature"] == sign(TOKEN, timestamp, nonce, outer["Encrypt"])
            assert cipher.decrypt(outer["Encrypt"]) == xml.encode()
            signed = f"timestamp={timestamp}&nonce={nonce}&encrypt_type=aes&msg_signature={outer['MsgSignature']}"
            assert envelope.open(signed, sealed.encode()).fields == fields

        _same_answer(theirs, envelope, content, timestamp, nonce)


def _same_fields(fields: dict[str, str], kind: str, content: str, xml: str) -> None:
    """All three read the same."""
    one, two = parse_message(xml), parse_user_msg(xml.encode())
    assert (one.source, one.target) == (two.source, two.target) == (fields["FromUserName"], fields["ToUserName"])
    assert int(fields["CreateTime"]) == int(two.time)
    meant = read(fields)
    assert meant is not None
    if kind == "text":
        assert one.content == two.content == fields["Content"] == content
        assert one.id == two.message_id == int(fields["MsgId"])
        assert meant.meaning == Said(content)
    elif kind == "voice":
        assert one.recognition == two.recognition == fields["Recognition"] == content
        assert meant.meaning == Said(content)
    elif kind == "subscribe":
        assert one.scene_id == content
        assert two.key == fields["EventKey"] == f"qrscene_{content}"
        assert meant.meaning == Followed(content)
    else:
        assert one.scene_id == two.key == fields["EventKey"] == content
        assert meant.meaning == Scanned(content)


def _same_answer(theirs: WeChatCrypto, envelope: Envelope, content: str, timestamp: str, nonce: str) -> None:
    """Our sealed answer, opened by wechatpy, is what we said."""
    answer = text_answer("oPerson", ACCOUNT, int(timestamp), content)
    outer = parse(envelope.seal(answer, nonce).encode())
    opened = theirs.decrypt_message(dict(outer), outer["MsgSignature"], outer["TimeStamp"], nonce)
    read_back = parse_message(opened)
    assert (read_back.source, read_back.target, read_back.content) == (ACCOUNT, "oPerson", content)
