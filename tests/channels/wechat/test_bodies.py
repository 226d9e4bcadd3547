"""T9: bodies meant to break in or break down; ten thousand mutated ones."""

from __future__ import annotations

import gc
import logging
import random
from collections import Counter
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels.wechat.envelope import Envelope, Forbidden
from bot.channels.wechat.events import read
from bot.channels.wechat.simulator.account import ACCOUNT, PERSON, Account, push
from bot.channels.wechat.xml_in import XmlError, parse
from bot.channels.wechat.xml_out import text_answer
from tests.channels.wechat.conftest import AES_KEY, APP_ID, PLAIN, SAFE, TOKEN, SlowBot, Wechat, assert_forbidden

TEXT = push("text", Content="社保卡丢了")
LAUGHS = (
    '<!DOCTYPE xml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    + TEXT.replace("社保卡丢了", "").replace("<![CDATA[]]>", "&c;")
)
REFUSED = {
    "a document type": "<!DOCTYPE xml>" + TEXT,
    "entities": LAUGHS,
    "an external entity": '<!DOCTYPE xml [<!ENTITY f SYSTEM "file:///etc/passwd">]><xml><Content>&f;</Content></xml>',
    "an external document type": '<!DOCTYPE xml SYSTEM "http://127.0.0.1:1/x.dtd">' + TEXT,
    "an undefined entity": "<xml><Content>&f;</Content></xml>",
    "a field twice": TEXT.replace("</xml>", "<Content>b</Content></xml>"),
    "a field in a field": TEXT.replace("<Content>", "<Content><FromUserName>x</FromUserName>"),
    "a processing instruction": "<?xml-stylesheet href='x'?>" + TEXT,
    "text between fields": TEXT.replace("<Content>", "text<Content>"),
    "another root": TEXT.replace("xml>", "html>"),
    "two roots": TEXT + TEXT,
    "too many fields": "<xml>" + "".join(f"<f{i}/>" for i in range(101)) + "</xml>",
    "deep nesting": "<xml>" + "<a>" * 5_000 + "</a>" * 5_000 + "</xml>",
    "an unclosed field": TEXT[:-10],
    "an unclosed CDATA": TEXT.replace("]]>", "", 1),
    "JSON": '{"MsgType": "text", "Content": "社保卡丢了"}',
    "a form": "MsgType=text&Content=a",
    "no body": "",
    "blanks": "  \n ",
    "a lone surrogate": "<xml><Content>&#xD800;</Content></xml>",
    "a null character": "<xml><Content>&#0;</Content></xml>",
}


@pytest.mark.parametrize("case", REFUSED)
def test_t09_refused_bodies(plain: Wechat, safe: Wechat, bot: SlowBot, case: str) -> None:
    """WeChat never sends these: they are acknowledged in plain mode, where the signature came with the query."""
    body = REFUSED[case].encode()
    with pytest.raises(XmlError):
        parse(body)
    response = plain.post(body)
    assert (response.status_code, response.content) == (200, b"success")
    assert_forbidden(safe.post(body))
    query, encrypted = safe.account.delivery(REFUSED[case])
    response = safe.post(encrypted, query)
    assert (response.status_code, response.content) == (200, b"success")
    assert bot.texts == []


def test_t09_invalid_utf8(plain: Wechat, bot: SlowBot) -> None:
    for body in (b"\xff\xfe", TEXT.encode("utf-16"), TEXT.encode("gbk"), TEXT.encode()[:-40] + b"\xe7\xa4</xml>"):
        response = plain.post(body)
        assert (response.status_code, response.content) == (200, b"success")
    declared = '<?xml version="1.0" encoding="gbk"?>' + TEXT
    assert plain.post(declared.encode("gbk")).content == b"success"
    assert bot.texts == []


def test_t09_size(plain: Wechat, bot: SlowBot) -> None:
    exactly = TEXT.replace("</xml>", f"<Pad>{'x' * (65_536 - len(TEXT.encode()) - 11)}</Pad></xml>").encode()
    assert len(exactly) == 65_536
    assert plain.post(exactly).status_code == 200
    assert bot.texts == ["社保卡丢了"]
    assert_forbidden(plain.post(exactly.replace(b"</Pad>", b"x</Pad>")))
    assert_forbidden(plain.post(b"x" * 100_000))


