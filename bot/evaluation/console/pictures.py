"""Pictures of the console's pages with made-up numbers, for docs/pictures."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random

import sqlalchemy as sa
from playwright.sync_api import Page

from bot.console.desk import Desk
from bot.console.queue import Report
from bot.console.tables import passages, turns

TOPICS = (
    "lost-card",
    "card-expired",
    "first-application",
    "activation",
    "id-number-wrong",
    "pin-reset",
    "progress-check",
)
REGIONS = ("dalian", "beijing", "shanghai", "wuhan", "xinjiang", None)
STATUSES = ("answered", "asked", "asked", "clarified", "abstained", "handed_over", "answered", "answered")
PASSAGES = ("social-insurance-law/58", "lost-card/fee/fee-set-locally", "civil-code/111")
SENTENCES = {"zh": "社保卡过期了，我妈替我去办，在大连", "en": "my card expired, my mother will go for me, in Dalian"}


def pictures(page: Page, base: str, folder: Path, desk: Desk) -> None:
    """Write the pictures into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    _fill(desk)
    for language, sentence in SENTENCES.items():
        cookie = {"name": "banshi_console_language", "value": language, "domain": "127.0.0.1", "path": "/console"}
        page.context.add_cookies([cookie])  # type: ignore[list-item]
        page.goto(f"{base}/")
        page.locator(".hit").first.wait_for()
        page.locator("#new-call").click()
        page.locator("#query").press_sequentially(sentence)
        page.locator(".heard").wait_for()
        page.wait_for_timeout(1_000)
        page.keyboard.press("Enter")
        page.locator(".script").wait_for()
        page.keyboard.press("1")
        page.locator(".differs").wait_for()
        page.screenshot(path=folder / f"console-outcome-{language}.png", animations="disabled")
        for name in ("queue", "overview"):
            page.goto(f"{base}/{name}")
            page.screenshot(path=folder / f"console-{name}-{language}.png", animations="disabled")


def _fill(desk: Desk) -> None:
    """Thirty days of counts and a few reports, the same each time."""
    chance = Random(12333)
    rows = []
    for day in (date.today() - timedelta(days=number) for number in range(30)):
        for _ in range(chance.randint(40, 130)):
            status = chance.choice(STATUSES)
            told = status == "answered" and chance.random() < 0.7
            row: dict[str, object] = {
                "day": day,
                "channel": chance.choice(("website", "website", "wechat")),
                "status": status,
            }
            row |= {"topic": None if status == "abstained" else chance.choice(TOPICS), "region": chance.choice(REGIONS)}
            row |= {"milliseconds": int(chance.gauss(14, 3)), "questions": chance.randint(1, 4) if told else None}
            rows.append({**row, "seconds": int(chance.gauss(70, 20)) if told else None})
    quoted = [{"day": date.today(), "passage": chance.choice(PASSAGES)} for _ in range(200)]
    with desk.queue.engine.begin() as database:
        database.execute(sa.insert(turns), rows)
        database.execute(sa.insert(passages), quoted)
    for question in ("社保卡能在国外刷吗", "社保卡在国外可以刷吗", "社保卡国外能刷吗？"):
        desk.queue.add(Report("unanswered", question, "website", "v1"))
    desk.queue.add(Report("wrong", "补卡费现在是多少", "li", "v1", "lost-card", {"holder": "adult"}, "dalian"))
    desk.queue.add(Report("outdated", "换卡还要登报吗", "li", "v1", "lost-card", {}, "xinjiang"))
