from pathlib import Path

import numpy as np
import pytest

from bot.errors import IndexFault
from bot.retrieval.index import DenseIndex, kind
from bot.retrieval.moments import Moments


def unit_vectors(rows: int, dimension: int = 48, seed: int = 1) -> np.ndarray:
    vectors = np.random.default_rng(seed).normal(size=(rows, dimension)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.mark.parametrize("rows", [1, 7, 500, 3000])
def test_equals_exact_search_on_the_same_vectors(rows: int) -> None:
    vectors, questions = unit_vectors(rows), unit_vectors(20, seed=2)
    limit = min(10, rows)
    scores, found = DenseIndex.build(vectors, exact_up_to=5000).search(questions, limit)
    exact = questions @ vectors.T
    np.testing.assert_array_equal(found, np.argsort(-exact, axis=1, kind="stable")[:, :limit])
    np.testing.assert_allclose(scores, np.take_along_axis(exact, found, axis=1), atol=1e-6)


def test_approximate_index_above_the_size_finds_nearly_all() -> None:
    vectors, questions = unit_vectors(3000), unit_vectors(50, seed=2)
    index = DenseIndex.build(vectors, exact_up_to=2999)
    assert (kind(3000, 2999), kind(2999, 2999)) == ("HNSW32,SQfp16", "Flat")
    _, found = index.search(questions, 10)
    exact = np.argsort(-(questions @ vectors.T), axis=1)[:, :10]
    recall = np.mean([len(set(a) & set(b)) / 10 for a, b in zip(found, exact, strict=True)])
    assert recall >= 0.97


@pytest.mark.parametrize("exact_up_to", [100, 5000])
def test_saved_and_loaded_it_finds_the_same(tmp_path: Path, exact_up_to: int) -> None:
    vectors, questions = unit_vectors(1000), unit_vectors(5, seed=2)
    index = DenseIndex.build(vectors, exact_up_to)
    index.save(tmp_path / "dense.faiss")
    again = DenseIndex.load(tmp_path / "dense.faiss")
    assert again.size == 1000
    np.testing.assert_array_equal(again.search(questions, 10)[1], index.search(questions, 10)[1])
    np.testing.assert_allclose(again.vectors(np.arange(4)), vectors[:4], atol=0.02)


def test_a_file_that_is_no_index_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "dense.faiss").write_bytes(b"not an index at all")
    with pytest.raises(IndexFault, match="not an index"):
        DenseIndex.load(tmp_path / "dense.faiss")


def test_moments_give_the_spread_of_all_cosines() -> None:
    vectors, question = unit_vectors(400), unit_vectors(1, seed=3)[0]
    cosines = vectors @ question
    mean, deviation = Moments.of(vectors).spread(question)
    assert mean == pytest.approx(cosines.mean(), abs=1e-6)
    assert deviation == pytest.approx(cosines.std(), rel=1e-4)
