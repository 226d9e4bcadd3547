"""Many people at once, every push delivered three times at the same moment."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qs

import aiohttp

from bot.channels.wechat.simulator.account import Account, push

DELIVERIES = 3
PATIENCE = 10.0  # seconds; WeChat itself gives up after 5
QUESTIONS = (
    "社保卡丢了怎么办",
    "1",
    "2",
    "怎么激活社保卡",
    "My card has expired, what should I do?",
    "1",
    "需要带什么材料",
    "电子社保卡怎么申领",
    "谢谢",
    "银行卡密码忘了怎么办",
)


@dataclass
class Figures:
    """Seconds until each delivery was answered, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    pushes: int = 0
    unanswered: int = 0
    differing: int = 0
    late: int = 0

    def quantile(self, share: float) -> float:
        """The time within which this share of deliveries was answered."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class Crowd:
    """People of a made-up account who talk to the bot at `address` at the same time."""

    def __init__(self, address: str, account: Account, people: Sequence[str], pause: float) -> None:
        """`pause` is how long a person reads before the next message, in seconds."""
        self._address = address
        self._account = account
        self._people = people
        self._pause = pause
        self.figures = Figures()

    async def talk(self) -> Figures:
        """Everybody asks every question once."""
        connector, timeout = aiohttp.TCPConnector(limit=0), aiohttp.ClientTimeout(total=PATIENCE)
        async with aiohttp.ClientSession(connector=connector, timeout=timeout) as http:
            await asyncio.gather(*(self._person(http, number, name) for number, name in enumerate(self._people)))
        return self.figures

    async def _person(self, http: aiohttp.ClientSession, number: int, name: str) -> None:
        await asyncio.sleep(self._pause * number / len(self._people))
        for question in QUESTIONS:
            await self._push(http, name, push("text", name, Content=question))
            await asyncio.sleep(self._pause)

    async def _push(self, http: aiohttp.ClientSession, person: str, xml: str) -> None:
        shown = await asyncio.gather(*(self._deliver(http, person, xml) for _ in range(DELIVERIES)))
        self.figures.pushes += 1
        self.figures.unanswered += any(not text for text in shown)
        self.figures.differing += len(set(shown)) != 1
        self.figures.late += "正在办理" in str(shown[0]) or "being worked on" in str(shown[0])

    async def _deliver(self, http: aiohttp.ClientSession, person: str, xml: str) -> str | None:
        query, body = self._account.delivery(xml, person)
        started = time.monotonic()
        try:
            async with http.post(f"{self._address}?{query}", data=body) as response:
                answer = await response.read()
        except (aiohttp.ClientError, asyncio.TimeoutError):
            return None
        finally:
            self.figures.seconds.append(time.monotonic() - started)
        return self._account.shown(answer, parse_qs(query)["nonce"][0]) if response.status == 200 else None
