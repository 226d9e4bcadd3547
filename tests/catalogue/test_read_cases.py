from datetime import date

import pytest

from bot.catalogue import Catalogue
from tests.small_folder import SmallFolder

CASES = "procedures/renewal/cases.yml"


def test_cases(small: Catalogue) -> None:
    first, second = small.cases
    assert (first.topic, first.name.en, first.date) == ("renewal", "The holder goes", date(2026, 6, 1))
    assert first.facts == {"applicant": "self", "holder": "adult"}
    assert first.includes == {"documents": ("holder-id",), "legal_basis": ("card-law/1",)}
    assert first.excludes == {"documents": ("agent-id",)}
    assert (first.asks_next, first.checks_question) == ("card_in_hand", True)
    assert (first.file, first.line) == ("knowledge/procedures/renewal/cases.yml", 2)
    assert (second.declined, second.checks_question) == ({"holder"}, False)


@pytest.mark.parametrize(
    ("old", "new", "en"),
    [
        ("holder: adult", "holdr: adult", 'There is no fact "holdr". Did you mean "holder"?'),
        ("holder: adult", "holder: adul", '"adul" is no value of "holder". Did you mean "adult"?'),
        ("documents: [holder-id]", "documents: [holder]", 'There is no entry "holder". Did you mean "holder-id"?'),
        ("includes: {documents", "includes: {document", 'There is no section "document". Did you mean "documents"?'),
        ("card-law/1", "card-law/9", 'There is no entry "card-law/9".'),
        ("date: 2026-06-01", "date: 2026-06-31", 'There is no day "2026-06-31".'),
        ("declined: [holder]", "declined: [holdr]", 'There is no fact "holdr". Did you mean "holder"?'),
        ("asks_next: card_in_hand", "asks_next: card", 'There is no fact "card".'),
    ],
)
def test_mistakes_name_file_line_and_cure(folder: SmallFolder, old: str, new: str, en: str) -> None:
    line = folder.change(CASES, old, new)
    found = [problem for problem in folder.problems() if en in problem.en]
    assert [(problem.file, problem.line) for problem in found] == [(f"knowledge/{CASES}", line)], folder.problems()
