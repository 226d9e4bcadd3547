"""Fixtures every test may use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.catalogue import Catalogue, load
from bot.setup.project import Project
from bot.setup.servers import Running, linked_index, running
from tests.small_folder import SmallFolder, small_folder

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# Rasa lives in the other environment: `make test` runs these folders there.
collect_ignore = [] if find_spec("rasa") else ["channels", "nlu", "security"]


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Both servers on free ports, with a conversation database of their own; ``servers.website`` is the address."""
    here = Project.here()
    project = replace(here, var=tmp_path_factory.mktemp("var"))
    linked_index(here, project)
    with running(project) as both:
        yield both


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests."""
    from bot.evaluation.widget.browser import browser  # Playwright is only in the action server's environment

    with browser() as opened:
        yield opened


@pytest.fixture(scope="session")
def real() -> Catalogue:
    """The knowledge that is served."""
    return load(Project.here().root / "knowledge")


@pytest.fixture
def folder(tmp_path: Path) -> SmallFolder:
    """A small valid knowledge folder of this test's own."""
    return small_folder(tmp_path)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """The small knowledge, unbroken."""
    return small_folder(tmp_path_factory.mktemp("small")).load()
