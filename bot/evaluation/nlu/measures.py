"""Answers → figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Any

import numpy as np

from bot.catalogue import Catalogue
from bot.evaluation.nlu.examples import Question, cases
from bot.nlu.features import normalise
from bot.nlu.said import ASPECT, SaidFinder

Answer = tuple[str, float]
BINS = 10


def topic_rates(questions: Sequence[Question], answers: Sequence[Answer], topics: Collection[str]) -> dict[str, float]:
    """Right topic by language; share of each rejected kind answered as a topic (``wrongly_…``); their recall."""
    figures: dict[str, float] = {}
    for language in ("zh", "en"):
        right = [
            answer[0] == question.intent
            for question, answer in zip(questions, answers, strict=True)
            if question.kind == "topic" and question.language == language
        ]
        figures[f"right_topic_{language}"] = _share(right)
    outside = [(one.kind, answer[0]) for one, answer in zip(questions, answers, strict=True) if one.kind != "topic"]
    for kind in sorted({kind for kind, _ in outside}):
        figures[f"wrongly_answered_{kind}"] = _share([intent in topics for one, intent in outside if one == kind])
    figures["wrongly_answered"] = _share([intent in topics for _, intent in outside])
    figures["outside_recall"] = _share([is_refusal(intent) for _, intent in outside])
    return figures


def is_refusal(intent: str) -> bool:
    """Whether the intent says that the question is not ours, or not understood."""
    return intent in ("nlu_fallback", "out_of_scope", "oos") or intent.startswith("near_miss")


def per_intent(truth: Sequence[str], answers: Sequence[Answer]) -> dict[str, dict[str, float]]:
    """Precision, recall and number of questions of every right intent."""
    given = [intent for intent, _ in answers]
    right = Counter(one for one, other in zip(truth, given, strict=True) if one == other)
    asked, told = Counter(truth), Counter(given)
    return {
        intent: {
            "precision": right[intent] / told[intent] if told[intent] else 0.0,
            "recall": right[intent] / asked[intent],
            "questions": asked[intent],
        }
        for intent in sorted(asked)
    }


def confusions(truth: Sequence[str], answers: Sequence[Answer]) -> list[tuple[str, str, int]]:
    """(right, given, how often), most frequent first."""
    wrong = Counter((one, given) for one, (given, _) in zip(truth, answers, strict=True) if one != given)
    return [(one, given, count) for (one, given), count in wrong.most_common()]


def reliability(confidences: Sequence[float], right: Sequence[bool]) -> list[dict[str, float]]:
    """Mean confidence and share right of each tenth of the confidence scale that occurs."""
    sure, ok = np.asarray(confidences), np.asarray(right)
    places = np.minimum((sure * BINS).astype(int), BINS - 1)
    return [
        {"confidence": float(sure[here].mean()), "right": float(ok[here].mean()), "questions": int(here.sum())}
        for here in (places == place for place in range(BINS))
        if here.any()
    ]


def facts(catalogue: Catalogue) -> dict[str, float]:
    """Precision, recall and F1 of the facts in the held-apart sentences, over all and by language.

    The sentences are read as a channel hands them on, half-width and simplified.
    """
    finder = SaidFinder(catalogue)
    counts: Counter[str] = Counter()
    for case in cases("facts"):
        skipped = (ASPECT, *case.get("unscored", ()))
        found = {
            (said.name, said.value) for said in _last(finder.find(normalise(case["text"]))) if said.name not in skipped
        }
        stated = set(case["facts"].items())
        for where in ("all", case["language"]):
            counts.update({f"{where}_right": len(found & stated), f"{where}_wrong": len(found - stated)})
            counts[f"{where}_missed"] += len(stated - found)
    return {name: value for where in ("all", "zh", "en") for name, value in _f1(counts, where)}


def _last(said: Iterable[Any]) -> list[Any]:
    """One value a fact: what is said last counts."""
    return list({one.name: one for one in said}.values())


def _f1(counts: Counter[str], where: str) -> list[tuple[str, float]]:
    right, wrong, missed = (counts[f"{where}_{name}"] for name in ("right", "wrong", "missed"))
    return [
        (f"precision_{where}", right / max(1, right + wrong)),
        (f"recall_{where}", right / max(1, right + missed)),
        (f"f1_{where}", 2 * right / max(1, 2 * right + wrong + missed)),
    ]


def _share(values: Sequence[bool]) -> float:
    return float(np.mean(values)) if len(values) else 0.0
