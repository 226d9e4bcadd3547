import pytest

from bot.answers.language import detect


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("社保卡过期了", "zh"),
        ("社会保障卡", "zh"),
        ("My card has expired", "en"),
        ("my 社保卡 expired last month", "en"),
        ("我的 social security card 过期了", "zh"),
        ("我的card丢了怎么办", "zh"),
        ("卡 lost", "zh"),
        ("APP上怎么办", "zh"),
        ("補辦社保卡", "zh"),
        ("hello", "en"),
    ],
)
def test_the_language_written_in(text: str, language: str) -> None:
    for default in ("zh", "en"):
        assert detect(text, default) == language  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["", "  ", "12333", "👍", "???", "1", "back", "Go back!", "OK"])
def test_without_words_or_by_a_bare_command_the_language_stays(text: str) -> None:
    assert detect(text, "zh") == "zh"
    assert detect(text, "en") == "en"
