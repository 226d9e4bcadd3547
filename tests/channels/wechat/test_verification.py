"""T1–T8: only WeChat gets in, and everybody else learns nothing."""

from __future__ import annotations

import base64
import struct
import time
from dataclasses import replace
from urllib.parse import parse_qs, urlencode

import pytest
import requests
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from bot.channels.wechat.cipher import CipherError, MessageCipher
from bot.channels.wechat.envelope import Envelope
from bot.channels.wechat.signature import is_signed, sign
from bot.channels.wechat.simulator.account import ACCOUNT, PERSON, Account, push
from bot.channels.wechat.xml_in import parse
from tests.channels.wechat.conftest import (
    AES_KEY,
    APP_ID,
    PLAIN,
    SAFE,
    TOKEN,
    SlowBot,
    Wechat,
    assert_forbidden,
    wechat_for,
)

ECHO = "4375120948345356249"


def signed(**changed: str | None) -> str:
    """The query of a verification, with arguments changed or (None) left out."""
    query: dict[str, str | None] = {"timestamp": str(int(time.time())), "nonce": "1514711492", "echostr": ECHO}
    query["signature"] = sign(TOKEN, str(query["timestamp"]), "1514711492")
    return urlencode({name: value for name, value in {**query, **changed}.items() if value is not None})


def test_t01_verification(plain: Wechat, safe: Wechat) -> None:
    for wechat in (plain, safe):
        response = wechat.get(signed())
        assert (response.status_code, response.text) == (200, ECHO)
        assert response.headers["content-type"] == "text/plain; charset=utf-8"
        assert wechat.get(signed(echostr="<script>")).text == "<script>"  # verbatim, and never as HTML
        assert wechat.server.verify()


@pytest.mark.parametrize("name", ["signature", "timestamp", "nonce", "echostr"])
def test_t01_missing_and_doubled_arguments(plain: Wechat, name: str) -> None:
    assert_forbidden(plain.get(signed(**{name: None})))
    assert_forbidden(plain.get(signed(**{name: ""})))
    value = parse_qs(signed())[name][0]
    assert_forbidden(plain.get(f"{signed()}&{name}={value}"))


@pytest.mark.parametrize(
    "changed",
    [
        {"signature": "0" * 40},
        {"signature": "é"},
        {"nonce": "1514711493"},
        {"timestamp": "1714036504"},
        {"timestamp": "-1"},
        {"timestamp": "１７１４０３６５０４"},
        {"timestamp": "9" * 500},
    ],
)
def test_t01_wrong_arguments(plain: Wechat, changed: dict[str, str]) -> None:
    assert_forbidden(plain.get(signed(**changed)))


def test_t01_other_queries_and_methods(plain: Wechat) -> None:
    for query in ("", "&&&", "%ff=1", "a=1&" * 100, "signature=%00&timestamp=%00&nonce=%00&echostr=%00"):
        assert_forbidden(plain.get(query))
    for method in ("PUT", "PATCH", "DELETE", "HEAD"):
        response = requests.request(method, f"{plain.address}?{signed()}", timeout=5)
        assert (response.status_code, response.content) in ((403, b"forbidden"), (403, b""))


def test_t01_window_of_time(bot: SlowBot) -> None:
    now = time.time()
    xml = push("text", Content="你好").encode()
    query = Account(TOKEN).delivery(xml.decode())[0]
    for window, offset, allowed in (
        (600, 590, True),
        (600, -590, True),
        (600, 610, False),
        (600, -610, False),
        (0, 1e8, True),
    ):
        envelope = Envelope(replace(PLAIN, window=window), clock=lambda offset=offset: now + offset)
        if allowed:
            assert envelope.open(query, xml).fields == parse(xml)
        else:
            with pytest.raises(Exception, match="too old or ahead of time"):
                envelope.open(query, xml)


