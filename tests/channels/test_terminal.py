"""The terminal chat against a running server."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

from bot.channels.terminal import WORDS, Server, chat, main, picked, show
from tests.channels.conftest import Client, ScriptedBot

ROOT = Path(__file__).parents[2]


def talk(client: Client, *lines: str, language: str = "zh") -> list[str]:
    out = io.StringIO()
    chat(Server(client.root, language), lines, out, WORDS[language], echo=True)
    return out.getvalue().splitlines()


def test_a_conversation(client: Client, bot: ScriptedBot) -> None:
    said = talk(client, "谁去\n", "２\n", "", "/quit\n", "never read\n")
    assert said == [
        "直接输入问题；输入数字选择；/quit 退出。",
        "您好，我是办事助手。",
        "",
        "> 谁去",
        "谁去办理？",
        "  1. 本人办理",
        "  2. 他人代办",
        "  3. 不清楚",
        "",
        "> ２",
        '收到：/choose{"choice": "fact:applicant=agent"}',
        "",
        "> /quit",
    ]
    assert len(bot.seen) == 3


def test_a_refusal_is_shown_and_the_chat_goes_on(client: Client) -> None:
    said = talk(client, "/", "再见", language="en")
    assert "There is nothing in your message yet. Please tell us in a sentence what happened." in said
    assert "收到：再见" in said


def test_choices_the_text_already_numbers_are_not_repeated() -> None:
    out = io.StringIO()
    choices = [{"title": "是", "token": "a"}, {"title": "否", "token": "b"}]
    assert show([{"text": "有卡吗？\n1. 是\n2. 否", "choices": choices}], out) == choices
    assert out.getvalue() == "有卡吗？\n1. 是\n2. 否\n\n"


def test_numbers_without_choices_are_text() -> None:
    assert picked("1", []) == ("text", "1")
    assert picked("3", [{"token": "a"}, {"token": "b"}]) == ("text", "3")
    assert picked("0", [{"token": "a"}]) == ("text", "0")
    assert picked("²", [{"token": "a"}, {"token": "b"}]) == ("choice", "b")


def test_piped(client: Client) -> None:
    command = [sys.executable, "-m", "bot.channels.terminal", "--url", client.root]
    run = subprocess.run(command, input="谁去\n1\n", text=True, capture_output=True, cwd=ROOT, timeout=30, check=True)
    assert "  2. 他人代办" in run.stdout
    assert run.stdout.rstrip().endswith('{"choice": "fact:applicant=self"}')


def test_no_server() -> None:
    assert main(["--url", "http://127.0.0.1:9", "--language", "en"]) == 1