def test_what_wechat_does_send_is_read() -> None:
    written = '<?xml version="1.0" encoding="UTF-8"?>\n<!-- a comment -->\n' + TEXT.replace("</xml>", "\n</xml>\n")
    fields = parse(written.encode())
    assert fields["Content"] == "社保卡丢了"
    assert fields["FromUserName"] == PERSON
    assert fields["ToUserName"] == ACCOUNT
    assert parse(b"<xml><Content><![CDATA[a]]]]><![CDATA[>b]]></Content></xml>") == {"Content": "a]]>b"}
    assert parse(b"<xml><Content>a\x08\x14b</Content></xml>") == {"Content": "ab"}
    assert parse(b"\xef\xbb\xbf<xml><Content> a </Content><Empty/></xml>") == {"Content": " a ", "Empty": ""}
    assert parse(b"<xml><Content>1 &lt; 2 &amp; 3</Content></xml>") == {"Content": "1 < 2 & 3"}


PIECES = (
    *(
        b"<",
        b">",
        b"</xml>",
        b"]]>",
        b"<![CDATA[",
        b"&",
        b"&#0;",
        b"&#x10FFFF;",
        b"<!DOCTYPE x>",
        b"<Content>",
        b"\x00",
    ),
    *(b"\xff", b"\xe7\xa4", b"<xml>", b"Encrypt", b"</Encrypt>", b"9" * 40, "社".encode() * 40),
)
SEEDS = (
    TEXT,
    push("event", Event="subscribe", EventKey="qrscene_topic:lost-card"),
    push("voice", Recognition="补卡", MediaId="m", Format="amr"),
    text_answer(PERSON, ACCOUNT, 1, "x"),
)


def mutated(body: bytes, chance: random.Random) -> bytes:
    """The body with up to six pieces cut out and others put in."""
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(body) + 1)
        new = chance.choice(PIECES) if chance.random() < 0.5 else chance.randbytes(chance.randrange(8))
        body = body[:at] + new + body[at + chance.randrange(40) :]
    return body


def send(connection: HTTPConnection, path: str, body: bytes) -> tuple[int, bytes]:
    connection.request("POST", path, body)
    response = connection.getresponse()
    return response.status, response.read()


def resident() -> int:
    """Bytes of memory this process, server included, holds."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


def by_hundreds(check: Callable[[random.Random], None]) -> None:
    """Call the check with a hundred different sources of chance; a failing one is reported by its seed."""

    @settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None)
    @given(st.integers(0, 2**32))
    def hundred(seed: int) -> None:
        check(random.Random(seed))

    hundred()


def test_ten_thousand_mutated_bodies() -> None:
    """Opening and reading whatever comes raises nothing but a refusal."""
    counts: Counter[str] = Counter()
    envelopes = {False: Envelope(PLAIN), True: Envelope(SAFE)}
    accounts = {False: Account(TOKEN), True: Account(TOKEN, AES_KEY, APP_ID)}

    def check(chance: random.Random) -> None:
        for number in range(100):
            safe = number % 2 == 1
            query, body = accounts[safe].delivery(chance.choice(SEEDS))
            try:
                fields = envelopes[safe].open(query, mutated(body, chance)).fields
            except Forbidden as refusal:
                counts[refusal.reason] += 1
            else:
                counts["a push" if fields and read(fields) else "nothing to answer"] += 1

    by_hundreds(check)
    assert sum(counts.values()) == 10_000
    assert set(counts) == {"a push", "nothing to answer", "no Encrypt", "msg_signature"}
    assert min(counts.values()) > 20


def test_mutated_bodies_over_http(plain: Wechat, safe: Wechat, bot: SlowBot, caplog: pytest.LogCaptureFixture) -> None:
    """Over a real server: 200 or the one refusal, no trace of an error, and memory that stays where it is.

    `python -m bot.evaluation.wechat` does the same with 10,000 bodies and Rasa itself.
    """
    counts: Counter[tuple[int, bytes]] = Counter()
    memory: list[int] = []
    rounds: list[int] = []
    caplog.set_level(logging.ERROR)

    def check(chance: random.Random) -> None:
        for wechat in (plain, safe):
            connection = HTTPConnection(urlsplit(wechat.address).netloc, timeout=10)
            for _ in range(5):
                query, body = wechat.account.delivery(chance.choice(SEEDS))
                status, answer = send(connection, f"/webhooks/wechat?{query}", mutated(body, chance))
                assert answer in (b"success", b"forbidden") or answer.startswith(b"<xml>")
                counts[status, answer[:5]] += 1
            connection.close()
        rounds.append(len(rounds))
        if rounds[-1] in (19, 99):
            memory.append(resident())

    by_hundreds(check)
    assert sum(counts.values()) == 1_000
    assert set(counts) == {(200, b"succe"), (200, b"<xml>"), (403, b"forbi")}
    assert caplog.text == ""
    assert memory[1] - memory[0] < 16_000_000
