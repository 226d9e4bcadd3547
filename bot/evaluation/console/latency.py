"""How long a key press takes to become a list: in the server alone, and in a real browser."""

from __future__ import annotations

import time
from collections.abc import Sequence

from playwright.sync_api import Page

from bot.console.search.instant import Instant

ASKED = (
    "社保卡过期了怎么办理",
    "卡丢了在大连怎么补办",
    "身份证号错了一位能改吗",
    "补一张卡大概要多少钱",
    "my card has expired, what now",
    "电子社保卡怎么申领",
    "社会保险法第二十九条",
)
TYPED = (
    "我的卡上个月到期了",
    "孩子第一次办社保卡",
    "密码忘记被锁了",
    "激活要本人去银行吗",
    "where do I collect the card",
    "sbkgs",
    "第五十八条",
)
"""Two lists, because an answer once given is remembered."""
_WATCH = """() => {
  window.pressed = 0; window.waits = [];
  const box = document.querySelector('#query');
  box.addEventListener('input', () => { window.pressed = performance.now(); }, true);
  document.querySelector('banshi-search').addEventListener('shown',
    () => requestAnimationFrame(() => window.waits.push(performance.now() - window.pressed)));
}"""


def percentile(values: Sequence[float], part: float) -> float:
    """The value below which ``part`` (0 to 1) of the values lie."""
    return sorted(values)[min(len(values) - 1, int(part * len(values)))]


def in_the_server(instant: Instant) -> tuple[list[float], list[float]]:
    """Milliseconds of each search in the server, by the clock and of the processor, one letter more each time."""
    taken, worked = [], []
    for text in ASKED:
        for end in range(1, len(text) + 1):
            before, processor = time.perf_counter(), time.thread_time()
            instant.find(text[:end], "zh")
            worked.append((time.thread_time() - processor) * 1000)
            taken.append((time.perf_counter() - before) * 1000)
    return taken, worked


def in_the_browser(page: Page, pause: float = 120) -> list[float]:
    """Milliseconds from each key press to the frame that draws its list; ``pause`` between keys as people type."""
    page.evaluate(_WATCH)
    for text in TYPED:
        page.locator("#query").fill("")
        page.wait_for_timeout(pause * 2)
        page.locator("#query").press_sequentially(text, delay=pause)
    page.wait_for_timeout(1_000)
    return [float(wait) for wait in page.evaluate("window.waits")]
