"""The machine's Chromium, driven by Playwright; no browser is downloaded."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

from bot.errors import SettingError

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str:
    """Where the browser is: BANSHI_CHROMIUM, or the first of ``NAMES`` on the path.

    Raises:
        SettingError: there is none.
    """
    found = os.environ.get("BANSHI_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        raise SettingError(
            "No Chromium was found: install it with `apt-get install chromium fonts-noto-cjk`, "
            "or name its program in BANSHI_CHROMIUM."
        )
    return found


@contextmanager
def browser() -> Iterator[Browser]:
    """A browser without a window. As root it runs without its sandbox, which Chromium demands."""
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=[*arguments, "--disable-dev-shm-usage"])
        try:
            yield opened
        finally:
            opened.close()
