"""A day's traffic with personal numbers, and the search of everything it left behind."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from random import Random
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from bot.channels.text import normalise
from bot.channels.wechat.simulator.account import Account, push
from bot.channels.wechat.simulator.server import WechatServer
from bot.evaluation.security.texts import personal
from bot.evaluation.turns.client import Session

QUESTIONS = (
    "社保卡丢了怎么补办",
    "My card has expired",
    "身份证号印错了",
    "人工",
    "谢谢",
    "第29条怎么说",
    "大连在哪里办",
)
_LEAST = 6  # digits of a number that must not be found
_CHANCE = 10  # so many digits turn up by chance in clock times and probabilities
_ROWS = 1_000


@dataclass
class Left:
    """What was sent and what of it was found: needles by the file or table they were in."""

    messages: int = 0
    people: int = 0
    needles: set[str] = field(default_factory=set)
    found: list[str] = field(default_factory=list)
    files: int = 0
    rows: int = 0


def traffic(website: str, account: Account, people: int, chance: Random) -> Left:
    """Let people write on the website and in WeChat, each with personal numbers; some ask to be forgotten."""
    left = Left(people=people)
    wechat = WechatServer(f"{website}/webhooks/wechat", account)
    for person in range(people):
        texts = []
        for typed, number in personal(chance, 3):
            texts += [f"{chance.choice(QUESTIONS)}，{typed}", chance.choice(QUESTIONS)]
            left.needles |= _needles(number)
        open_id = f"oDay{chance.randrange(10**20):020}"
        left.needles.add(open_id)
        if person % 2:
            for text in texts:
                wechat.send(push("text", open_id, Content=_xml(text)), open_id)
            if person % 6 == 1:
                wechat.send(push("event", open_id, Event="unsubscribe"), open_id)
        else:
            _on_website(website, texts, person % 6 == 0, left)
        left.messages += len(texts)
    _strange_requests(website, account, left)
    return left


def search(folder: Path, left: Left) -> None:
    """Look for every needle in every file under a folder (not those links lead to), and in every table."""
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_file():
            continue
        left.files += 1
        content = path.read_bytes()
        text = content.decode("utf-8", "replace")
        left.found += [f"{needle} in {path.name}" for needle in sorted(left.needles) if holds(text, needle)]
        if content.startswith(b"SQLite format 3"):
            for block in _blocks(path):
                left.rows += len(block)
                together = "\n".join(block)
                left.found += [
                    f"{needle} in a row of {path.name}" for needle in left.needles if holds(together, needle)
                ]


def holds(text: str, needle: str) -> bool:
    """Whether a text holds a number; a short one only by itself, not as decimals or part of a longer one."""
    if needle not in text:
        return False
    short = needle.isdigit() and len(needle) <= _CHANCE
    return not short or re.search(rf"(?<![\d.]){needle}(?!\d)", text) is not None


def _on_website(website: str, texts: list[str], forget: bool, left: Left) -> None:
    session = Session(website, "zh")
    left.needles.add(session.token)
    try:
        for text in texts:
            session.say(text)
        if forget:
            session.say("请删除我的对话记录")
    finally:
        session.close()


def _strange_requests(website: str, account: Account, left: Left) -> None:
    """Numbers and OpenIDs where they do not belong: in addresses, in unsigned pushes, in requests that break off."""
    for number in range(20):
        needle = f"11010119900307{number:04}"
        left.needles.add(needle)
        for path in (f"website/{needle}", f"website/messages?id={needle}", f"wechat?openid=o{needle}&signature=x"):
            try:
                urlopen(f"{website}/webhooks/{path}", timeout=10).close()
            except (HTTPError, URLError):
                continue


def _needles(number: str) -> set[str]:
    """The number as it was written, and its digits in one row; only what is long enough to be nobody else's."""
    written = normalise(number)
    digits = "".join(sign for sign in written if sign.isdigit())
    rows = {written, digits, digits[:-1]} if len(digits) > _LEAST else {written}
    return {row for row in rows if "@" in row or (len(row) > _LEAST and sum(sign.isdigit() for sign in row) > _LEAST)}


def _blocks(path: Path) -> Iterator[list[str]]:
    """The rows of every table as text, a thousand at a time: thousands of needles are looked for in each block."""
    rows = _rows(path)
    while block := list(islice(rows, _ROWS)):
        yield block


def _rows(path: Path) -> Iterator[str]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            for row in database.execute(f'SELECT * FROM "{table}"'):
                yield " ".join(map(str, row))


def _xml(text: str) -> str:
    return "".join(sign for sign in text if sign >= " " or sign in "\t\n\r")
