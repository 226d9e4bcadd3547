import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from bot.catalogue.problems import Problem
from bot.catalogue.schema_check import SCHEMAS, shape_problems
from bot.catalogue.yaml_file import read_yaml

SOURCE = """id: page
title: {zh: 页, en: Page}
checked_on: 2026-01-01
check_again_by: 2026-07-01
confidence: official
"""


def problems(tmp_path: Path, text: str, kind: str = "source") -> list[Problem]:
    path = tmp_path / "page.yml"
    path.write_text(text, encoding="utf-8")
    return shape_problems(read_yaml(path, "page.yml"), kind)


def only(tmp_path: Path, text: str, kind: str = "source") -> Problem:
    (problem,) = problems(tmp_path, text, kind)
    return problem


def test_a_right_shape(tmp_path: Path) -> None:
    assert problems(tmp_path, SOURCE) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "zh", "en"),
    [
        ("checked_on: 2026-01-01\n", "", 1, "缺少“checked_on”", 'lacks "checked_on"; add it'),
        ("zh: 页, ", "", 2, "“title”缺少“zh”", '"title" lacks "zh"'),
        ("checked_on", "cheked_on", 3, "是不是想写“checked_on”？", 'Did you mean "checked_on"?'),
        (
            "official",
            "offical",
            5,
            "不能是“offical”。是不是想写“official”？",
            'not "offical". Did you mean "official"?',
        ),
        ("2026-07-01", "1/7/2026", 4, "日期要写成 2026-01-31 的样子", "write a date like 2026-01-31"),
        ("id: page", "id: Big Page", 1, "小写英文字母", "lower-case letters"),
        ("id: page", "id: page\nurl: office.example", 2, "http", "begins with http"),
        ("id: page", "id: 7", 1, "类型不对，应为 string", "wrong type; it should be string"),
        ("zh: 页", "zh: ''", 2, "“title.zh”不能为空", '"title.zh" must not be empty'),
    ],
)
def test_each_mistake_is_a_sentence_at_its_line(
    tmp_path: Path, old: str, new: str, line: int, zh: str, en: str
) -> None:
    assert old in SOURCE
    found = problems(tmp_path, SOURCE.replace(old, new))
    assert line in {problem.line for problem in found}
    assert any(zh in problem.zh and en in problem.en for problem in found), found


def test_every_mistake_of_a_file_is_told(tmp_path: Path) -> None:
    text = SOURCE.replace("checked_on: 2026-01-01\n", "").replace("official", "sure").replace("en: Page", "fr: Page")
    assert len(problems(tmp_path, text)) == 4


def test_a_bad_article_number(tmp_path: Path) -> None:
    law = "id: a-law\ntitle: {zh: 法, en: Law}\nshort: {zh: 法, en: Law}\nsource: page\n"
    problem = only(tmp_path, law + 'articles:\n  - {article: "五十八", summary: {zh: 文, en: Text}}\n', "law")
    assert problem.line == 6
    assert '"58"' in problem.zh
    assert '"280-1"' in problem.en


def test_every_kind_of_file_has_a_schema_an_editor_program_can_use() -> None:
    kinds = {path.name.split(".")[0] for path in SCHEMAS.glob("*.schema.json")} - {"knowledge"}
    assert kinds == {
        *("ambiguities", "aspects", "cases", "facts", "law"),
        *("procedure", "referrals", "region", "source", "wording"),
    }
    definitions = json.loads((SCHEMAS / "knowledge.schema.json").read_text(encoding="utf-8"))["$defs"]
    for kind in kinds:
        schema = json.loads((SCHEMAS / f"{kind}.schema.json").read_text(encoding="utf-8"))
        Draft202012Validator.check_schema(schema)
        assert schema["$ref"] == f"knowledge.schema.json#/$defs/{kind}"
        assert kind in definitions
