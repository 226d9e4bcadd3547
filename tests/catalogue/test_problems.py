from bot.catalogue import KnowledgeProblems, Problem
from bot.catalogue.problems import nearest
from bot.errors import BanshiError, KnowledgeError


def test_a_problem_reads_as_file_line_and_two_sentences() -> None:
    assert str(Problem("knowledge/a.yml", 7, "错了。", "Wrong.")) == "knowledge/a.yml:7: 错了。\n    Wrong."


def test_all_problems_once_in_the_order_of_the_files() -> None:
    late, early, other = Problem("b.yml", 2, "二", "2"), Problem("b.yml", 1, "一", "1"), Problem("a.yml", 9, "九", "9")
    error = KnowledgeProblems([late, early, other, late])
    assert error.problems == (other, early, late)
    assert str(error).startswith("3 problem(s):\na.yml:9: 九\n")
    assert isinstance(error, KnowledgeError)
    assert isinstance(error, BanshiError)


def test_the_nearest_id_is_named_in_both_languages() -> None:
    assert nearest("aplicant", ["holder", "applicant"]) == ("是不是想写“applicant”？", ' Did you mean "applicant"?')


def test_a_few_are_all_named_when_none_is_near() -> None:
    assert nearest("zzz", ["holder", "applicant"]) == ("已有的是：holder、applicant。", " Known: holder, applicant.")


def test_nothing_is_named_when_nothing_is_near() -> None:
    assert nearest("zzz", [f"fact-{number}" for number in range(9)]) == ("", "")
    assert nearest("zzz", []) == ("", "")
