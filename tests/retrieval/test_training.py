"""Learning the adapter, on data small enough to know what must come out."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.errors import IndexFault, SettingError
from bot.retrieval import lessons
from bot.retrieval.adapter import Adapter
from bot.retrieval.cache import VectorCache
from bot.retrieval.corpus import Corpus
from bot.retrieval.training import Lesson, Recipe, learn, learn_domain
from tests.retrieval.fakes import FakeEncoder, passage


def unit(vectors: np.ndarray) -> np.ndarray:
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def rotated_lesson(seed: int) -> Lesson:
    """Questions are their passages turned by one fixed rotation: a linear layer can learn to turn them back."""
    random = np.random.default_rng(7)
    turn, _ = np.linalg.qr(random.normal(size=(16, 16)))
    passages = unit(np.random.default_rng(seed).normal(size=(300, 16)))
    return Lesson(unit(passages @ turn), passages, [[n] for n in range(300)])


def hits(adapter: Adapter, lesson: Lesson) -> float:
    scores = adapter.questions(lesson.questions) @ adapter.passages(lesson.passages).T
    return float((scores.argmax(axis=1) == np.arange(len(scores))).mean())


def test_it_learns_what_holds_for_questions_it_never_saw() -> None:
    adapter = learn([rotated_lesson(1)], "fake 1", Recipe(epochs=40, rate=1e-2, hard=20, random=100))
    unseen = rotated_lesson(2)
    assert hits(Adapter(), unseen) < 0.05
    assert hits(adapter, unseen) > 0.95
    assert adapter.encoder == "fake 1"


def test_the_same_seed_learns_the_same() -> None:
    recipe = Recipe(epochs=2, hard=5, random=20)
    one, two = (learn([rotated_lesson(1)], "x", recipe) for _ in range(2))
    assert one.question is not None
    assert two.question is not None
    np.testing.assert_array_equal(one.question, two.question)


def test_saved_and_loaded_for_its_own_encoder_only(tmp_path: Path) -> None:
    adapter = learn([rotated_lesson(1)], "fake 1", Recipe(epochs=1, hard=5, random=20))
    adapter = replace(adapter, domain=np.arange(17, dtype=np.float32))
    adapter.save(tmp_path / "adapter.npz")
    again = Adapter.for_encoder("fake 1", tmp_path / "adapter.npz")
    assert adapter.question is not None
    assert again.question is not None
    np.testing.assert_allclose(again.question, adapter.question, atol=1e-3)
    assert again.inside(np.zeros((1, 16), dtype=np.float32)).tolist() == [16.0]
    assert again.fingerprint == Adapter.load(tmp_path / "adapter.npz").fingerprint != "none"
    assert Adapter.for_encoder("fake 2", tmp_path / "adapter.npz") == Adapter()
    assert Adapter.for_encoder("fake 1", tmp_path / "none.npz") == Adapter()


def test_a_broken_adapter_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "adapter.npz").write_bytes(b"PK broken")
    with pytest.raises(IndexFault, match="cannot be read"):
        Adapter.load(tmp_path / "adapter.npz")


def test_the_line_tells_inside_from_outside() -> None:
    random = np.random.default_rng(0)
    inside, outside = (unit(random.normal(centre, 1, size=(100, 8))) for centre in (1.0, -1.0))
    adapter = Adapter(domain=learn_domain(inside, outside))
    assert (adapter.inside(inside) > 0).mean() > 0.95
    assert (adapter.inside(outside) < 0).mean() > 0.95
    assert Adapter().inside(inside).tolist() == [0.0] * 100


def test_own_questions_are_answered_by_their_passage_in_both_languages(tmp_path: Path) -> None:
    pairs = "lost-card/steps/report: {zh: [丢了], en: [lost it]}\ngone/steps/x: {zh: [无]}\n"
    (tmp_path / "pairs.yml").write_text(pairs, encoding="utf-8")
    corpus = Corpus([passage("a/steps/b"), passage()], [])
    lesson = lessons.own(corpus, FakeEncoder(), VectorCache(tmp_path / "v.sqlite"), tmp_path / "pairs.yml")
    assert lesson.answers == [[2, 3], [2, 3]]
    assert (lesson.questions.shape, lesson.passages.shape) == ((2, 64), (4, 64))


def test_a_folder_without_stard_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="does not hold the data set STARD"):
        lessons.stard(tmp_path, FakeEncoder(), VectorCache(tmp_path / "v.sqlite"))
