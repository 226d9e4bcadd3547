"""``python -m bot.evaluation.wechat``: a Markdown table of what the channel does under load and under attack.

Needs running servers (BANSHI_URL), the channel's own settings, and read access to the conversations (BANSHI_DB or
BANSHI_VAR), where it counts how often the bot ran. ``make evaluate parts=wechat`` provides all of it.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import sys
from collections import Counter
from pathlib import Path

import sqlalchemy as sa

from bot.channels.settings import database_address
from bot.channels.wechat.identity import Identities
from bot.channels.wechat.settings import WechatSettings
from bot.channels.wechat.simulator.account import Account
from bot.evaluation.wechat.crowd import DELIVERIES, QUESTIONS, Crowd, Figures
from bot.evaluation.wechat.mutations import send

PEOPLE = 20
BODIES = 10_000


def main() -> int:
    """Print the table; 1 when something is not as promised."""
    settings = WechatSettings.from_environment(os.environ)
    if settings is None or "BANSHI_URL" not in os.environ:
        print("Set BANSHI_URL and the BANSHI_WECHAT settings of the running bot.", file=sys.stderr)
        return 2
    address = os.environ["BANSHI_URL"].rstrip("/") + "/webhooks/wechat"
    print(f"{PEOPLE} people, {len(QUESTIONS)} pushes each, every push delivered {DELIVERIES} times at once\n")
    print("| | deliveries | p50 | p95 | p99 | longest | unanswered | differing | late | bot runs per push |")
    print("|---|---|---|---|---|---|---|---|---|---|", flush=True)
    good = True
    for title, pause in (("without a pause", 0.0), ("3 s between messages", 3.0)):
        people = [f"oMeasured{secrets.token_hex(8)}" for _ in range(PEOPLE)]
        figures = asyncio.run(
            Crowd(address, Account(settings.token, settings.aes_key, settings.app_id), people, pause).talk()
        )
        runs = _runs(settings, people)
        print(_row(title, figures, runs), flush=True)
        good &= runs == figures.pushes and not figures.unanswered and not figures.differing
    return 0 if _attack(address, settings) and good else 1


def _row(title: str, figures: Figures, runs: int) -> str:
    times = " | ".join(f"{figures.quantile(share):.3f} s" for share in (0.5, 0.95, 0.99, 1.0))
    per_push = f"{runs / figures.pushes:.2f}"
    return (
        f"| {title} | {len(figures.seconds)} | {times} | {figures.unanswered} | {figures.differing} "
        f"| {figures.late} | {per_push} |"
    )


def _runs(settings: WechatSettings, people: list[str]) -> int:
    """Messages of these people in the conversations: as often has the bot run."""
    senders = [Identities(settings.secret).sender(person) for person in people]
    query = sa.text("SELECT count(*) FROM events WHERE type_name = 'user' AND sender_id IN :senders")
    engine = sa.create_engine(database_address(os.environ))
    with engine.connect() as connection:
        found = connection.execute(query.bindparams(sa.bindparam("senders", senders, expanding=True)))
        count: int = found.scalar_one()
    engine.dispose()
    return count


def _attack(address: str, settings: WechatSettings) -> bool:
    account = Account(settings.token, settings.aes_key, settings.app_id)
    asyncio.run(send(address, account, 1_000, seed=0))  # caches and pools fill
    before = _memory()
    answers = asyncio.run(send(address, account, BODIES, seed=1))
    after = _memory()
    print(f"\n{BODIES} mutated bodies\n\n| answer | times |\n|---|---|")
    for answer, times in sorted(answers.items()):
        print(f"| {answer} | {times} |")
    if before and after:
        print(f"\nThe server held {before / 1e6:.0f} MB before and {after / 1e6:.0f} MB after.")
    return _expected(answers)


def _expected(answers: Counter[str]) -> bool:
    return set(answers) <= {"200 success", "200 XML", "403 forbidden"}


def _memory() -> int:
    """Bytes the server holds, when BANSHI_RASA_PID names it; else 0."""
    process = os.environ.get("BANSHI_RASA_PID", "")
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * 4096 if process else 0


if __name__ == "__main__":
    sys.exit(main())
