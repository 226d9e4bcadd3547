"""Questions are remembered by what they are, and never as text."""

from __future__ import annotations

from bot.retrieval.remembered import Remembered


def test_asked_once_and_forgotten_in_order() -> None:
    asked: list[str] = []

    def answer(question: str) -> int:
        asked.append(question)
        return len(question)

    remembered = Remembered(answer, 2)
    assert [remembered(question) for question in ("a", "bb", "a", "ccc", "bb", "a")] == [1, 2, 1, 3, 2, 1]
    assert asked == ["a", "bb", "ccc", "bb", "a"]


def test_no_question_is_kept() -> None:
    remembered = Remembered(lambda question: 0, 10)
    remembered("zebra")
    assert "zebra" not in repr(vars(remembered))
    assert list(remembered._kept.values()) == [0]
    assert Remembered(lambda question: 0, 10)._key != remembered._key
