import pytest

from bot.catalogue.text import Words
from bot.nlu.patterns import Holding, Patterns, compile_pattern, is_plain

GROUPS = {"kin": Words(("我妈", "我妈妈", "我爸"), ("my mother", "my mother-in-law")), "go": Words(("去办",), ("go",))}


def found(phrase: str, language: str, text: str) -> list[str]:
    return [text[start:end] for start, end in compile_pattern(phrase, GROUPS, language).spans(Holding(text))]


@pytest.mark.parametrize(("phrase", "plain"), [("代办", True), ("让{kin}去", False), ("不…去", False), ("", True)])
def test_a_plain_phrase_has_neither_lists_nor_gaps(phrase: str, plain: bool) -> None:
    assert is_plain(phrase) is plain


@pytest.mark.parametrize(
    ("phrase", "text", "spans"),
    [
        ("让{kin}去", "我想让我妈妈去", ["让我妈妈去"]),
        ("让{kin}去", "让我妈去，让我爸去", ["让我妈去", "让我爸去"]),
        ("让{kin}去", "让邻居去", []),
        ("让{kin}…{go}", "让我妈明天上午过来去办", ["让我妈明天上午过来去办"]),
        ("让{kin}…{go}", "让我妈。明天去办", []),
        ("让{kin}…{go}", "让我妈" + "很" * 13 + "去办", []),
        ("让{nobody}去", "让我妈去", []),
    ],
)
def test_chinese(phrase: str, text: str, spans: list[str]) -> None:
    assert found(phrase, "zh", text) == spans


@pytest.mark.parametrize(
    ("phrase", "text", "spans"),
    [
        ("{kin} … {go}", "my mother will probably go there", ["my mother will probably go"]),
        ("{kin} … {go}", "my mother-in-law will go", ["my mother-in-law will go"]),
        ("{kin} … {go}", "my mother. i go", []),
        ("{kin} … {go}", "my mother was a good goose", []),
        ("{kin} … {go}", "my mother one two three four five six seven go", []),
        ("{go} now", "let us go now", ["go now"]),
        ("{go} now", "ergo now", []),
    ],
)
def test_english_keeps_to_whole_words(phrase: str, text: str, spans: list[str]) -> None:
    assert found(phrase, "en", text) == spans


def test_what_is_special_in_an_expression_is_plain_here() -> None:
    assert found("what (exactly)? {go}", "en", "what (exactly)? go") == ["what (exactly)? go"]
    assert found("a.b{go}", "en", "axbgo") == []


def test_many_patterns_find_what_each_finds_alone() -> None:
    phrases = ["让{kin}去", "{kin}…{go}", "不…去", "{go}", "…", "{nobody}去", "去{go}"]
    patterns = Patterns()
    for phrase in phrases:
        patterns.add(compile_pattern(phrase, GROUPS, "zh"), (phrase, ""))
    for text in ("让我妈去办", "我爸不想去", "去去办", "没有", ""):
        alone = [
            ((phrase, ""), start, end)
            for phrase in phrases
            for start, end in compile_pattern(phrase, GROUPS, "zh").spans(Holding(text))
        ]
        assert list(patterns.spans(text)) == alone
