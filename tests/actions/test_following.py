"""The action server takes up another release's knowledge, and refuses one with problems."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from actions import services
from bot.answers.assistant import Assistant
from bot.catalogue import load
from tests.small_folder import small_folder


@dataclass
class Nothing:
    """Stands for what this test never asks."""


@pytest.fixture
def releases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        small_folder(tmp_path / name)
    link = tmp_path / "current"
    link.symlink_to(tmp_path / "one" / "knowledge")
    monkeypatch.setenv("BANSHI_KNOWLEDGE", str(link))
    catalogue = load(link)
    nothing = Nothing()
    services.forget()
    services._serving[link.resolve()] = Assistant(
        catalogue,
        nothing,  # type: ignore[arg-type]
        nothing,  # type: ignore[arg-type]
        nothing,  # type: ignore[arg-type]
        today=lambda: date(2026, 11, 1),
    )
    yield tmp_path
    services.forget()


def point(releases: Path, folder: Path) -> None:
    (releases / ".link").symlink_to(folder)
    (releases / ".link").replace(releases / "current")


def test_the_knowledge_of_another_release(releases: Path) -> None:
    before = services.assistant()
    assert services.follow_knowledge() is False
    point(releases, releases / "two" / "knowledge")
    assert services.follow_knowledge() is True
    after = services.assistant()
    assert after is not before
    assert after.finder is before.finder
    assert after.catalogue.facts.keys() == before.catalogue.facts.keys()


def test_knowledge_with_problems_is_refused(releases: Path) -> None:
    before, bad = services.assistant(), releases / "two" / "knowledge"
    (bad / "facts.yml").write_text("facts: [\n", encoding="utf-8")
    point(releases, bad)
    assert services.follow_knowledge() is False
    assert services.follow_knowledge() is False
    assert services.assistant() is before
