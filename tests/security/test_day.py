"""After a day's traffic with personal numbers on both channels, a search of every file and table finds none."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from bot.channels.settings import ChannelSettings
from bot.channels.website import WebsiteChannel
from bot.channels.wechat.channel import WechatChannel
from bot.channels.wechat.simulator.account import Account
from bot.evaluation.security import day
from tests.channels.conftest import ScriptedBot, serving_channels
from tests.channels.wechat.conftest import SAFE


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Everything logged, as an operator would keep it."""
    return tmp_path / "server.log"


def test_nothing_personal_is_left(bot: ScriptedBot, settings: ChannelSettings, tmp_path: Path, log: Path) -> None:
    handler, root_logger = logging.FileHandler(log), logging.getLogger()
    level = root_logger.level
    root_logger.addHandler(handler)
    root_logger.setLevel(logging.INFO)
    channels = [WebsiteChannel(replace(settings, turn_seconds=10.0)), WechatChannel(SAFE)]
    try:
        with serving_channels(bot, channels) as root:
            left = day.traffic(root, Account(SAFE.token, SAFE.aes_key, SAFE.app_id), 40, Random(3))
            day.search(tmp_path, left)
    finally:
        root_logger.removeHandler(handler)
        root_logger.setLevel(level)
        handler.close()
    assert left.messages == 240
    assert len(left.needles) > 200
    assert left.files >= 2
    assert left.rows > 600
    assert left.found == []
    assert "was refused" in log.read_text(encoding="utf-8")
    assert any("[身份证号码]" in message.text for message in bot.seen)


def test_a_short_number_counts_only_by_itself() -> None:
    assert day.holds("card 1384305 lost", "1384305")
    assert day.holds('{"text": "1384305"}', "1384305")
    assert day.holds("05213843050", "13843050") is False
    assert day.holds('{"timestamp": 1795338043.1384305}', "1384305") is False
    assert day.holds("x110101199003070011y2", "110101199003070011")
    assert day.holds("00110101199003070011", "110101199003070011"), "a long one anywhere"


def test_the_search_finds_what_is_there(tmp_path: Path) -> None:
    left = day.Left(needles={"110101199003070011"})
    (tmp_path / "x.log").write_text("... 110101199003070011 ...")
    day.search(tmp_path, left)
    assert left.found == ["110101199003070011 in x.log"]
