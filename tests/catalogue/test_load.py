import pytest

from bot.catalogue import KnowledgeProblems, load
from bot.catalogue.load import version
from tests.small_folder import SmallFolder


def test_a_whole_folder(folder: SmallFolder) -> None:
    catalogue = folder.load()
    assert list(catalogue.topics) == ["about", "renewal"]
    assert len(catalogue.cases) == 2
    assert catalogue.version == version(folder.path)


def test_all_problems_of_all_files_at_once_each_with_its_line(folder: SmallFolder) -> None:
    expected = [
        ("laws/card-law.yml", folder.change("laws/card-law.yml", "source: office-page", "source: ofice-page")),
        ("procedures/renewal/procedure.yml", folder.change("procedures/renewal/procedure.yml", "minor", "mnior")),
        ("regions/east.yml", folder.add("regions/east.yml", "part_of: nort\n")),
        ("sources/copy.yml", folder.change("sources/copy.yml", "2026-01-02", "2026-02-30")),
    ]
    found = folder.problems()
    assert [(problem.file, problem.line) for problem in found] == [
        (f"knowledge/{name}", line) for name, line in expected
    ]
    for problem in found:
        assert any("一" <= character <= "鿿" for character in problem.zh)
        assert problem.en.isascii()


def test_a_file_that_cannot_be_read_does_not_hide_the_others(folder: SmallFolder) -> None:
    folder.change("regions/east.yml", "name: {", "name: [")
    folder.change("sources/copy.yml", "2026-01-02", "2026-02-30")
    assert {problem.file for problem in folder.problems()} == {
        "knowledge/regions/east.yml",
        "knowledge/sources/copy.yml",
    }


def test_one_mistake_is_told_once(folder: SmallFolder) -> None:
    folder.change("regions/east.yml", "name:", "nmae:")
    assert [problem.file for problem in folder.problems()] == ["knowledge/regions/east.yml"] * 2
    assert {problem.en for problem in folder.problems()} == {
        'The file lacks "name"; add it.',
        'The file does not know "nmae". Did you mean "name"?',
    }


@pytest.mark.parametrize("name", ["facts.yml", "wording.yml", "aspects.yml"])
def test_a_missing_file(folder: SmallFolder, name: str) -> None:
    (folder.path / name).unlink()
    assert (f"knowledge/{name}", "This file is missing.") in {(one.file, one.en) for one in folder.problems()}


def test_a_folder_that_is_no_knowledge(folder: SmallFolder) -> None:
    with pytest.raises(KnowledgeProblems, match="There is no folder procedures here"):
        load(folder.path / "sources")


def test_the_version_changes_with_any_word_and_with_nothing_else(folder: SmallFolder) -> None:
    before = version(folder.path)
    assert len(before) == 12
    (folder.path / "notes.txt").write_text("not knowledge", encoding="utf-8")
    assert version(folder.path) == before
    folder.change("sources/copy.yml", "转载", "转抄")
    assert version(folder.path) != before


def test_a_new_topic_is_a_new_folder_and_nothing_else(folder: SmallFolder) -> None:
    text = (folder.path / "procedures/about/procedure.yml").read_text(encoding="utf-8")
    folder.write("procedures/news/procedure.yml", text.replace("id: about", "id: news"))
    assert list(folder.load().topics) == ["about", "news", "renewal"]


def test_a_new_region_is_a_new_file_and_nothing_else(folder: SmallFolder) -> None:
    folder.write("regions/west.yml", "id: west\nname: {zh: 西省, en: West}\n")
    assert "west" in folder.load().fact("region").values
