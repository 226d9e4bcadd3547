import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.retrieval import numerals


@pytest.mark.parametrize(
    ("text", "number"),
    [("五十八", 58), ("十", 10), ("十一", 11), ("二十", 20), ("一百零五", 105), ("一百一十", 110), ("二百八十", 280),
     ("一千零五", 1005), ("一千二百五十四", 1254), ("一千零一十", 1010), ("两百", 200), ("二八〇", 280), ("58", 58)],
)  # fmt: skip
def test_to_int(text: str, number: int) -> None:
    assert numerals.to_int(text) == number


@pytest.mark.parametrize("text", ["", "abc", "五x", "第五"])
def test_to_int_refuses(text: str) -> None:
    with pytest.raises(ValueError, match="numeral"):
        numerals.to_int(text)


@pytest.mark.parametrize(
    ("number", "text"),
    [(10, "十"), (18, "十八"), (58, "五十八"), (100, "一百"), (1260, "一千二百六十"), (1001, "一千零一")],
)
def test_to_chinese(number: int, text: str) -> None:
    assert numerals.to_chinese(number) == text


@given(st.integers(1, 9999))
def test_there_and_back(number: int) -> None:
    assert numerals.to_int(numerals.to_chinese(number)) == number


@pytest.mark.parametrize("number", [0, 10000, -1])
def test_to_chinese_refuses(number: int) -> None:
    with pytest.raises(ValueError, match="9999"):
        numerals.to_chinese(number)


@pytest.mark.parametrize(
    ("label", "article"),
    [
        ("第二百八十条之一", "280-1"),
        ("第五十八条", "58"),
        ("58", "58"),
        ("280-1", "280-1"),
        ("第58条", "58"),
        ("280条之二", "280-2"),
        ("二百八十之一条", "280-1"),
    ],
)
def test_canonical(label: str, article: str) -> None:
    assert numerals.canonical(label) == article


@pytest.mark.parametrize("label", ["全文", "条目一", "", "第条"])
def test_canonical_refuses(label: str) -> None:
    with pytest.raises(ValueError, match="article"):
        numerals.canonical(label)


@given(st.integers(1, 9999), st.none() | st.integers(1, 99))
def test_labels_there_and_back(main: int, suffix: int | None) -> None:
    article = f"{main}-{suffix}" if suffix else str(main)
    assert numerals.canonical(numerals.label_zh(article)) == article
