from pathlib import Path

import numpy as np
import pytest

from bot.errors import EncoderError
from bot.retrieval.cache import VectorCache
from tests.retrieval.fakes import FakeEncoder


def test_only_new_texts_are_encoded(tmp_path: Path) -> None:
    first = VectorCache(tmp_path / "v.sqlite").vectors(["挂失", "补办", "挂失"], FakeEncoder())
    encoder = FakeEncoder()
    second = VectorCache(tmp_path / "v.sqlite").vectors(["补办", "换卡", "挂失"], encoder)
    assert encoder.encoded == ["换卡"]
    np.testing.assert_array_equal(second[[2, 0]], first[:2])
    assert first.shape == (3, 64)


def test_another_encoder_does_not_use_the_first_ones_vectors(tmp_path: Path) -> None:
    VectorCache(tmp_path / "v.sqlite").vectors(["挂失"], FakeEncoder())
    other = FakeEncoder("fake 2", dimension=32)
    assert VectorCache(tmp_path / "v.sqlite").vectors(["挂失"], other).shape == (1, 32)


def test_a_killed_build_keeps_what_was_encoded(tmp_path: Path) -> None:
    class Dying(FakeEncoder):
        def passages(self, texts):  # type: ignore[no-untyped-def]
            if self.encoded:
                raise KeyboardInterrupt
            return super().passages(texts)

    texts = [f"第{n}条" for n in range(40)]
    with pytest.raises(KeyboardInterrupt):
        VectorCache(tmp_path / "v.sqlite").vectors(texts, Dying())
    encoder = FakeEncoder()
    VectorCache(tmp_path / "v.sqlite").vectors(texts, encoder)
    assert len(encoder.encoded) == 8


def test_a_broken_cache_is_started_again(tmp_path: Path) -> None:
    (tmp_path / "v.sqlite").write_bytes(b"not a database" * 100)
    assert VectorCache(tmp_path / "v.sqlite").vectors(["挂失"], FakeEncoder()).shape == (1, 64)


def test_nothing_to_encode_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="no text"):
        VectorCache(tmp_path / "v.sqlite").vectors([], FakeEncoder())
