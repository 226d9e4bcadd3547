"""What the widget costs: its size on the wire and the time from the click to the painted panel."""

from __future__ import annotations

from statistics import median, quantiles

from playwright.sync_api import Browser

from bot.evaluation.widget.fake_server import BASE, FakeServer
from bot.widget.files import read_files

TIMES = 25
# The first task after the frame in which the panel became visible: it has been painted by then.
_PAINTED = """() => new Promise((done) => {
  const button = document.querySelector("banshi-chat").shadowRoot.querySelector(".launcher");
  const painted = () => done(performance.now() - pressed);
  button.addEventListener("click", () => requestAnimationFrame(() => setTimeout(painted)));
  const pressed = performance.now();
  button.click();
})"""


def gzipped() -> int:
    """Bytes of all the widget's scripts, each compressed by itself as it is served."""
    return sum(len(file.packed) for name, file in read_files().items() if name.endswith(".js"))


def paint(browser: Browser, fake: FakeServer) -> list[float]:
    """Milliseconds from the click to the painted panel, each on a page of its own."""
    context, times = browser.new_context(), []
    for _ in range(TIMES):
        page = context.new_page()
        page.goto(f"{fake.address}{BASE}demo")
        page.locator("banshi-chat button.launcher").wait_for()
        times.append(float(page.evaluate(_PAINTED)))
        page.locator("banshi-chat .reply").first.wait_for()
        page.close()
    context.close()
    return times


def table(browser: Browser, fake: FakeServer) -> str:
    """The figures as Markdown."""
    times = paint(browser, fake)
    return (
        "| the widget | |\n|---|--:|\n"
        f"| all its scripts, gzip | {gzipped():,} bytes |\n"
        f"| click to painted panel, median of {TIMES} | {median(times):.1f} ms |\n"
        f"| 95th percentile | {quantiles(times, n=20)[-1]:.1f} ms |\n"
    )
