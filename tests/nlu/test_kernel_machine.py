"""Sentence vectors are compared in the directions in which they differ."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse

from bot import onnx_graph
from bot.nlu.kernel_machine import DIRECTIONS, KernelMachine, near_by

WIDTH = 2.0


def unit(rows: np.ndarray) -> np.ndarray:
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def test_vectors_that_differ_in_few_directions_are_compared_exactly() -> None:
    random = np.random.default_rng(0)
    space = random.standard_normal((DIRECTIONS, 512))
    known, new = (unit(random.standard_normal((count, DIRECTIONS)) @ space) for count in (600, 5))
    ngrams = scipy.sparse.random(600, 40, 0.2, format="csr", random_state=0, dtype=np.float32)
    asked = scipy.sparse.random(5, 40, 0.2, format="csr", random_state=1, dtype=np.float32)
    coefficients = random.standard_normal((600, 3)).astype(np.float32)
    exact = (asked @ ngrams.T).toarray() @ coefficients + near_by((new,), (known,), WIDTH) @ coefficients
    machine = KernelMachine(ngrams, (known,), coefficients, WIDTH)
    np.testing.assert_allclose(machine.scores(asked, (new,)), exact, atol=2e-3)


def test_fewer_texts_than_directions() -> None:
    random = np.random.default_rng(0)
    known = unit(random.standard_normal((6, 512)))
    machine = KernelMachine(
        scipy.sparse.csr_matrix((6, 1), dtype=np.float32), (known,), np.eye(6, dtype=np.float32), WIDTH
    )
    scores = machine.scores(scipy.sparse.csr_matrix((6, 1), dtype=np.float32), (known,))
    np.testing.assert_allclose(scores, near_by((known,), (known,), WIDTH), atol=1e-4)


def test_a_few_texts_are_scored_nearly_like_many_and_none_like_none() -> None:
    asked, views, machine = some()
    many = machine.scores(asked, views)
    for count in (0, 1, 3):
        few = machine.scores(asked[:count], [view[:count] for view in views])
        assert few.shape == (count, 4)
        np.testing.assert_allclose(few, many[:count], atol=0.01 * np.abs(many).max())


def test_a_few_texts_are_scored_like_many_where_the_processor_knows_no_8_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(onnx_graph, "computes_in_8_bits", lambda: False)
    asked, views, machine = some()
    few = machine.scores(asked[:3], [view[:3] for view in views])
    np.testing.assert_allclose(few, machine.scores(asked, views)[:3], atol=1e-4)


def some() -> tuple[scipy.sparse.csr_matrix, list[np.ndarray], KernelMachine]:
    """What nine texts are given as, and a machine that knows fifty."""
    random = np.random.default_rng(0)
    known, new = unit(random.standard_normal((50, 512))), unit(random.standard_normal((9, 512)))
    ngrams = scipy.sparse.random(50, 20, 0.2, format="csr", random_state=0, dtype=np.float32)
    asked = scipy.sparse.random(9, 20, 0.2, format="csr", random_state=1, dtype=np.float32)
    coefficients = random.standard_normal((50, 4)).astype(np.float32)
    return asked, [new, new], KernelMachine(ngrams, (known, known), coefficients, WIDTH)
