import numpy as np
import pytest

from bot.catalogue import Catalogue
from bot.evaluation.procedures.measure import figures, outcomes_of
from bot.evaluation.procedures.optimum import fewest_mean, fewest_worst
from bot.procedures import questions_of
from tests.small_folder import DAY


@pytest.mark.parametrize(
    ("outcomes", "worst", "mean"),
    [
        (np.zeros((2, 3), int), 0, 0.0),
        (np.asarray([0, 1]), 1, 1.0),
        (np.asarray([[0, 0], [1, 1]]), 1, 1.0),
        (np.asarray([[0, 0], [1, 2]]), 2, 1.5),
        (np.arange(8).reshape(2, 2, 2), 3, 3.0),
        (np.asarray([[[0, 1], [0, 1]], [[2, 2], [3, 3]]]), 2, 2.0),
        (np.asarray(7), 0, 0.0),
    ],
)
def test_the_fewest_questions(outcomes: np.ndarray, worst: int, mean: float) -> None:
    assert fewest_worst(outcomes) == worst
    assert fewest_mean(outcomes) == pytest.approx(mean)


def test_a_topic(small: Catalogue) -> None:
    found = figures(small, "renewal", DAY)
    assert (found.combinations, found.apart, found.outcomes) == (32, 24, 18)
    assert (found.worst, found.fewest_worst) == (4, 4)
    assert found.mean == found.fewest_mean == 3.5
    assert outcomes_of(questions_of(small, "renewal", DAY)).shape == (2, 2, 2, 3)


def test_a_topic_without_questions(small: Catalogue) -> None:
    found = figures(small, "about", DAY)
    assert (found.combinations, found.apart, found.outcomes, found.worst, found.mean) == (1, 1, 1, 0, 0.0)


def test_the_real_topics_ask_no_more_than_the_smallest_tree(real: Catalogue) -> None:
    for topic in real.topics:
        found = figures(real, topic, DAY)
        assert found.worst == found.fewest_worst, topic
        assert found.mean <= found.fewest_mean * 1.05, topic
