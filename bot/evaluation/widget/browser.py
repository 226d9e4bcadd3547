"""The machine's Chromium, driven by Playwright; no browser is downloaded."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

from bot.setup import chromium


@contextmanager
def browser() -> Iterator[Browser]:
    """A browser without a window. As root it runs without its sandbox, which Chromium demands.

    Raises Problem when there is none.
    """
    arguments = ["--disable-dev-shm-usage", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium.require(), args=arguments)
        try:
            yield opened
        finally:
            opened.close()
