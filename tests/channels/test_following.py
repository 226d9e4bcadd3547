"""A new model is loaded beside the old, tried, and swapped in or refused."""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot.channels.following import PROBE, ModelFollower


class Model:
    """A processor that understands everything as one intent; none for an empty name."""

    def __init__(self, intent: str) -> None:
        self.domain = f"domain of {intent}"
        self.intent = intent
        self.asked: list[str] = []

    async def parse_message(self, message: Any) -> dict[str, Any]:
        self.asked.append(message.text)
        return {"intent": {"name": self.intent or None}}


@pytest.fixture
def agent() -> Any:
    store = SimpleNamespace(domain="old")
    return SimpleNamespace(processor=Model("old"), domain="old", tracker_store=store, is_ready=lambda: True)


def load(_agent: Any, path: Path) -> Model:
    content = path.read_text()
    if content == "broken":
        raise ValueError("no model")
    return Model(content)


def point(folder: Path, name: str, content: str) -> None:
    (folder / name).mkdir()
    (folder / name / "model.tar.gz").write_text(content)
    (folder / ".link").symlink_to(name)
    (folder / ".link").replace(folder / "current")


def test_swapped_in_once(tmp_path: Path, agent: Any) -> None:
    follower = ModelFollower(tmp_path / "current" / "model.tar.gz", load)
    assert asyncio.run(follower.look(agent)) is False
    point(tmp_path, "one", "new")
    assert asyncio.run(follower.look(agent)) is True
    assert (agent.processor.intent, agent.domain, agent.tracker_store.domain) == ("new", *["domain of new"] * 2)
    assert agent.processor.asked == [PROBE]
    assert asyncio.run(follower.look(agent)) is False


@pytest.mark.parametrize("content", ["broken", ""])
def test_a_bad_one_is_refused_and_the_next_good_one_taken(tmp_path: Path, agent: Any, content: str) -> None:
    follower = ModelFollower(tmp_path / "current" / "model.tar.gz", load)
    point(tmp_path, "one", content)
    assert asyncio.run(follower.look(agent)) is False
    assert agent.processor.intent == "old"
    point(tmp_path, "two", "good")
    assert asyncio.run(follower.look(agent)) is True
    assert agent.processor.intent == "good"
