import pytest

from bot.catalogue.conditions import Condition
from tests.small_folder import SmallFolder

PROCEDURE = "procedures/renewal/procedure.yml"
PLACE = "when: {card_in_hand: no}"


def condition(folder: SmallFolder, written: str) -> Condition:
    """The condition of the step ``report-loss`` when written so."""
    folder.change(PROCEDURE, PLACE, f"when: {written}")
    steps = {statement.id: statement for statement in folder.load().topics["renewal"].statements}
    return steps["report-loss"].when


@pytest.mark.parametrize(
    ("written", "yes", "no"),
    [
        ("{card_in_hand: no}", {"card_in_hand": "no"}, {"card_in_hand": "yes"}),
        ("{card_in_hand: {is: no}}", {"card_in_hand": "no"}, {"card_in_hand": "yes"}),
        ("{card_in_hand: {is_not: no}}", {"card_in_hand": "yes"}, {"card_in_hand": "no"}),
        ("{region: {one_of: [east, north]}}", {"region": "east"}, {"region": "elsewhere"}),
        ("{region: north}", {"region": "south-town"}, {"region": "east"}),
        ("{region: {is_not: north}}", {"region": "elsewhere"}, {"region": "south-town"}),
        ("{any: [{holder: minor}, {applicant: agent}]}", {"holder": "minor"}, {"holder": "adult"}),
        ("{holder: adult, applicant: agent}", {"holder": "adult", "applicant": "agent"}, {"holder": "adult"}),
    ],
)
def test_each_way_of_writing(folder: SmallFolder, written: str, yes: dict[str, str], no: dict[str, str]) -> None:
    found = condition(folder, written)
    assert found.holds(yes)
    assert not found.holds(no)


@pytest.mark.parametrize(
    ("written", "en"),
    [
        ("{card_in_han: no}", 'There is no fact "card_in_han". Did you mean "card_in_hand"?'),
        ("{card_in_hand: maybe}", '"maybe" is no value of "card_in_hand". Did you mean "yes"?'),
        ("{card_in_hand: {iss: no}}", 'There is no condition word "iss". Did you mean "is"?'),
        (
            "{region: {known: true}}",
            'There is no condition word "known". Known: is, is_not, one_of, at_least, at_most, before, after.',
        ),
        ("{region: {one_of: [north, nort]}}", '"nort" is no value of "region". Did you mean "north"?'),
        ("{any: {holder: minor}}", '"any" takes a list of conditions.'),
        ("{any: [{holder: minr}]}", '"minr" is no value of "holder". Did you mean "minor"?'),
        ("{holder: {at_least: 16}}", '"holder" has no numbers, so "at_least" cannot compare them.'),
        ("{holder: {before: 2015-01-01}}", '"holder" has no days, so "before" cannot compare them.'),
    ],
)
def test_mistakes_are_sentences_at_their_line(folder: SmallFolder, written: str, en: str) -> None:
    line = folder.change(PROCEDURE, PLACE, f"when: {written}")
    found = [problem for problem in folder.problems() if en in problem.en]
    assert [(problem.file, problem.line) for problem in found] == [(f"knowledge/{PROCEDURE}", line)], folder.problems()
