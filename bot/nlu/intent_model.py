"""An intent classifier with honest confidences that knows when to refuse; usable without Rasa."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import numpy as np
from scipy.special import softmax
from sklearn.model_selection import StratifiedKFold

from bot.nlu.encoder import Matrix
from bot.nlu.features import Features, Rows
from bot.nlu.first_look import FirstLook
from bot.nlu.kernel_machine import KernelMachine, near_by, shared, solve
from bot.nlu.rejection import Flags, Judged, Threshold, choose
from bot.nlu.temperature import Places, Scores, fitted
from bot.nlu.views import Views

FOLDS = 4


class IntentModel:
    """Kernel least squares, one class against the rest; its scores become probabilities by one temperature.

    Temperature and threshold are fitted on held-out folds, so that a confidence of 0.8 is right about eight times
    in ten, and so that questions outside our matters are refused. A text the first look is sure of is not encoded.
    """

    def __init__(self, ridge: float = 0.2, width: float = 2.0, margin: float = 0.0) -> None:
        self._features = Features()
        self._views = Views()
        self._first: FirstLook | None = None
        self._machine: KernelMachine | None = None
        self._ridge = ridge
        self._width = width
        self._margin = margin
        self.temperature = 1.0
        self.threshold = Threshold()
        self.judged: Judged | None = None
        self.labels: list[str] = []

    def fit(
        self,
        texts: Sequence[str],
        intents: Sequence[str],
        outside: Collection[str] = (),
        fragments: Collection[str] = (),
    ) -> IntentModel:
        """Learn from texts with their intents; at least two intents with four texts each.

        ``outside`` are the intents of questions that are not ours, ``fragments`` those whose words are also parts of
        other messages.
        """
        rows = self._features.fit(texts)
        self.labels = sorted(set(intents))
        truth = np.searchsorted(self.labels, np.asarray(intents))
        targets = np.eye(len(self.labels), dtype=np.float32)[truth]
        targets -= targets.mean(axis=0)
        by_ngrams = shared(rows.ngrams)
        views = self._views.fit(rows, truth).of(rows)
        first, whole = self._held_out(rows, by_ngrams, truth, targets)
        self.temperature = fitted(whole, truth)
        is_outside, is_fragment = (np.isin(self.labels, list(names)) for names in (outside, fragments))
        self.judged = _judged(np.asarray(softmax(whole * self.temperature, axis=1)), truth, is_outside)
        self.threshold = Threshold(choose(self.judged), self._margin)
        looking = FirstLook(rows.ngrams, solve(by_ngrams, targets, self._ridge), is_fragment)
        believed = self.judged.best >= self.threshold.confidence
        self._first = looking.calibrate(first, truth, whole.argmax(axis=1), believed)
        by_ngrams += near_by(views, views, self._width)
        self._machine = KernelMachine(rows.ngrams, views, solve(by_ngrams, targets, self._ridge), self._width)
        return self

    def load(self) -> None:
        """Build now what the first text that needs it would wait for."""
        self._whole(self._features.rows(*self._features.counted(["你好"])))

    def probabilities(self, texts: Sequence[str]) -> Scores:
        """(texts × labels), rows sum to 1; columns in the order of ``labels``.

        Raises:
            RuntimeError: nothing was learnt yet.
        """
        first = self._looking()
        plain, ngrams = self._features.counted(texts)
        found = first.probabilities(ngrams)
        unsure = np.nonzero(~first.is_sure(found))[0]
        if 0 < len(unsure) == len(plain):
            return self._whole(self._features.rows(plain, ngrams))
        if len(unsure):
            found[unsure] = self._whole(self._features.rows([plain[place] for place in unsure], ngrams[unsure]))
        return found

    def _whole(self, rows: Rows) -> Scores:
        """(texts × labels), by n-grams and sentence vectors."""
        assert self._machine is not None
        scores = self._machine.scores(rows.ngrams, self._views.of(rows))
        return np.asarray(softmax(scores * self.temperature, axis=1))

    def ranking(self, text: str) -> list[tuple[str, float]]:
        """All intents with their probabilities, best first."""
        return self.rankings([text])[0]

    def rankings(self, texts: Sequence[str]) -> list[list[tuple[str, float]]]:
        """The ranking of each text; several at once are quicker than one by one."""
        return self._ranked(self.probabilities(texts))

    def glances(self, texts: Sequence[str]) -> list[list[tuple[str, float]]]:
        """The ranking of each text by its n-grams alone, which take a tenth of the time."""
        return self._ranked(self._looking().probabilities(self._features.counted(texts)[1]))

    def _ranked(self, rows: Scores) -> list[list[tuple[str, float]]]:
        return [[(self.labels[place], float(row[place])) for place in np.argsort(-row)] for row in rows]

    def _looking(self) -> FirstLook:
        if self._first is None:
            raise RuntimeError("fit the model first")
        return self._first

    def _held_out(self, rows: Rows, by_ngrams: Matrix, truth: Places, targets: Matrix) -> tuple[Scores, Scores]:
        """(n × labels) twice: the scores of every text by n-grams alone and by all, learnt without the text."""
        first, whole = np.zeros(targets.shape), np.zeros(targets.shape)
        for learnt, unseen in _folds(truth):
            views = Views().fit(_some(rows, learnt), truth[learnt]).of(rows)
            known, new = [view[learnt] for view in views], [view[unseen] for view in views]
            alike, across = by_ngrams[np.ix_(learnt, learnt)], by_ngrams[np.ix_(unseen, learnt)]
            first[unseen] = across @ solve(alike, targets[learnt], self._ridge)
            alike += near_by(known, known, self._width)
            across += near_by(new, known, self._width)
            whole[unseen] = across @ solve(alike, targets[learnt], self._ridge)
        return first, whole


def _judged(probabilities: Scores, truth: Places, outside: Flags) -> Judged:
    """Of held-out texts (n × labels); ``outside`` says of each label whether it is no matter of ours."""
    best = probabilities.argmax(axis=1)
    return Judged(probabilities.max(axis=1), ~outside[best], best == truth, outside[truth])


def _folds(truth: Places) -> Iterator[tuple[Places, Places]]:
    """(learnt, unseen) places; every text is unseen once."""
    yield from StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(truth, truth)


def _some(rows: Rows, places: Places) -> Rows:
    """The rows at ``places``."""
    return Rows([rows.plain[place] for place in places], rows.ngrams[places], rows.vectors[places])