def test_t02_an_empty_token_signs_nothing() -> None:
    for token in ("", None):
        assert not is_signed(sign("x", "1", "2")[:0], token, "", "")  # type: ignore[arg-type]
        assert not is_signed("da39a3ee5e6b4b0d3255bfef95601890afd80709", token, "", "")  # type: ignore[arg-type]
        with pytest.raises(ValueError, match="no token"):
            sign(token, "1", "2")  # type: ignore[arg-type]


def test_t03_no_downgrade(safe: Wechat, bot: SlowBot) -> None:
    """Plain bodies are refused once a key is configured, however well the query is signed."""
    xml = push("text", Content="社保卡丢了")
    plain_query = Account(TOKEN).delivery(xml)[0]
    encrypted_query, encrypted_body = safe.account.delivery(xml)
    assert_forbidden(safe.post(xml.encode(), plain_query))
    assert_forbidden(safe.post(encrypted_body, plain_query))
    assert_forbidden(safe.post(xml.encode(), encrypted_query))
    assert_forbidden(safe.post(xml.encode(), encrypted_query.replace("encrypt_type=aes", "encrypt_type=raw")))
    assert_forbidden(safe.post(encrypted_body, encrypted_query.replace("encrypt_type=aes", "encrypt_type=AES")))
    assert bot.texts == []
    assert safe.post(encrypted_body, encrypted_query).status_code == 200
    assert bot.texts == ["社保卡丢了"]


def test_t04_the_message_signature_counts(safe: Wechat, bot: SlowBot) -> None:
    query, body = safe.account.delivery(push("text", Content="社保卡丢了"))
    right = parse_qs(query)["msg_signature"][0]
    plain_signature = parse_qs(query)["signature"][0]
    for wrong in ("0" * 40, plain_signature, right.upper(), right[:-1], ""):
        assert_forbidden(safe.post(body, query.replace(right, wrong)))
    assert_forbidden(safe.post(body, query.replace("msg_signature", "other")))
    assert bot.texts == []
    assert safe.post(body, query).status_code == 200


def raw_encrypted(plain: bytes) -> str:
    """Bytes encrypted as they are, without any padding or checks."""
    key = base64.b64decode(AES_KEY + "=")
    encryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
    return base64.b64encode(encryptor.update(plain) + encryptor.finalize()).decode()


def padded(plain: bytes, padding: int | None = None, byte: int | None = None) -> bytes:
    missing = 32 - len(plain) % 32 if padding is None else padding
    return plain + bytes([missing if byte is None else byte]) * missing


def contents(length: int | None = None, app_id: str = APP_ID) -> bytes:
    xml = push("text", Content="社保卡丢了").encode()
    return b"r" * 16 + struct.pack(">I", len(xml) if length is None else length) + xml + app_id.encode()


def aligned(plain: bytes, to: int = 32) -> bytes:
    """The same message with spaces at the XML's end, so that it fills whole blocks."""
    xml = plain[20 : -len(APP_ID)]
    xml += b" " * (-len(plain) % to)
    return b"r" * 16 + struct.pack(">I", len(xml)) + xml + APP_ID.encode()


