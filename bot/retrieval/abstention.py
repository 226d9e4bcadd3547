"""When to say "nothing here answers this": how sure a search is of its best passage, and the threshold it must reach.

Neither the fused score nor its parts alone tell a question we can answer from one we cannot: the fused score is
relative to the corpus. A logistic regression over a few absolute signals does; its few numbers are fitted on
calibration questions and saved with the index.
"""

from dataclasses import dataclass, field
from math import exp

SIGNALS = ("cosine", "coverage", "deviations", "margin")


@dataclass(frozen=True)
class Signals:
    """What is known about the best passage of a search.

    ``cosine`` of question and passage; ``coverage``: the part of the question's words, weighted by rarity, that the
    passage has; ``deviations``: by how many standard deviations its cosine is above the corpus mean; ``margin``: its
    fused score less that of the best passage of another matter (topic or law).
    """

    cosine: float
    coverage: float
    deviations: float
    margin: float


@dataclass(frozen=True)
class Calibration:
    """Weights of the signals, a bias, and the threshold on the resulting probability.

    ``questions`` is how many it was fitted on.
    """

    weights: dict[str, float] = field(
        default_factory=lambda: {"cosine": 40.0, "coverage": 6.0, "deviations": 0.0, "margin": 0.0}
    )
    bias: float = -36.0
    threshold: float = 0.5
    questions: int = 0

    def confidence(self, signals: Signals) -> float:
        """The probability, 0 to 1, that the best passage answers the question."""
        total = self.bias + sum(weight * float(getattr(signals, name)) for name, weight in self.weights.items())
        return 1 / (1 + exp(-max(-50.0, min(50.0, total))))
