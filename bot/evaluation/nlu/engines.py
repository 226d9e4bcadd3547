"""Two ways of understanding, trained and asked through Rasa alike: ours, and the pipeline ``rasa init`` writes.

Ours is asked as it is served, its graph run node by node (`bot.channels.trimmed.graph`), stock Rasa through Rasa's own.
"""

from __future__ import annotations

import asyncio
import logging
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean, median
from typing import Any

import yaml

from bot.evaluation.nlu.examples import Examples
from bot.settings import ROOT

STOCK: list[dict[str, Any]] = [
    {"name": "WhitespaceTokenizer"},
    {"name": "RegexFeaturizer"},
    {"name": "LexicalSyntacticFeaturizer"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
    {"name": "DIETClassifier", "epochs": 100, "constrain_similarities": True},
    {"name": "EntitySynonymMapper"},
    {"name": "ResponseSelector", "epochs": 100, "constrain_similarities": True},
    {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
]
"""The pipeline of Rasa 3.6 when none is configured."""
OURS: list[dict[str, Any]] = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))["pipeline"]
"""Our pipeline as configured."""

LANGUAGE = "en"
"""What ``rasa init`` writes; stock Rasa's tokenizer refuses to be trained at all for Chinese."""


@dataclass(frozen=True)
class Run:
    """What an engine answered: (intent, confidence) per text; seconds to train, by clock and by processor, and the
    milliseconds a text: median by clock, mean by processor."""

    answers: list[tuple[str, float]]
    training_seconds: float
    training_processor_seconds: float
    milliseconds: float
    processor_milliseconds: float


def run(pipeline: list[dict[str, Any]], examples: Examples, texts: Sequence[str], folder: Path) -> Run:
    """Train on ``examples`` in ``folder``, then understand ``texts`` one by one."""
    clock, processor = time.perf_counter(), time.process_time()
    model = _trained(pipeline, examples, folder)
    seconds, busy = time.perf_counter() - clock, time.process_time() - processor
    answers, times = asyncio.run(_asked({"": (pipeline, _loaded(model))}, texts))[""]
    milliseconds, processor_milliseconds = times.milliseconds()
    return Run(answers, seconds, busy, milliseconds, processor_milliseconds)


def in_turns(
    pipelines: Mapping[str, list[dict[str, Any]]], examples: Examples, texts: Sequence[str], folder: Path
) -> dict[str, tuple[float, float]]:
    """Milliseconds a text (median by clock, mean by processor) of each: all are trained first, then each text is put to
    one after the other, because a machine shared with others changes its speed within minutes."""
    models = {name: _trained(pipeline, examples, folder / name) for name, pipeline in pipelines.items()}
    agents = {name: (pipeline, _loaded(models[name])) for name, pipeline in pipelines.items()}
    return {name: times.milliseconds() for name, (_, times) in asyncio.run(_asked(agents, texts)).items()}


def with_epochs(pipeline: list[dict[str, Any]], epochs: int) -> list[dict[str, Any]]:
    """The pipeline trained for less: other answers, in the same time each."""
    return [{**component, "epochs": epochs} if "epochs" in component else component for component in pipeline]


def _trained(pipeline: list[dict[str, Any]], examples: Examples, folder: Path) -> str:
    """The path of the pipeline's model, trained on ``examples`` in ``folder``."""
    from rasa.model_training import train_nlu
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.ERROR)
    os.environ["RASA_MAX_CACHE_SIZE"] = "0"  # what was trained before does not count
    folder.mkdir(parents=True, exist_ok=True)
    config = {"recipe": "default.v1", "assistant_id": "measured", "language": LANGUAGE, "pipeline": pipeline}
    (folder / "config.yml").write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
    (folder / "nlu.yml").write_text(training_file(examples), encoding="utf-8")
    return str(train_nlu(str(folder / "config.yml"), str(folder / "nlu.yml"), str(folder), fixed_model_name="model"))


def _loaded(model: str) -> Any:
    from rasa.core.agent import Agent

    return Agent.load(model)


@dataclass
class Times:
    """Seconds of every text, by clock and by processor."""

    clock: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    def milliseconds(self) -> tuple[float, float]:
        """The median by clock, the mean by processor."""
        return 1000 * median(self.clock), 1000 * mean(self.processor)


Asked = dict[str, tuple[list[tuple[str, float]], Times]]


async def _asked(agents: Mapping[str, tuple[list[dict[str, Any]], Any]], texts: Sequence[str]) -> Asked:
    """What each answers, (intent, confidence) a text, and in what time."""
    answered: Asked = {name: ([], Times()) for name in agents}
    for pipeline, agent in agents.values():
        with _served(pipeline):
            await agent.parse_message("你好")
    for text in texts:
        for name, (pipeline, agent) in agents.items():
            answers, times = answered[name]
            with _served(pipeline):
                clock, processor = time.perf_counter(), time.process_time()
                intent = (await agent.parse_message(text))["intent"]
                times.processor.append(time.process_time() - processor)
                times.clock.append(time.perf_counter() - clock)
            answers.append((str(intent["name"]), float(intent["confidence"])))
    return answered


@contextmanager
def _served(pipeline: list[dict[str, Any]]) -> Iterator[None]:
    """With the graph as our server runs it for our pipeline, and Rasa's own way for any other."""
    from rasa.engine.runner.dask import DaskGraphRunner

    from bot.channels.trimmed import graph

    before, DaskGraphRunner.run = DaskGraphRunner.run, graph.RASAS_OWN
    if pipeline == OURS:
        graph.install()
    try:
        yield
    finally:
        DaskGraphRunner.run = before


def training_file(examples: Examples) -> str:
    """The training phrases as Rasa reads them, without entities."""
    by_intent: dict[str, list[str]] = {}
    for text, intent in zip(examples.texts, examples.intents, strict=True):
        plain = " ".join(text.replace("[", "(").replace("]", ")").replace("{", "(").replace("}", ")").split())
        by_intent.setdefault(intent, []).append(f"- {plain}")
    blocks = [{"intent": intent, "examples": "\n".join(texts) + "\n"} for intent, texts in by_intent.items()]
    return str(yaml.safe_dump({"version": "3.1", "nlu": blocks}, allow_unicode=True, width=10_000))
