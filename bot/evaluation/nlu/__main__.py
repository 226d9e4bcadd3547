"""``python -m bot.evaluation.nlu [--parts …] [--public FOLDER] [--no-stock]``: understanding, beside stock Rasa.

Everything is trained anew. Figures, configuration and pictures go to ``evaluation/`` in the folder of variable data.
The public sets (BANKING77 ten-shot, CLINC150 small, as JSON lines) are found by ``--public`` or ``BANSHI_PUBLIC_SETS``.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.catalogue import load
from bot.evaluation.nlu import engines, measures, pictures, public
from bot.evaluation.nlu.examples import Examples, held_apart, phrases, sample
from bot.evaluation.nlu.report import table
from bot.nlu.intent_classifier import FRAGMENTS, outside_intents
from bot.nlu.intent_model import IntentModel
from bot.settings import knowledge_folder, var_folder

TIMES = ("milliseconds_a_text", "processor_milliseconds_a_text")
Figures = dict[str, dict[str, dict[str, float]]]
PARTS = ("own", "facts", "folds", "time", "banking", "clinc")


def main() -> None:
    """Measure, save, print."""
    options = _options()
    folder = var_folder() / "evaluation" / f"nlu-{datetime.now():%Y%m%d-%H%M%S}"
    folder.mkdir(parents=True)
    details: dict[str, Any] = {}
    figures = {part: _part(part, options, folder, details) for part in options.parts}
    configuration = {
        "phrases": options.phrases,
        "ours": engines.OURS,
        "stock": engines.STOCK,
        "python": platform.python_version(),
    }
    written = {"figures": figures, "configuration": configuration, "details": details}
    (folder / "figures.json").write_text(json.dumps(written, ensure_ascii=False, indent=1), encoding="utf-8")
    print(table(figures))
    print(f"\nSaved in {folder}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bot.evaluation.nlu", description=__doc__)
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=None, help="only some of the measurements")
    parser.add_argument("--public", type=Path, default=None, help="the folder with BANKING77 and CLINC150")
    parser.add_argument("--phrases", type=int, default=None, help="train both on so many of our phrases an intent")
    parser.add_argument("--no-stock", action="store_true", help="leave stock Rasa out; it takes many minutes")
    options = parser.parse_args()
    folder = os.environ.get("BANSHI_PUBLIC_SETS")
    options.public = options.public or (Path(folder) if folder else None)
    options.parts = options.parts or (PARTS if options.public else PARTS[:4])
    return options


def _part(part: str, options: argparse.Namespace, folder: Path, details: dict[str, Any]) -> dict[str, dict[str, float]]:
    """The figures of one part, ours and, where it can be compared, those of stock Rasa."""
    names = ["ours"] if options.no_stock else ["ours", "stock"]
    match part:
        case "own":
            return _each(names, lambda name: _own(name, options.phrases, folder, details))
        case "facts":
            return {"ours": measures.facts(load(knowledge_folder()))}
        case "folds":
            return {"ours": _calibration(folder, details)}
        case "time":
            return _message_times(names, options.phrases, folder)
        case "banking":
            return _each(names, lambda name: _banking(name, options.public, folder))
        case _:
            return {"ours": public.with_rejection(*public.clinc(options.public))}


def _each(names: list[str], measure: Callable[[str], dict[str, float]]) -> dict[str, dict[str, float]]:
    """Ours, then stock Rasa, which takes long: each is told as soon as it is known."""
    figures = {}
    for name in names:
        figures[name] = measure(name)
        print(f"{name}: {json.dumps(figures[name])}", flush=True)
    return figures


def _own(name: str, most: int | None, folder: Path, details: dict[str, Any]) -> dict[str, float]:
    questions = held_apart()
    train = sample(phrases(), most) if most else phrases()
    run = _run(name, train, [question.text for question in questions], folder)
    topics = {topic.intent for topic in load(knowledge_folder()).topics.values()}
    ours = [(one.intent, answer) for one, answer in zip(questions, run.answers, strict=True) if one.kind == "topic"]
    truth, answers = [one for one, _ in ours], [answer for _, answer in ours]
    right = [one == answer[0] for one, answer in ours]
    curve = measures.reliability([answer[1] for answer in answers], right)
    details[name] = {
        "per_intent": measures.per_intent(truth, answers),
        "confusions": measures.confusions(truth, answers),
        "reliability": curve,
    }
    pictures.confusion(truth, [answer[0] for answer in answers], folder / f"confusion-{name}.png")
    pictures.reliability(curve, folder / f"reliability-{name}.png")
    return {**measures.topic_rates(questions, run.answers, topics), **_times(run)}


def _message_times(names: list[str], most: int | None, folder: Path) -> dict[str, dict[str, float]]:
    """Both asked in turns; stock Rasa trained for one epoch, which changes its answers and not its time."""
    pipelines = {"ours": engines.OURS, "stock": engines.with_epochs(engines.STOCK, 1)}
    asked = [question.text for question in held_apart()]
    train = sample(phrases(), most) if most else phrases()
    try:
        times = engines.in_turns({name: pipelines[name] for name in names}, train, asked, folder / "models")
    finally:
        shutil.rmtree(folder / "models", ignore_errors=True)
    return {name: dict(zip(TIMES, both, strict=True)) for name, both in times.items()}


def _calibration(folder: Path, details: dict[str, Any]) -> dict[str, float]:
    """The rejection curve on held-out folds, as the model saw it when it chose its threshold."""
    ours = phrases()
    model = IntentModel().fit(ours.texts, ours.intents, outside_intents(), FRAGMENTS)
    assert model.judged is not None
    pictures.rejection(model.judged, model.threshold.confidence, folder / "rejection.png")
    inside = ~model.judged.outside
    details["calibration"] = measures.reliability(list(model.judged.best), list(model.judged.right))
    return {
        "right_intent": float(model.judged.right.mean()),
        "right_intent_in_scope": float(model.judged.right[inside].mean()),
        "threshold": model.threshold.confidence,
    }


def _banking(name: str, data: Path, folder: Path) -> dict[str, float]:
    """The best intent counts, believed or not: all of these questions are in scope."""
    train, valid = public.banking(data)
    if name == "ours":
        return {"accuracy": public.accuracy(train, valid)}
    run = _trained(engines.STOCK[:-1], name, train, valid.texts, folder)
    right = [answer[0] == intent for answer, intent in zip(run.answers, valid.intents, strict=True)]
    return {"accuracy": sum(right) / len(right), **_times(run)}


def _run(name: str, train: Examples, texts: list[str], folder: Path) -> engines.Run:
    return _trained(engines.OURS if name == "ours" else engines.STOCK, name, train, texts, folder)


def _trained(pipeline: list[dict[str, Any]], name: str, train: Examples, texts: list[str], folder: Path) -> engines.Run:
    try:
        return engines.run(pipeline, train, texts, folder / "models" / name)
    finally:
        shutil.rmtree(folder / "models", ignore_errors=True)


def _times(run: engines.Run) -> dict[str, float]:
    return {
        "training_seconds": run.training_seconds,
        "training_processor_seconds": run.training_processor_seconds,
        **dict(zip(TIMES, (run.milliseconds, run.processor_milliseconds), strict=True)),
    }


if __name__ == "__main__":
    main()
