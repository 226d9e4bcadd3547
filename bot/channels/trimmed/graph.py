"""Runs Rasa's model graph node by node, instead of through dask's scheduler, which costs more than half of our nodes.

The nodes, their order and their results are Rasa's; a graph here is a chain of five or six quick components.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.exceptions import GraphRunError
from rasa.engine.runner.dask import DaskGraphRunner

RASAS_OWN = DaskGraphRunner.run
Results = dict[str, Any]  # node name → (node name, output), as a node hands it on


def install() -> None:
    """Replace the one method of Rasa's class; a second call changes nothing."""
    DaskGraphRunner.run = _run


def _run(runner: DaskGraphRunner, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> Results:
    """The outputs of the target nodes by name; raises GraphRunError when an input is called like a node."""
    wanted = tuple(targets or runner._graph_schema.target_names)
    order = _order(runner, wanted)
    results: Results = {name: (name, value) for name, value in (inputs or {}).items()}
    if clash := results.keys() & dict(order).keys():
        raise GraphRunError(f"An input is called like a node of the graph: {', '.join(sorted(clash))}.")
    for name, needs in order:
        results[name] = runner._instantiated_nodes[name](*(results.get(need, need) for need in needs))
    return dict(results[name] for name in wanted)


def _order(runner: DaskGraphRunner, wanted: tuple[str, ...]) -> list[tuple[str, tuple[str, ...]]]:
    """Every node the targets need with the names of its inputs, each after those it needs."""
    known: dict[tuple[str, ...], list[tuple[str, tuple[str, ...]]]] = runner.__dict__.setdefault("_orders", {})
    if wanted not in known:
        nodes = runner._graph_schema.minimal_graph_schema(list(wanted)).nodes
        order: dict[str, tuple[str, ...]] = {}
        for name in wanted:
            _visit(name, nodes, order)
        known[wanted] = list(order.items())
    return known[wanted]


def _visit(name: str, nodes: dict[str, Any], order: dict[str, tuple[str, ...]]) -> None:
    if name in nodes and name not in order:
        needs = tuple(nodes[name].needs.values())
        for need in needs:
            _visit(need, nodes, order)
        order[name] = needs
