"""What a turn costs as a conversation grows to 200 turns, and as conversations in the database grow to 100,000."""

from __future__ import annotations

import sqlite3
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median

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
_LONGEST = 100
"""Rows of a conversation that is copied: not those of two hundred turns."""
_COLUMNS = "sender_id, type_name, timestamp, intent_name, action_name, data"


@dataclass(frozen=True)
class Cost:
    """Of one turn: seconds a person waits (median), seconds of processor time of both servers (mean)."""

    waited: float
    processor: float

    def __str__(self) -> str:
        return f"{self.waited * 1000:.1f} ms waited, {self.processor * 1000:.1f} ms of processor time"


async def by_turn(system: System, seed: int = 0) -> list[Cost]:
    """The first, second, … turn over ``PEOPLE`` conversations, one after the other."""
    waited: list[list[float]] = [[] for _ in range(TURNS + WINDOW // 2)]
    used: list[list[float]] = [[] for _ in waited]
    texts = matters(seed)
    async with client() as http:
        for _ in range(PEOPLE):
            person = system.website(http)
            await person.begin()
            for number, kind in zip(range(len(waited)), _kinds()):
                cost = await _turn(system, person, Message(kind, next(texts)))
                waited[number].append(cost.waited)
                used[number].append(cost.processor)
    return [Cost(median(one), mean(other)) for one, other in zip(waited, used)]


def _kinds() -> Iterator[str]:
    while True:
        yield from (MATTER, CHOICE, CHOICE, MATTER)


async def _turn(system: System, person: Caller, message: Message) -> Cost:
    before, began = system.processor(), time.perf_counter()
    await person.say(message)
    return Cost(time.perf_counter() - began, system.processor() - before)


def late_by_early(costs: Sequence[Cost]) -> tuple[Cost, Cost]:
    """A turn around the fifth, and around the two-hundredth."""
    half = WINDOW // 2
    return _typical(costs[4 - half : 4 + half]), _typical(costs[TURNS - half : TURNS + half])


async def first_turns(system: System, seed: int) -> Cost:
    """The first topic question of ``MEASURED`` new conversations."""
    texts, costs = matters(seed), []
    async with client() as http:
        for number in range(MEASURED + 10):
            person: Caller = system.website(http)
            await person.begin()
            cost = await _turn(system, person, Message(MATTER, next(texts)))
            if number >= 10:
                costs.append(cost)
    return _typical(costs)


def _typical(costs: Sequence[Cost]) -> Cost:
    return Cost(median(cost.waited for cost in costs), mean(cost.processor for cost in costs))


def ratio(what: str, late: Cost, early: Cost) -> str:
    """One line of Markdown."""
    ratios = (
        f"{late.waited / early.waited:.2f} of the wait, {late.processor / early.processor:.2f} of the processor time"
    )
    return f"- {what}: {late}; before {early}: {ratios}"


def fill(database: Path, sessions: int = SESSIONS, at_once: int = 500) -> int:
    """Copy conversations in the tracker store under new sender ids, row by row as they are, until there are so many.

    The number of rows then. Raises OSError or sqlite3.Error when the disk does not hold them.
    """
    with closing(sqlite3.connect(database, timeout=30)) as connection:
        counted = connection.execute("SELECT sender_id, count(*) FROM events GROUP BY sender_id").fetchall()
        senders = [sender for sender, rows in counted if rows <= _LONGEST]
        rows = {
            sender: connection.execute(
                f"SELECT {_COLUMNS} FROM events WHERE sender_id = ? ORDER BY id", (sender,)
            ).fetchall()
            for sender in senders[:at_once]
        }
        kept = list(rows.values())
        for start in range(len(counted), sessions, at_once):
            with connection:
                for number in range(min(at_once, sessions - start)):
                    sender = f"web:{uuid.uuid4().hex}"
                    copied = [(sender, *row[1:]) for row in kept[number % len(kept)]]
                    connection.executemany(f"INSERT INTO events ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)", copied)
        return int(connection.execute("SELECT count(*) FROM events").fetchone()[0])
