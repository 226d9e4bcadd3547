"""The browser of the widget's tests and pictures: the machine's own Chromium, none is downloaded."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping

from bot.setup.problem import Problem

SETTING = "BANSHI_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def require(environ: Mapping[str, str] = os.environ, which: Callable[[str], str | None] = shutil.which) -> str:
    """The program of the browser: the setting, or the first of ``NAMES`` on the path.

    Raises Problem saying how to install it.
    """
    named = environ.get(SETTING)
    found = named or next((path for path in map(which, NAMES) if path), None)
    if found is None:
        raise Problem(
            "The widget is tested in Chromium, which is not installed: run "
            f"`apt-get install chromium fonts-noto-cjk`, or name the program in {SETTING}."
        )
    return found
