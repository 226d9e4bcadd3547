"""Bodies cut up and put together again at random, sent to the channel."""

from __future__ import annotations

import random
from collections import Counter

import aiohttp

from bot.channels.wechat.simulator.account import Account, push

_PIECES = (
    b"<",
    b">",
    b"</xml>",
    b"]]>",
    b"<![CDATA[",
    b"&",
    b"&#0;",
    b"<!DOCTYPE x>",
    b"<Content>",
    b"\x00",
    b"\xff",
    b"9" * 40,
)
_SEEDS = (
    push("text", Content="社保卡丢了"),
    push("event", Event="subscribe", EventKey="qrscene_topic:lost-card"),
    push("voice", Recognition="补卡", MediaId="m", Format="amr"),
)


def mutated(body: bytes, chance: random.Random) -> bytes:
    """The body with up to six pieces cut out and others put in."""
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(body) + 1)
        new = chance.choice(_PIECES) if chance.random() < 0.5 else chance.randbytes(chance.randrange(8))
        body = body[:at] + new + body[at + chance.randrange(40) :]
    return body


async def send(address: str, account: Account, count: int, seed: int) -> Counter[str]:
    """How many of `count` mutated bodies were answered how: status and kind of answer.

    Half of them are broken before they are encrypted and signed, so that they reach the innermost reader.
    """
    chance, answers = random.Random(seed), Counter[str]()
    async with aiohttp.ClientSession() as http:
        for number in range(count):
            seed_xml = chance.choice(_SEEDS)
            if number % 2:
                inner = mutated(seed_xml.encode(), chance).decode("utf-8", "ignore")
                query, body = account.delivery(inner)
            else:
                query, whole = account.delivery(seed_xml)
                body = mutated(whole, chance)
            async with http.post(f"{address}?{query}", data=body) as response:
                answer = await response.read()
            kind = (
                answer.decode() if answer in (b"success", b"forbidden") else "XML" if answer[:5] == b"<xml>" else "else"
            )
            answers[f"{response.status} {kind}"] += 1
    return answers
