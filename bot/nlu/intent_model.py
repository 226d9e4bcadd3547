"""An intent classifier with honest confidences that knows when to refuse; usable without Rasa."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, softmax
from sklearn.model_selection import StratifiedKFold

from bot.nlu.encoder import Matrix
from bot.nlu.features import Features, Rows
from bot.nlu.kernel_machine import KernelMachine, near_by, shared, solve
from bot.nlu.rejection import Judged, Threshold, choose
from bot.nlu.views import Views

FOLDS = 4
Scores = np.ndarray[Any, np.dtype[np.float64]]
Places = np.ndarray[Any, np.dtype[np.intp]]


class IntentModel:
    """Kernel least squares, one class against the rest; its scores become probabilities by one temperature.

    Temperature and threshold are fitted on held-out folds, so that a confidence of 0.8 is right about eight times
    in ten, and so that questions outside our matters are refused.
    """

    def __init__(self, ridge: float = 0.2, width: float = 2.0, margin: float = 0.0) -> None:
        self._features = Features()
        self._views = Views()
        self._machine: KernelMachine | None = None
        self._ridge = ridge
        self._width = width
        self._margin = margin
        self.temperature = 1.0
        self.threshold = Threshold()
        self.judged: Judged | None = None
        self.labels: list[str] = []

    def fit(self, texts: Sequence[str], intents: Sequence[str], outside: Collection[str] = ()) -> IntentModel:
        """Learn from texts with their intents; at least two intents with four texts each.

        ``outside`` are the intents of questions that are not ours.
        """
        rows = self._features.fit(texts)
        self.labels = sorted(set(intents))
        truth = np.searchsorted(self.labels, np.asarray(intents))
        targets = np.eye(len(self.labels), dtype=np.float32)[truth]
        targets -= targets.mean(axis=0)
        by_ngrams = shared(rows.ngrams)
        views = self._views.fit(rows, truth).of(rows)
        held_out = self._held_out(rows, by_ngrams, truth, targets)
        self.temperature = _temperature(held_out, truth)
        self._calibrate(np.asarray(softmax(held_out * self.temperature, axis=1)), truth, outside)
        by_ngrams += near_by(views, views, self._width)
        self._machine = KernelMachine(rows.ngrams, views, solve(by_ngrams, targets, self._ridge), self._width)
        return self

    def probabilities(self, texts: Sequence[str]) -> Scores:
        """(texts × labels), rows sum to 1; columns in the order of ``labels``.

        Raises:
            RuntimeError: nothing was learnt yet.
        """
        if self._machine is None:
            raise RuntimeError("fit the model first")
        rows = self._features.rows(texts)
        scores = self._machine.scores(rows.ngrams, self._views.of(rows))
        return np.asarray(softmax(scores * self.temperature, axis=1))

    def ranking(self, text: str) -> list[tuple[str, float]]:
        """All intents with their probabilities, best first."""
        return self.rankings([text])[0]

    def rankings(self, texts: Sequence[str]) -> list[list[tuple[str, float]]]:
        """The ranking of each text; several at once are quicker than one by one."""
        rows = self.probabilities(texts)
        return [[(self.labels[place], float(row[place])) for place in np.argsort(-row)] for row in rows]

    def _held_out(self, rows: Rows, by_ngrams: Matrix, truth: Places, targets: Matrix) -> Scores:
        """(n × labels): the scores of every text by a model that has not seen it."""
        scores = np.zeros(targets.shape)
        for learnt, unseen in _folds(truth):
            views = Views().fit(_some(rows, learnt), truth[learnt]).of(rows)
            known, new = [view[learnt] for view in views], [view[unseen] for view in views]
            alike = by_ngrams[np.ix_(learnt, learnt)] + near_by(known, known, self._width)
            coefficients = solve(alike, targets[learnt], self._ridge)
            scores[unseen] = (by_ngrams[np.ix_(unseen, learnt)] + near_by(new, known, self._width)) @ coefficients
        return scores

    def _calibrate(self, probabilities: Scores, truth: Places, outside: Collection[str]) -> None:
        is_outside = np.isin(self.labels, list(outside))
        best = probabilities.argmax(axis=1)
        self.judged = Judged(
            best=probabilities.max(axis=1), ours=~is_outside[best], right=best == truth, outside=is_outside[truth]
        )
        self.threshold = Threshold(choose(self.judged), self._margin)


def _folds(truth: Places) -> Iterator[tuple[Places, Places]]:
    """(learnt, unseen) places; every text is unseen once."""
    yield from StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(truth, truth)


def _some(rows: Rows, places: Places) -> Rows:
    """The rows at ``places``."""
    return Rows([rows.plain[place] for place in places], rows.ngrams[places], rows.vectors[places])


def _temperature(scores: Matrix | Scores, truth: Places) -> float:
    """The factor on the scores that makes the held-out answers most likely."""

    def loss(factor: float) -> float:
        return float(-log_softmax(scores * factor, axis=1)[np.arange(len(truth)), truth].mean())

    return float(minimize_scalar(loss, bounds=(0.5, 60.0), method="bounded").x)
