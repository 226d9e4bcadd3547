"""Finding the browser."""

from __future__ import annotations

import pytest

from bot.setup import chromium
from bot.setup.problem import Problem


def test_the_first_one_on_the_path_is_taken() -> None:
    found = chromium.require({}, lambda name: f"/opt/{name}" if name == "google-chrome" else None)
    assert found == "/opt/google-chrome"


def test_the_setting_comes_first() -> None:
    assert chromium.require({"BANSHI_CHROMIUM": "/opt/mine"}, lambda name: "/usr/bin/chromium") == "/opt/mine"


def test_without_one_it_says_how_to_get_it() -> None:
    with pytest.raises(Problem, match="apt-get install chromium fonts-noto-cjk"):
        chromium.require({}, lambda name: None)
