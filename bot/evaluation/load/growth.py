"""What a turn costs as a conversation grows to 200 turns, and as conversations in the database grow to 100,000."""

from __future__ import annotations

import asyncio
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from statistics import median

from bot.evaluation.load.beside import client
from bot.evaluation.load.callers import Caller
from bot.evaluation.load.mix import CHOICE, MATTER, Message, matters
from bot.evaluation.load.systems import System

TURNS = 200
PEOPLE = 6
WINDOW = 8
"""Turns around the fifth and the two-hundredth that are taken together: two rounds of the four kinds below."""
SESSIONS = 100_000
MEASURED = 60
_COLUMNS = "sender_id, type_name, timestamp, intent_name, action_name, data"


async def by_turn(system: System, seed: int = 0) -> list[float]:
    """Median seconds of the first, second, … turn over ``PEOPLE`` conversations, one after the other."""
    seconds: list[list[float]] = [[] for _ in range(TURNS + WINDOW // 2)]
    texts, loop = matters(seed), asyncio.get_running_loop()
    async with client() as http:
        for _ in range(PEOPLE):
            person = system.website(http)
            await person.begin()
            for number, kind in zip(range(len(seconds)), _kinds()):
                began = loop.time()
                await person.say(Message(kind, next(texts)))
                seconds[number].append(loop.time() - began)
    return [median(each) for each in seconds]


def _kinds() -> Iterator[str]:
    while True:
        yield from (MATTER, CHOICE, CHOICE, MATTER)


def late_by_early(medians: list[float]) -> tuple[float, float]:
    """Seconds of a turn around the fifth, and around the two-hundredth."""
    half = WINDOW // 2
    return median(medians[4 - half : 4 + half]), median(medians[TURNS - half : TURNS + half])


async def first_turns(system: System, seed: int) -> float:
    """Median seconds of the first topic question of ``MEASURED`` new conversations."""
    texts, loop, seconds = matters(seed), asyncio.get_running_loop(), []
    async with client() as http:
        for number in range(MEASURED + 10):
            person: Caller = system.website(http)
            await person.begin()
            began = loop.time()
            await person.say(Message(MATTER, next(texts)))
            if number >= 10:
                seconds.append(loop.time() - began)
    return median(seconds)


def fill(database: Path, sessions: int = SESSIONS, at_once: int = 500) -> int:
    """Copy conversations in the tracker store under new sender ids, row by row as they are, until there are so many.

    The number of rows then. Raises OSError or sqlite3.Error when the disk does not hold them.
    """
    with closing(sqlite3.connect(database, timeout=30)) as connection:
        senders = [sender for (sender,) in connection.execute("SELECT DISTINCT sender_id FROM events")]
        rows = {
            sender: connection.execute(
                f"SELECT {_COLUMNS} FROM events WHERE sender_id = ? ORDER BY id", (sender,)
            ).fetchall()
            for sender in senders[:at_once]
        }
        kept = list(rows.values())
        for start in range(len(senders), sessions, at_once):
            with connection:
                for number in range(min(at_once, sessions - start)):
                    sender = f"web:{uuid.uuid4().hex}"
                    copied = [(sender, *row[1:]) for row in kept[number % len(kept)]]
                    connection.executemany(f"INSERT INTO events ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)", copied)
        return int(connection.execute("SELECT count(*) FROM events").fetchone()[0])
