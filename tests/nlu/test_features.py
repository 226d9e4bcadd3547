import numpy as np
import pytest

from bot.nlu.features import DIMENSIONS, Features, normalise


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("補辦社會保障卡", "补办社会保障卡"),
        ("Ｓｏｃｉａｌ　Security", "social security"),
        ("  a \n b ", "a b"),
        ("", ""),
    ],
)
def test_one_way_of_writing(text: str, expected: str) -> None:
    assert normalise(text) == expected


def test_a_row_is_n_grams_beside_a_centred_vector_of_length_one() -> None:
    features = Features()
    texts = ["社保卡过期了", "社保卡丢了", "my card expired", "my card is lost"]
    learned = features.fit(texts)
    again = features.rows(*features.counted(texts))
    assert learned.ngrams.shape[0] == 4
    assert learned.vectors.shape == (4, DIMENSIONS)
    np.testing.assert_allclose(learned.ngrams.toarray(), again.ngrams.toarray(), atol=1e-6)
    np.testing.assert_allclose(learned.vectors, again.vectors, atol=1e-6)
    np.testing.assert_allclose(np.linalg.norm(again.vectors, axis=1), 1.0, atol=1e-5)


def test_the_same_words_in_other_characters_have_the_same_row() -> None:
    features = Features()
    features.fit(["社会保障卡过期了", "社会保障卡丢了", "the card is lost"])
    rows = features.rows(*features.counted(["社會保障卡過期了", "社会保障卡过期了"]))
    np.testing.assert_allclose(rows.ngrams.toarray()[0], rows.ngrams.toarray()[1])
    np.testing.assert_allclose(rows.vectors[0], rows.vectors[1], atol=1e-5)


def test_what_was_never_seen_has_a_row_too() -> None:
    features = Features()
    features.fit(["社保卡过期了", "社保卡丢了", "the card is lost"])
    rows = features.rows(*features.counted(["", "🌧️", "ω"]))
    assert rows.ngrams.shape[0] == 3
    assert np.isfinite(rows.vectors).all()