GOOD = MessageCipher(AES_KEY, APP_ID).encrypt(push("text", Content="社保卡丢了").encode())
BROKEN = {
    "another app id": raw_encrypted(padded(contents(app_id="wx0123456789abcdee"))),
    "no app id": raw_encrypted(padded(contents(app_id=""))),
    "padding 0": raw_encrypted(aligned(contents(), 32)[:-1] + b"\x00"),
    "padding 33": raw_encrypted(padded(aligned(contents(), 32), 64, 33)),
    "uneven padding": raw_encrypted(padded(aligned(contents()))[:-2] + b"\x1f\x20"),
    "no padding": raw_encrypted(aligned(contents())),
    "length beyond the end": raw_encrypted(padded(contents(length=100_000))),
    "length of four gigabytes": raw_encrypted(padded(contents(length=2**32 - 1))),
    "length too short": raw_encrypted(padded(contents(length=3))),
    "only padding": raw_encrypted(bytes([32]) * 32),
    "too short for a length": raw_encrypted(padded(b"r" * 17)),
    "truncated": GOOD[: len(GOOD) // 2 // 4 * 4],
    "an odd block": base64.b64encode(base64.b64decode(GOOD)[:-1]).decode(),
    "not base64": GOOD[:-4] + "$$$$",
    "url-safe base64": "-_" * 32,
    "no characters": "    ",
    "not ASCII": "密" * 64,
    "one character": "A",
}


@pytest.mark.parametrize("case", BROKEN)
def test_t05_broken_ciphertexts(safe: Wechat, bot: SlowBot, case: str, caplog: pytest.LogCaptureFixture) -> None:
    encrypted = BROKEN[case]
    timestamp, nonce = str(int(time.time())), "42"
    query = {"timestamp": timestamp, "nonce": nonce, "encrypt_type": "aes"}
    query["msg_signature"] = sign(TOKEN, timestamp, nonce, encrypted)
    body = f"<xml><Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>".encode()
    response = safe.post(body, urlencode(query))
    assert_forbidden(response)
    assert "Traceback" not in caplog.text + response.text
    assert bot.texts == []
    with pytest.raises(CipherError):
        MessageCipher(AES_KEY, APP_ID).decrypt(encrypted)


def test_t05_a_full_block_of_padding_is_right() -> None:
    plain = aligned(contents())
    assert len(plain) % 32 == 0
    assert b"MsgType" in MessageCipher(AES_KEY, APP_ID).decrypt(raw_encrypted(padded(plain)))


def test_t06_compatible_mode_uses_the_encrypted_part(safe: Wechat, bot: SlowBot) -> None:
    xml = push("text", Content="加密的内容")
    query, body = safe.account.delivery(xml)
    encrypted = parse(body)["Encrypt"]
    forged = push("text", person="oSomebodyElse", Content="明文的内容")
    both = forged.replace("</xml>", f"<Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>")
    response = safe.post(both.encode(), query)
    assert safe.account.shown(response.content, parse_qs(query)["nonce"][0]) == "收到：加密的内容"
    assert bot.texts == ["加密的内容"]


def test_t07_the_answer_is_encrypted_with_the_nonce_of_the_push(safe: Wechat) -> None:
    query, body = safe.account.delivery(push("text", Content="社保卡丢了"))
    response = safe.post(body, query)
    assert response.headers["content-type"] == "text/xml; charset=utf-8"
    outer = parse(response.content)
    assert set(outer) == {"Encrypt", "MsgSignature", "TimeStamp", "Nonce"}
    assert outer["Nonce"] == parse_qs(query)["nonce"][0]
    assert abs(int(outer["TimeStamp"]) - time.time()) < 5
    assert outer["MsgSignature"] == sign(TOKEN, outer["TimeStamp"], outer["Nonce"], outer["Encrypt"])
    inner = parse(MessageCipher(AES_KEY, APP_ID).decrypt(outer["Encrypt"]))
    assert (inner["ToUserName"], inner["FromUserName"]) == (PERSON, ACCOUNT)
    assert (inner["MsgType"], inner["Content"]) == ("text", "收到：社保卡丢了")
    assert abs(int(inner["CreateTime"]) - time.time()) < 5


def test_t08_success_is_not_encrypted(safe: Wechat) -> None:
    query, body = safe.account.delivery(push("event", Event="VIEW", EventKey="https://www.example.gov.cn"))
    response = safe.post(body, query)
    assert (response.status_code, response.content) == (200, b"success")


def test_refusals_are_logged_by_reason_only(bot: SlowBot, caplog: pytest.LogCaptureFixture) -> None:
    with wechat_for(bot, SAFE) as safe:
        safe.post(push("text", Content="giraffe").encode(), Account(TOKEN).delivery("")[0])
    assert "A request to the WeChat channel was refused: not encrypted." in caplog.text
    assert "giraffe" not in caplog.text
    assert PERSON not in caplog.text
