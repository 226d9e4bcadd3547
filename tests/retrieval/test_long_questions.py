"""A message of any length costs about as much as one of three hundred characters."""

import pytest

from bot.retrieval.search import shortened


@pytest.mark.parametrize("question", ["", "补卡要多少钱", "补" * 300])
def test_what_people_write_is_read_whole(question: str) -> None:
    assert shortened(question) == question


def test_of_a_long_story_the_beginning_and_the_end_are_read() -> None:
    read = shortened("我的社保卡丢了" + "，说来话长" * 400 + "，补卡要多少钱")
    assert read.startswith("我的社保卡丢了")
    assert read.endswith("补卡要多少钱")
    assert len(read) == 301
