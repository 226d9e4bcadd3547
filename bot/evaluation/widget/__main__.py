"""``python -m bot.evaluation.widget [folder]``: size and paint time, and pictures of every kind of reply."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Browser, Page

from bot.catalogue.text import LANGUAGES, Language
from bot.evaluation.widget import canned, figures
from bot.evaluation.widget.browser import browser
from bot.evaluation.widget.fake_server import BASE, FakeServer, fake_server
from bot.settings import var_folder

SIZES = {"phone": (390, 844), "desktop": (1280, 860)}
PAGES: dict[Language, str] = {"zh": "demo", "en": "demo-en"}


def main(arguments: list[str]) -> int:
    """Print the figures; write the pictures, in both languages and two sizes, and print their names."""
    folder = Path(arguments[0]) if arguments else var_folder() / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    with fake_server() as fake, browser() as opened:
        print(figures.table(opened, fake), flush=True)
        for language in LANGUAGES:
            for size, (width, height) in SIZES.items():
                for path in pictures(opened, fake, language, size, (width, height), folder):
                    print(path)
    return 0


def pictures(
    opened: Browser, fake: FakeServer, language: Language, size: str, extent: tuple[int, int], folder: Path
) -> list[Path]:
    """The closed widget and one picture per kind of reply, in one size."""
    context = opened.new_context(viewport={"width": extent[0], "height": extent[1]}, locale=language)
    page = context.new_page()
    page.goto(f"{fake.address}{BASE}{PAGES[language]}")
    made = [_shot(page, folder / f"{language}-{size}-closed.png")]
    page.locator("banshi-chat button.launcher").click()
    page.locator("banshi-chat .reply").first.wait_for()
    made.append(_shot(page, folder / f"{language}-{size}-greeting.png"))
    for name in [name for name in canned.replies(language) if name != "greeting"]:
        made.append(_reply(page, canned.QUESTIONS[language][name], folder / f"{language}-{size}-{name}.png"))
    context.close()
    return made


def _reply(page: Page, question: str, path: Path) -> Path:
    before = page.locator("banshi-chat .reply").count()
    page.locator("banshi-chat textarea").fill(question)
    page.locator("banshi-chat .primary").click()
    page.locator("banshi-chat .reply").nth(before).wait_for()
    return _shot(page, path)


def _shot(page: Page, path: Path) -> Path:
    page.wait_for_timeout(150)
    page.screenshot(path=path, animations="disabled")
    return path


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
