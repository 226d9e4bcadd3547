import numpy as np
import pytest

from bot.retrieval.abstention import WRONGLY_ANSWERED, Calibration, Signals, fitted


def signals(centre: float, number: int, seed: int) -> list[Signals]:
    random = np.random.default_rng(seed)
    return [Signals(*(centre + random.normal(0, 1, 5)).tolist()) for _ in range(number)]


def test_confidence_grows_with_every_weighted_signal() -> None:
    calibration = Calibration({"cosine": 2.0, "margin": 1.0}, bias=-2.0)
    assert calibration.confidence(Signals(1.0, 0, 0, 0.0)) == pytest.approx(0.5)
    assert calibration.confidence(Signals(1.0, 0, 0, 1.0)) == pytest.approx(0.7310586)
    assert calibration.confidence(Signals(1e9, 0, 0, 0.0)) == pytest.approx(1.0)


def test_fitted_lets_through_no_more_wrong_ones_than_allowed() -> None:
    answerable, unanswerable = signals(2.0, 200, 1), signals(-2.0, 100, 2)
    found = fitted(answerable, unanswerable)
    passed = sum(found.confidence(s) >= found.threshold for s in unanswerable)
    assert passed / 100 <= WRONGLY_ANSWERED
    assert sum(found.confidence(s) >= found.threshold for s in answerable) / 200 > 0.95
    assert found.questions == 300


def test_too_few_questions_leave_the_default() -> None:
    assert fitted(signals(2.0, 5, 1), signals(-2.0, 100, 2)) == Calibration()
    assert fitted(signals(2.0, 100, 1), []) == Calibration()
