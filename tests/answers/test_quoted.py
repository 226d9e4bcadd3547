from bot.answers.outcome import outcome
from bot.answers.quoted import as_passages
from bot.answers.reply import validator
from bot.catalogue import Catalogue
from bot.procedures import decide
from tests.answers.conftest import FakeFinder, FakeFound, FakePassage, FakeScored, official
from tests.small_folder import DAY


def test_the_statements_that_fit_the_question_come_first_with_the_whole_beside_them(small: Catalogue) -> None:
    decision = decide(small, "about", {}, DAY)
    whole = outcome(small, decision, "en", official)
    finder = FakeFinder(FakeFound((FakeScored(FakePassage("about/steps/use"), 0.8),)))
    reply = as_passages(small, whole, decision, "what is it for", finder)
    validator().validate(reply)
    assert reply["status"] == "passages"
    assert [(passage["id"], passage["score"]) for passage in reply["passages"]] == [
        ("about/steps/use", 0.8),
        ("about/steps/what", 0.0),
    ]
    assert reply["passages"][1]["source"]["confidence"] == "unconfirmed"
    assert reply["procedure"] == whole["procedure"]
    assert reply["text"].endswith(whole["text"])
    assert finder.asked == [
        {"question": "what is it for", "language": "en", "date": DAY, "region": None, "topic": "about"}
    ]
