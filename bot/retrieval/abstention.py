"""When to say "nothing here answers this": how sure a search is of its best passage, and the threshold it must reach.

The fused score is relative to the corpus, so alone it does not tell a question we can answer from one we cannot. A
logistic regression over a few signals does; its numbers are fitted on calibration questions and saved with the index.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import exp

import numpy as np

# Of the questions nothing answers, at most this part may be answered all the same.
WRONGLY_ANSWERED = 0.03
# Of the calibration questions fewer: the weights and the threshold were chosen on them, new ones fare worse.
_OF_THE_KNOWN = 0.02
_LEAST = 20


@dataclass(frozen=True)
class Signals:
    """What is known about the best passage of a search.

    ``cosine`` of question and passage; ``deviations``: by how many standard deviations that is above the corpus mean;
    ``coverage``: the part of the question's words, weighted by rarity, that the passage has; ``margin``: its fused
    score less that of the best passage of another matter (topic or law); ``inside``: the adapter's log-odds that the
    question is about our matters at all; ``about``: the log-probability that it is about the passage's matter, and
    ``outside`` that it is about none; ``lexical``: by how many deviations the passage's BM25 is above the corpus mean.
    """

    cosine: float
    deviations: float
    coverage: float
    margin: float
    inside: float = 0.0
    about: float = 0.0
    outside: float = 0.0
    lexical: float = 0.0


@dataclass(frozen=True)
class Calibration:
    """Weights of the signals and a bias, the threshold on the resulting probability, and on how many questions fitted.

    The defaults are those fitted on this project's knowledge; they serve a corpus too small to fit its own.
    """

    weights: dict[str, float] = field(
        default_factory=lambda: {"cosine": 5.0, "deviations": 1.2, "coverage": 2.0, "margin": 0.3}
    )
    bias: float = -7.5
    threshold: float = 0.5
    questions: int = 0

    def confidence(self, signals: Signals) -> float:
        """The probability, 0 to 1, that the best passage answers the question."""
        total = self.bias + sum(weight * float(getattr(signals, name)) for name, weight in self.weights.items())
        return 1 / (1 + exp(-max(-50.0, min(50.0, total))))


def fitted(answerable: Sequence[Signals], unanswerable: Sequence[Signals]) -> Calibration:
    """The calibration that tells the two apart, or the default one where there are too few to learn from.

    The threshold is the lowest at which no more than two in a hundred of the unanswerable ones pass.
    """
    if min(len(answerable), len(unanswerable)) < _LEAST:
        return Calibration()
    from sklearn.linear_model import LogisticRegression  # loaded for building only

    names = list(Signals.__dataclass_fields__)
    rows = np.array([[getattr(s, name) for name in names] for s in [*answerable, *unanswerable]])
    spread = rows.std(axis=0) + 1e-9
    right = np.array([1] * len(answerable) + [0] * len(unanswerable))
    model = LogisticRegression(C=1.0).fit((rows - rows.mean(axis=0)) / spread, right)
    weights = model.coef_[0] / spread
    bias = float(model.intercept_[0] - weights @ rows.mean(axis=0))
    found = Calibration(dict(zip(names, weights.tolist())), bias, 0.5, len(rows))
    wrong = sorted(found.confidence(signals) for signals in unanswerable)
    # Between the last one let through and the next: as far from both as possible.
    allowed = int(len(wrong) * _OF_THE_KNOWN)
    cut = wrong[-1 - allowed]
    above = [c for c in map(found.confidence, answerable) if c > cut]
    threshold = (cut + min(above)) / 2 if above else cut
    return Calibration(found.weights, bias, threshold, len(rows))
