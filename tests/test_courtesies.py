"""Politeness changes nothing about what a message is about."""

from __future__ import annotations

import pytest

from bot.courtesies import without_courtesies


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("您好，我想问一下社保卡过期了怎么办", "社保卡过期了怎么办"),
        ("你好！请问社保卡丢了在哪里挂失？谢谢您", "社保卡丢了在哪里挂失"),
        ("不好意思打扰一下，孩子怎么办社保卡，麻烦您了", "孩子怎么办社保卡"),
        ("喂，我要咨询个问题，卡的密码忘了", "卡的密码忘了"),
        ("老师，社保卡怎么激活", "社保卡怎么激活"),
        ("帮我看看，卡上的名字错了，很急", "卡上的名字错了"),
        ("我想咨询孩子的社保卡", "孩子的社保卡"),
        ("社保卡磁条坏了怎么补办谢谢", "社保卡磁条坏了怎么补办"),
        ("Hello there, how do I renew my card? Thank you so much!", "how do I renew my card"),
        ("Excuse me, can you tell me where to collect the card", "where to collect the card"),
        ("Good morning sir. My card was swallowed by the machine, please help", "My card was swallowed by the machine"),
        ("I'd like to ask: is the card free of charge", "is the card free of charge"),
        ("hi，我的card丢了", "我的card丢了"),
    ],
)
def test_what_is_asked_is_left(text: str, question: str) -> None:
    assert without_courtesies(text) == question


@pytest.mark.parametrize(
    "text",
    [
        "你好",
        "您好，在吗",
        "Hello there!",
        "谢谢，再见",
        "好的，知道了，谢谢",
        "ok thank you very much",
        "你好像没有回答我的问题",
        "早产儿可以办社保卡吗",
        "客服电话是多少",
        "老师的社保卡在哪里领",
        "咨询电话是多少",
        "办这个卡太麻烦了",
        "history of the card",
        "help me apply for the card",
        "question about the fee",
        "",
        "，，，",
    ],
)
def test_what_is_no_mere_courtesy_stays(text: str) -> None:
    assert without_courtesies(text) == text
