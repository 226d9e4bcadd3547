"""Two ways of understanding are asked in turns, each as it is served."""

from __future__ import annotations

import asyncio
from typing import Any

from rasa.engine.runner.dask import DaskGraphRunner

from bot.channels.trimmed import graph
from bot.evaluation.nlu import engines


class Agent:
    """Notes which way of running graphs is in place when it is asked."""

    def __init__(self, name: str, asked: list[tuple[str, str, bool]]) -> None:
        self._name, self._asked = name, asked

    async def parse_message(self, text: str) -> dict[str, Any]:
        self._asked.append((self._name, text, DaskGraphRunner.run is graph._run))
        return {"intent": {"name": self._name, "confidence": 0.5}}


def test_one_after_the_other_each_through_its_own_graph() -> None:
    before = DaskGraphRunner.run
    asked: list[tuple[str, str, bool]] = []
    agents = {"ours": (engines.OURS, Agent("ours", asked)), "stock": (engines.STOCK, Agent("stock", asked))}
    answered = asyncio.run(engines._asked(agents, ["a", "b"]))
    assert asked[2:] == [(name, text, name == "ours") for text in "ab" for name in ("ours", "stock")]
    assert DaskGraphRunner.run is before
    for name, (answers, times) in answered.items():
        assert answers == [(name, 0.5)] * 2
        assert len(times.clock) == len(times.processor) == 2
        assert times.milliseconds()[0] >= 0


def test_fewer_epochs_change_nothing_else() -> None:
    fewer = engines.with_epochs(engines.STOCK, 1)
    assert [one["name"] for one in fewer] == [one["name"] for one in engines.STOCK]
    assert {one.get("epochs", 1) for one in fewer} == {1}
    assert {one.get("epochs") for one in engines.STOCK} == {None, 100}
