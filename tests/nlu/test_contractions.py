"""Contractions written out, with every position led back to the text as typed."""

from __future__ import annotations

import pytest

from bot.catalogue import Catalogue
from bot.nlu.contractions import written_out
from bot.nlu.said import SaidFinder


@pytest.mark.parametrize(
    ("typed", "full"),
    [
        ("i'm going", "i am going"),
        ("i dont have it", "i do not have it"),
        ("it's here, i can't go", "it is here, i cannot go"),
        ("we'll see", "we will see"),
        ("my mother's card", "my mother is card"),
    ],
)
def test_written_out(typed: str, full: str) -> None:
    found = written_out(typed)
    assert found is not None
    assert found.text == full


def test_nothing_to_write_out() -> None:
    assert written_out("社保卡丢了") is None
    assert written_out("a cantina in dontville") is None


def test_positions_are_those_typed() -> None:
    typed = "no, i don't have the card"
    found = written_out(typed)
    assert found is not None
    start = found.text.index("do not have")
    first, last = found.span(start, start + len("do not have"))
    assert typed[first:last] == "don't have"
    assert found.span(len(found.text) - 4, len(found.text)) == (len(typed) - 4, len(typed))


@pytest.mark.parametrize("text", ["I dont have a job", "I don’t have a job", "I do not have a job"])
def test_a_fact_is_found_however_it_is_typed(real: Catalogue, text: str) -> None:
    assert [(said.name, said.value) for said in SaidFinder(real).find(text)] == [("employment", "non_employee")]
