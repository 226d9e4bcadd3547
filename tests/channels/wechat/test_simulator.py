"""The program that plays WeChat, against the channel."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from typing import Any

import pytest

from bot.channels.wechat.simulator import __main__ as simulator
from bot.channels.wechat.simulator.account import Account, BadAnswer
from bot.channels.wechat.simulator.server import OUT_OF_SERVICE, WechatServer
from bot.channels.wechat.xml_in import parse
from tests.channels.wechat.conftest import AES_KEY, APP_ID, TOKEN, SlowBot, Wechat

LINES = ":subscribe\n谁去\n2\n:again\n:tap 本人办理 101\n:image\n:nonsense\n:view\n:unsubscribe\n:quit\n后面"


def test_piped(safe: Wechat, bot: SlowBot) -> None:
    environment = {
        **os.environ,
        "BANSHI_URL": safe.address.removesuffix("/webhooks/wechat"),
        "BANSHI_WECHAT_TOKEN": TOKEN,
        "BANSHI_WECHAT_AES_KEY": AES_KEY,
        "BANSHI_WECHAT_APP_ID": APP_ID,
        "PYTHONUTF8": "1",
    }
    command = [sys.executable, "-W", "error", "-m", "bot.channels.wechat.simulator"]
    done = subprocess.run(command, input=LINES, env=environment, capture_output=True, text=True, encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")
    for words in (
        "安全模式 safe mode",
        "您好，我是办事助手。",
        "1. 本人办理\n2. 他人代办",
        "回答相同 the same",
        "看不了图片",
    ):
        assert words in done.stdout
    assert done.stdout.count("（没有显示 nothing is shown）") == 2
    assert "后面" not in done.stdout
    choices = [text for text in bot.texts if text.startswith("/choose")]
    assert choices == ['/choose{"choice": "fact:applicant=agent"}']


def test_a_wrong_token(safe: Wechat, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("BANSHI_URL", safe.address.removesuffix("/webhooks/wechat"))
    monkeypatch.setenv("BANSHI_WECHAT_TOKEN", "another")
    assert simulator.main() == 1
    assert "did not prove that it knows the token" in capsys.readouterr().err
    monkeypatch.delenv("BANSHI_WECHAT_TOKEN")
    assert simulator.main() == 2


def test_a_bot_that_refuses_is_given_up_after_three_deliveries(
    safe: Wechat, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("你好\n"))
    assert simulator._converse(WechatServer(safe.address, Account(TOKEN))) == 1  # plain pushes to a safe bot
    output = capsys.readouterr().out
    assert OUT_OF_SERVICE in output
    assert "第 3 次送达" in output


@pytest.mark.parametrize("body", [b"<html>", b"{}", b"", b"<xml></xml>", b"<xml><MsgType>news</MsgType></xml>"])
def test_answers_wechat_would_not_show(body: bytes) -> None:
    if not body:
        assert Account(TOKEN).shown(body, "1") is None
        return
    with pytest.raises(BadAnswer):
        Account(TOKEN).shown(body, "1")
    with pytest.raises(BadAnswer):
        Account(TOKEN, AES_KEY, APP_ID).shown(body, "1")


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("你好 吗", {"MsgType": "text", "Content": "你好 吗"}),
        (":subscribe topic:lost-card", {"Event": "subscribe", "EventKey": "qrscene_topic:lost-card"}),
        (":scan region:dalian", {"Event": "SCAN", "EventKey": "region:dalian"}),
        (":menu 补卡", {"Event": "CLICK", "EventKey": "补卡"}),
        (":voice 补卡", {"MsgType": "voice", "Recognition": "补卡"}),
        (":tap 本人 办理 12", {"Content": "本人 办理", "bizmsgmenuid": "12"}),
    ],
)
def test_lines(line: str, fields: dict[str, Any]) -> None:
    xml = simulator.push_of(line)
    assert xml is not None
    assert fields.items() <= parse(xml.encode()).items()
