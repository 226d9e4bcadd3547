"""Two ways of understanding, trained and asked through Rasa alike: ours, and the pipeline ``rasa init`` writes."""

from __future__ import annotations

import asyncio
import logging
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
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


def ours() -> list[dict[str, Any]]:
    """Our pipeline as configured."""
    return list(yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))["pipeline"])


def run(pipeline: list[dict[str, Any]], examples: Examples, texts: Sequence[str], folder: Path) -> Run:
    """Train on ``examples`` in ``folder``, then understand ``texts`` one by one."""
    from rasa.core.agent import Agent
    from rasa.model_training import train_nlu
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.ERROR)
    os.environ["RASA_MAX_CACHE_SIZE"] = "0"  # what was trained before does not count

    folder.mkdir(parents=True, exist_ok=True)
    config = {"recipe": "default.v1", "assistant_id": "measured", "language": LANGUAGE, "pipeline": pipeline}
    (folder / "config.yml").write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
    (folder / "nlu.yml").write_text(training_file(examples), encoding="utf-8")
    clock, processor = time.perf_counter(), time.process_time()
    model = train_nlu(str(folder / "config.yml"), str(folder / "nlu.yml"), str(folder), fixed_model_name="model")
    seconds, busy = time.perf_counter() - clock, time.process_time() - processor
    agent = Agent.load(model)
    processor = time.process_time()
    answers, times = asyncio.run(_answers(agent, texts))
    each = (time.process_time() - processor) / len(texts)
    return Run(answers, seconds, busy, 1000 * median(times), 1000 * each)


async def _answers(agent: Any, texts: Sequence[str]) -> tuple[list[tuple[str, float]], list[float]]:
    await agent.parse_message("你好")
    answers, times = [], []
    for text in texts:
        started = time.perf_counter()
        intent = (await agent.parse_message(text))["intent"]
        times.append(time.perf_counter() - started)
        answers.append((str(intent["name"]), float(intent["confidence"])))
    return answers, times


def training_file(examples: Examples) -> str:
    """The training phrases as Rasa reads them, without entities."""
    by_intent: dict[str, list[str]] = {}
    for text, intent in zip(examples.texts, examples.intents, strict=True):
        plain = " ".join(text.replace("[", "(").replace("]", ")").replace("{", "(").replace("}", ")").split())
        by_intent.setdefault(intent, []).append(f"- {plain}")
    blocks = [{"intent": intent, "examples": "\n".join(texts) + "\n"} for intent, texts in by_intent.items()]
    return str(yaml.safe_dump({"version": "3.1", "nlu": blocks}, allow_unicode=True, width=10_000))
