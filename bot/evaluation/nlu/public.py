"""The classifier on public sets: BANKING77 with ten phrases an intent, CLINC150 small with out-of-scope."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from bot.evaluation.nlu.examples import Examples, lines
from bot.nlu.intent_model import IntentModel

OUTSIDE = "oos"


def banking(folder: Path) -> tuple[Examples, Examples]:
    """Training and validation phrases."""
    return lines(folder / "banking77-train_10.jsonl"), lines(folder / "banking77-valid.jsonl")


def clinc(folder: Path) -> tuple[Examples, Examples]:
    """Training and validation phrases, those out of scope among them as ``oos``."""
    train = lines(folder / "clinc150-small-train.jsonl") + lines(folder / "clinc150-small-oos_train.jsonl")
    return train, lines(folder / "clinc150-small-val.jsonl") + lines(folder / "clinc150-small-oos_val.jsonl")


def accuracy(train: Examples, valid: Examples) -> float:
    """The share of validation phrases with the right intent."""
    model = IntentModel().fit(train.texts, train.intents)
    best = model.probabilities(valid.texts).argmax(axis=1)
    return float((np.asarray(model.labels)[best] == np.asarray(valid.intents)).mean())


def with_rejection(train: Examples, valid: Examples) -> dict[str, float]:
    """In-scope accuracy and out-of-scope recall at the threshold the model found while training."""
    model = IntentModel().fit(train.texts, train.intents, outside=[OUTSIDE])
    probabilities = model.probabilities(valid.texts)
    given = np.asarray(model.labels)[probabilities.argmax(axis=1)]
    given[probabilities.max(axis=1) < model.threshold.confidence] = OUTSIDE
    truth = np.asarray(valid.intents)
    inside = truth != OUTSIDE
    return {
        "in_scope": float((given == truth)[inside].mean()),
        "outside_recall": float((given == truth)[~inside].mean()),
        "threshold": model.threshold.confidence,
    }
