from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given, settings

from bot.catalogue import Catalogue
from bot.evaluation.procedures.__main__ import table
from bot.evaluation.procedures.memory import every_situation, remembered
from bot.evaluation.procedures.optimum import Known, fewest
from bot.evaluation.procedures.proof import region_rows, rows
from bot.procedures import questions_of
from bot.procedures.questions import DECLINED
from tests.procedures.random_records import DAY as ANY_DAY
from tests.procedures.random_records import catalogues, outcome_of, smallest_depth, wholes
from tests.small_folder import DAY


def situations(*told: str) -> tuple[Known, ...]:
    """Two-valued facts in the order of counting: what is told to 00, 01, 10, 11, …"""
    facts = len(told).bit_length() - 1
    answers = [tuple(map(str, values)) for values in product((0, 1), repeat=facts)]
    return tuple(Known(answer, 1, frozenset({one})) for answer, one in zip(answers, told, strict=True))


@pytest.mark.parametrize(
    ("told", "worst", "mean"),
    [("aa", 0, 0.0), ("ab", 1, 1.0), ("aabb", 1, 1.0), ("aabc", 2, 1.5), ("abcdefgh", 3, 3.0), ("ababccdd", 2, 2.0)],
)
def test_the_fewest_questions(told: str, worst: int, mean: float) -> None:
    assert fewest(situations(*told)) == (worst, pytest.approx(mean))


def test_the_mean_is_over_persons() -> None:
    many, few = Known(("0", "0"), 8, frozenset("a")), Known(("1", "0"), 1, frozenset("b"))
    assert fewest((many, few, Known(("1", "1"), 1, frozenset("c")))) == (2, pytest.approx(1.2))


@settings(deadline=None, max_examples=60)
@given(catalogues())
def test_two_ways_of_finding_the_smallest_tree_agree(catalogue: Catalogue) -> None:
    known = [Known(tuple(whole.values()), 1, outcome_of(catalogue, whole)) for whole in wholes(catalogue)]
    assert fewest(tuple(known))[0] == smallest_depth(catalogue) == questions_of(catalogue, "matter", ANY_DAY).worst({})


def test_the_proof_of_a_small_knowledge(small: Catalogue) -> None:
    about, renewal = rows(small, DAY)
    assert (about.combinations, about.complete, about.asked, about.optimum) == (1, 1, (0, 0.0), (0, 0.0))
    assert (renewal.combinations, renewal.complete, renewal.regions) == (32, 32, 2)
    assert renewal.asked == renewal.optimum == (4, 3.5)
    assert [(row.region, row.topics, row.statements) for row in region_rows(small)] == [
        ("east", 0, 0),
        ("north", 1, 1),
        ("south-town", 1, 1),
    ]
    text = table(small, [about, renewal], DAY)
    assert "33 of 33 combinations of facts have one complete answer (100.0%)." in text
    assert "| renewal | 2 | 32 | 32 | 3.50 (3.50) | 4 (4) |" in text


@settings(deadline=None, max_examples=20)
@given(catalogues())
def test_memory_is_measured_over_every_situation(catalogue: Catalogue) -> None:
    questions = questions_of(catalogue, "matter", ANY_DAY)
    found = {tuple(sorted(situation.items())) for situation in every_situation(questions)}
    assert set(wholes_of_groups(catalogue)) <= found
    assert () in found
    assert tuple((fact, DECLINED) for fact in sorted(questions.space.facts)) in found
    count, taken = remembered(catalogue, ANY_DAY)
    assert count == len(found)
    assert taken > 0


def wholes_of_groups(catalogue: Catalogue) -> Iterator[tuple[tuple[str, str], ...]]:
    """Every situation in which all is known, with the value that stands for its group."""
    questions = questions_of(catalogue, "matter", ANY_DAY)
    for whole in wholes(catalogue):
        known = {fact: questions.group(fact, whole[fact]) for fact in questions.space.facts}
        yield tuple(sorted(known.items()))
