from pathlib import Path

from bot.catalogue.yaml_file import YamlFile, read_yaml


def read(tmp_path: Path, text: str | bytes) -> YamlFile:
    path = tmp_path / "file.yml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_yaml(path, "knowledge/file.yml")


def test_values_and_their_lines(tmp_path: Path) -> None:
    file = read(tmp_path, "# a remark\na: 1\nb:\n  - x: 甲\n  - x: 乙\n    y: true\n")
    assert file.data == {"a": 1, "b": [{"x": "甲"}, {"x": "乙", "y": True}]}
    assert file.problems == []
    assert file.line(("a",)) == 2
    assert file.line(("b", 1)) == 5
    assert file.line(("b", 1, "y")) == 6


def test_the_line_of_what_is_missing_is_the_nearest_around_it(tmp_path: Path) -> None:
    file = read(tmp_path, "a:\n  b:\n    c: 1\n")
    assert file.line(("a", "b", "nothing", "below")) == 2
    assert file.line(("nothing",)) == 1


def test_yes_and_no_are_answers_and_dates_are_text(tmp_path: Path) -> None:
    file = read(tmp_path, "yes: no\non: off\nday: 2026-01-31\nnever: 2026-02-30\ntruth: false\nnothing: null\n")
    assert file.data == {
        "yes": "no",
        "on": "off",
        "day": "2026-01-31",
        "never": "2026-02-30",
        "truth": False,
        "nothing": None,
    }


def test_a_key_written_twice(tmp_path: Path) -> None:
    (problem,) = read(tmp_path, "a: 1\nb: 2\na: 3\n").problems
    assert (problem.file, problem.line) == ("knowledge/file.yml", 3)
    assert "“a”写了两次" in problem.zh
    assert '"a" stands here twice' in problem.en


def test_what_is_no_yaml_names_the_line(tmp_path: Path) -> None:
    file = read(tmp_path, 'a: 1\nb: "open\n')
    (problem,) = file.problems
    assert file.data is None
    assert problem.line in (2, 3)
    assert "缩进" in problem.zh
    assert "not valid YAML" in problem.en


def test_an_empty_file_and_a_foreign_encoding(tmp_path: Path) -> None:
    (empty,) = read(tmp_path, "# nothing but a remark\n").problems
    assert (empty.line, empty.en) == (1, "The file is empty.")
    (foreign,) = read(tmp_path, "a: 社保".encode("gbk")).problems
    assert "UTF-8" in foreign.zh
    assert "UTF-8" in foreign.en


def test_unknown_tags_run_nothing(tmp_path: Path) -> None:
    file = read(tmp_path, "a: !!python/object/apply:os.getcwd []\n")
    assert file.data == {"a": []}
