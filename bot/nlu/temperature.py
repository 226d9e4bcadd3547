"""From scores to honest probabilities: one factor on the scores, fitted on texts the model has not seen."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax

Scores = np.ndarray[Any, np.dtype[np.float64]]
Places = np.ndarray[Any, np.dtype[np.intp]]


def fitted(scores: Scores, truth: Places) -> float:
    """The factor on the scores (n × classes) that makes the right classes (n) most likely."""

    def loss(factor: float) -> float:
        return float(-log_softmax(scores * factor, axis=1)[np.arange(len(truth)), truth].mean())

    return float(minimize_scalar(loss, bounds=(0.5, 60.0), method="bounded").x)
