"""Our own sentences with facts: what is stated is found, and little else. The judging ones are in questions/."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from bot.catalogue import Catalogue
from bot.nlu.features import normalise
from bot.nlu.said import SaidFinder

CASES: list[dict[str, Any]] = [
    case
    for file in sorted((Path(__file__).parent / "development").glob("*.yml"))
    for case in yaml.safe_load(file.read_text(encoding="utf-8"))["cases"]
]


def test_facts_are_found_in_nearly_every_sentence(real: Catalogue) -> None:
    finder = SaidFinder(real)
    counts: Counter[str] = Counter()
    for case in CASES:
        skipped = case.get("unscored", [])
        found = {
            (said.name, said.value)
            for said in finder.find(normalise(case["text"]))
            if said.name not in ("aspect", *skipped)
        }
        stated = set(case["facts"].items())
        counts.update(right=len(found & stated), wrong=len(found - stated), missed=len(stated - found))
    assert len(CASES) >= 1_300
    f1 = 2 * counts["right"] / (2 * counts["right"] + counts["wrong"] + counts["missed"])
    assert f1 >= 0.97, counts


def test_every_value_has_its_sentence(real: Catalogue) -> None:
    stated = {pair for case in CASES for pair in case["facts"].items()}
    values = {(fact.id, value) for fact in real.facts.values() for value in fact.values if fact.id != "region"}
    assert values - stated == set()


def test_every_label_is_a_value_of_the_catalogue(real: Catalogue) -> None:
    judging = yaml.safe_load((Path(__file__).parent / "questions" / "facts.yml").read_text(encoding="utf-8"))["cases"]
    labels = [pair for case in [*CASES, *judging] for pair in case["facts"].items()]
    assert len(labels) >= 1_500
    assert [(fact, value) for fact, value in labels if value not in real.facts[fact].values] == []
