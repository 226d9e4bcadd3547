"""A process held to a share of a core."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from bot.evaluation.load.held import held
from bot.evaluation.turns.memory import processor


@pytest.fixture
def busy() -> Iterator[int]:
    with subprocess.Popen([sys.executable, "-c", "while True: pass"]) as process:
        yield process.pid
        process.kill()


def used(pid: int, seconds: float) -> float:
    before = processor(pid)
    time.sleep(seconds)
    return processor(pid) - before


def test_no_more_than_its_share_and_going_on_afterwards(busy: int) -> None:
    with held([busy], 0.2):
        assert used(busy, 2.0) < 0.2 * 2.0 + 0.2
    assert any(used(busy, 0.1) > 0 for _ in range(50))  # it is not left stopped


def test_a_process_that_ends_meanwhile() -> None:
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(0.2)"]) as process, held([process.pid], 0.5):
        process.wait()
        time.sleep(0.2)
