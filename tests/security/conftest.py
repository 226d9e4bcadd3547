"""The same scripted servers as the tests of the channels."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.channels.tracker_store import ConversationStore
from tests.channels.conftest import bot, client, settings, store  # noqa: F401
from tests.channels.wechat.conftest import SAFE, SlowBot, Wechat, wechat_for


@pytest.fixture
def slow_bot(store: ConversationStore) -> SlowBot:  # noqa: F811
    """The bot of the WeChat tests."""
    return SlowBot(store)


@pytest.fixture
def wechat(slow_bot: SlowBot) -> Iterator[Wechat]:
    """WeChat in safe mode."""
    with wechat_for(slow_bot, SAFE) as made:
        yield made
