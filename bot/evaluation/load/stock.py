"""Stock Rasa to compare with: the pipeline and policies ``rasa init`` writes, trained on our phrases.

It answers every intent by one fixed sentence, through Rasa's own rest channel, without an action server: less than this
bot does for a turn.
"""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from bot.evaluation.nlu.engines import STOCK, training_file
from bot.evaluation.nlu.examples import Examples, phrases
from bot.setup import ports, processes, variables
from bot.setup.processes import Server
from bot.setup.project import Project

POLICIES: list[dict[str, Any]] = [
    {"name": "MemoizationPolicy"},
    {"name": "RulePolicy"},
    {"name": "UnexpecTEDIntentPolicy", "max_history": 5, "epochs": 100},
    {"name": "TEDPolicy", "max_history": 5, "epochs": 100, "constrain_similarities": True},
]
"""The policies of Rasa 3.6 when none are configured."""
RULES = ("greet", "goodbye", "nlu_fallback")
"""Intents answered by a rule; the others by stories."""
PHRASES = 60
EPOCHS = 5
MODEL = "stock.tar.gz"


def model(project: Project, folder: Path) -> Path:
    """The stock model in ``folder``, trained when there is none; minutes. Raises CalledProcessError.

    Of each intent it learns ``PHRASES`` phrases, spread over all, for ``EPOCHS`` epochs: DIET needs hours for all of
    them on two cores. What it has learnt changes, what a turn costs hardly, and in its favour: fewer n-grams.
    """
    trained = folder / MODEL
    if not trained.exists():
        write(folder, fewer(phrases()))
        command = [project.rasa_python, "-m", "rasa", "train", "--out", ".", "--fixed-model-name", trained.name[:-7]]
        environment = variables.for_children(project)
        subprocess.run([str(part) for part in command], cwd=folder, env=environment, check=True)
    return trained


def start(project: Project, folder: Path, port: int) -> Server:
    """Start its server with ``rasa run``, with SQLite, as our servers are started."""
    command = [project.rasa_python, "-m", "rasa", "run", "--interface", ports.LOOPBACK, "--port", port]
    command += ["--endpoints", "endpoints.yml", "--credentials", "credentials.yml", "--model", MODEL]
    (folder / "tracker.db").unlink(missing_ok=True)
    environment = {**variables.SERVERS, **variables.for_children(project)}
    return processes.start("Stock Rasa", command, folder, environment, folder / "stock.log")


def fewer(examples: Examples, most: int = PHRASES) -> Examples:
    """At most so many phrases of each intent, at even distances, so that both languages are among them."""
    by_intent: dict[str, list[str]] = {}
    for text, intent in zip(examples.texts, examples.intents, strict=True):
        by_intent.setdefault(intent, []).append(text)
    kept = [
        (text, intent) for intent, texts in by_intent.items() for text in texts[:: max(1, len(texts) // most)][:most]
    ]
    return Examples([text for text, _ in kept], [intent for _, intent in kept])


def write(folder: Path, examples: Examples) -> None:
    """Write the project that is trained."""
    folder.mkdir(parents=True, exist_ok=True)
    pipeline = [{**part, "epochs": EPOCHS} if "epochs" in part else part for part in STOCK]
    intents = sorted(set(examples.intents))
    _write(
        folder / "config.yml",
        {
            "recipe": "default.v1",
            "assistant_id": "stock",
            "language": "en",
            "pipeline": pipeline,
            "policies": POLICIES,
        },
    )
    (folder / "data").mkdir(exist_ok=True)
    (folder / "data" / "nlu.yml").write_text(training_file(examples), encoding="utf-8")
    _write(folder / "data" / "stories.yml", _stories(intents))
    _write(folder / "domain.yml", _domain(intents))
    _write(folder / "credentials.yml", {"rest": None})
    _write(folder / "endpoints.yml", {"tracker_store": {"type": "SQL", "dialect": "sqlite", "db": "tracker.db"}})


def _stories(intents: list[str]) -> dict[str, Any]:
    """A rule each for small talk; for every other intent a story of its own, and one after a greeting."""
    told = [intent for intent in intents if intent not in RULES]
    rules = [{"rule": intent, "steps": _steps(intent)} for intent in RULES]
    alone = [{"story": intent, "steps": _steps(intent)} for intent in told]
    after = [
        {"story": f"{one} then {two}", "steps": _steps(one) + _steps(two)}
        for one, two in zip(told, told[1:] + told[:1])
    ]
    return {"version": "3.1", "rules": rules, "stories": alone + after}


def _steps(intent: str) -> list[dict[str, str]]:
    return [{"intent": intent}, {"action": f"utter_{intent}"}]


def _domain(intents: list[str]) -> dict[str, Any]:
    every = sorted({*intents, *RULES})
    return {
        "version": "3.1",
        "intents": [intent for intent in every if intent != "nlu_fallback"],
        "responses": {f"utter_{intent}": [{"text": f"{intent}: 请看说明。"}] for intent in every},
        "session_config": {"session_expiration_time": 60, "carry_over_slots_to_new_session": True},
    }


def _write(path: Path, content: Mapping[str, Any]) -> None:
    path.write_text(yaml.safe_dump(dict(content), allow_unicode=True, sort_keys=False), encoding="utf-8")
