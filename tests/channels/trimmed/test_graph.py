"""Rasa's graph run node by node gives what Rasa's own runner gives."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from rasa.engine.exceptions import GraphRunError
from rasa.engine.runner.dask import DaskGraphRunner

from bot.channels.trimmed import graph

OWN = DaskGraphRunner.run


class Schema:
    """As much of a GraphSchema as a runner asks for."""

    target_names = ("sum",)

    def __init__(self, nodes: dict[str, Any]) -> None:
        self.nodes = nodes

    def minimal_graph_schema(self, targets: list[str]) -> Schema:
        wanted, found = list(targets), {}
        while wanted:
            name = wanted.pop()
            if name in self.nodes:
                found[name] = self.nodes[name]
                wanted += self.nodes[name].needs.values()
        return Schema(found)


def node(name: str, ran: list[str]) -> Any:
    def run(*inputs: Any) -> tuple[str, Any]:
        ran.append(name)
        return name, [name, *inputs]

    return run


@pytest.fixture
def ran() -> list[str]:
    return []


@pytest.fixture
def runner(ran: list[str]) -> Iterator[DaskGraphRunner]:
    needs = {"words": {"a": "message"}, "intent": {"a": "words"}, "sum": {"a": "intent", "b": "words"}, "unused": {}}
    runner = DaskGraphRunner.__new__(DaskGraphRunner)
    runner._graph_schema = Schema({name: SimpleNamespace(needs=each) for name, each in needs.items()})
    runner._instantiated_nodes = {name: node(name, ran) for name in needs}
    runner._execution_context = None
    yield runner
    DaskGraphRunner.run = OWN


def test_the_same_result_as_rasas_own(runner: DaskGraphRunner, ran: list[str]) -> None:
    own = runner.run({"message": "丢了"}, ["sum"])
    graph.install()
    ran.clear()
    assert runner.run({"message": "丢了"}, ["sum"]) == own
    assert ran == ["words", "intent", "sum"]
    assert runner.run({"message": "丢了"}) == own


def test_an_input_that_is_not_there_is_handed_on_by_its_name(runner: DaskGraphRunner) -> None:
    own = runner.run({}, ["words"])
    graph.install()
    assert runner.run({}, ["words"]) == own == {"words": ["words", "message"]}


def test_an_input_called_like_a_node(runner: DaskGraphRunner) -> None:
    graph.install()
    with pytest.raises(GraphRunError, match="words"):
        runner.run({"words": 1}, ["sum"])
