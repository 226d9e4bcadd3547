from pathlib import Path

import numpy as np
import pytest

from bot.evaluation.retrieval.measures import judged, standardised
from bot.evaluation.retrieval.scale import Likeness, measure
from bot.evaluation.retrieval.stard import folds
from bot.retrieval.settings import Settings


def test_ranks_count_as_they_should() -> None:
    scores = np.array([[3, 2, 1, 0], [0, 1, 2, 3], [1, 1, 0, 0]], dtype=np.float32)
    found = judged(scores, [{0}, {1, 0}, {0}])
    assert found.hit_1 == pytest.approx(1 / 3)
    assert found.hit_3 == pytest.approx(1.0)
    assert found.mrr_10 == pytest.approx((1 + 1 / 3 + 1 / 2) / 3)
    assert found.recall_100 == 1.0


def test_beyond_ten_and_a_hundred_nothing_counts() -> None:
    scores = np.arange(200, 0, -1, dtype=np.float32)[None]
    assert judged(scores, [{10}]).mrr_10 == 0
    assert judged(scores, [{99, 100}]).recall_100 == 0.5


def test_standardised_rows_have_mean_0_and_deviation_1() -> None:
    found = standardised(np.array([[1, 2, 3], [10, 10, 40]], dtype=np.float32))
    np.testing.assert_allclose(found.mean(axis=1), 0, atol=1e-6)
    np.testing.assert_allclose(found.std(axis=1), 1, atol=1e-4)


def test_folds_judge_every_question_once_and_never_on_itself() -> None:
    parts = list(folds(103))
    assert sorted(np.concatenate([test for _, test in parts]).tolist()) == list(range(103))
    assert all(not set(train) & set(test) and len(train) + len(test) == 103 for train, test in parts)


def test_the_size_bench_is_exact_where_the_index_is(tmp_path: Path) -> None:
    like = Likeness(Likeness(np.eye(32, dtype=np.float32)).vectors(200, seed=0))
    found = measure(1000, like, Settings(), tmp_path)
    assert (found.kind, found.recall, found.rows) == ("Flat", 1.0, 1000)
    assert found.disk_mb == pytest.approx(1000 * 32 * 4 / 1e6, rel=0.01)


def test_the_size_bench_builds_once_and_measures_again(tmp_path: Path) -> None:
    like = Likeness(np.eye(32, dtype=np.float32))
    first = measure(300, like, Settings(exact_up_to=200), tmp_path)
    (built,) = tmp_path.iterdir()
    before = {file.name: file.stat().st_mtime_ns for file in built.iterdir()}
    again = measure(300, like, Settings(exact_up_to=200), tmp_path)
    assert {file.name: file.stat().st_mtime_ns for file in built.iterdir()} == before
    assert (again.kind, again.build_seconds, again.recall) == (first.kind, first.build_seconds, first.recall)
    assert "HNSW" in first.kind


def test_half_a_build_does_not_count(tmp_path: Path) -> None:
    like = Likeness(np.eye(32, dtype=np.float32))
    measure(300, like, Settings(), tmp_path)
    (built,) = tmp_path.iterdir()
    built.rename(built.with_name(f"{built.name}-building-1"))
    assert measure(300, like, Settings(), tmp_path).recall == 1.0
    assert built.is_dir()
