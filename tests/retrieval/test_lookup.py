import pytest

from bot.retrieval.corpus import LawName
from bot.retrieval.lookup import Lookup

LAWS = [
    LawName("sil", ("中华人民共和国社会保险法", "社会保险法", "社保法", "Social Insurance Law", "SIL"), None, "s"),
    LawName("criminal", ("中华人民共和国刑法", "刑法", "Criminal Law"), None, "s"),
    LawName("rules", ("社会保险法实施细则",), None, "s"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("社会保险法第五十八条", ["sil/58"]),
        ("社保法58条怎么说", ["sil/58"]),
        ("《中华人民共和国社会保险法》第五十八条是什么", ["sil/58"]),
        ("《社会保险法》里的第 58 条", ["sil/58"]),
        ("SIL art. 58", ["sil/58"]),
        ("what does sil article 58 say?", ["sil/58"]),
        ("Article 58 of the Social Insurance Law", ["sil/58"]),
        ("Social Insurance Law, Art 58", ["sil/58"]),
        ("articles 57 and 58 of the Social Insurance Law", ["sil/57", "sil/58"]),
        ("社会保险法第五十七条和第五十八条", ["sil/57", "sil/58"]),
        ("社会保险法第五十七条、刑法第二百八十条之一", ["sil/57", "criminal/280-1"]),
        ("刑法280条之一", ["criminal/280-1"]),
        ("Criminal Law art. 280-1", ["criminal/280-1"]),
        ("社会保险法实施细则第三条", ["rules/3"]),
        ("社会保险法第五十八条，还是社保法58条？", ["sil/58"]),
        ("５８条 社保法", ["sil/58"]),
        ("社会保险法", []),
        ("第五十八条", []),
        ("silver art. 5", []),
        ("我有三条问题", []),
        ("", []),
    ],
)
def test_references(question: str, expected: list[str]) -> None:
    assert [f"{r.law}/{r.article}" for r in Lookup(LAWS).references(question)] == expected


def test_an_article_alone_belongs_to_the_law_being_asked_about() -> None:
    assert [r.article for r in Lookup(LAWS).references("第五十八条呢", law="sil")] == ["58"]


def test_no_laws_no_references() -> None:
    assert Lookup([]).references("社会保险法第五十八条") == []
