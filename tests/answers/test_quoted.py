from dataclasses import replace

from bot.answers.outcome import outcome
from bot.answers.quoted import as_passages
from bot.answers.reply import Reply, validator
from bot.catalogue import Catalogue
from bot.procedures import decide
from tests.answers.conftest import FakeFinder, FakeFound, FakePassage, FakeScored, official
from tests.small_folder import DAY


def quote(catalogue: Catalogue, found: FakeFound, question: str = "what is it for") -> Reply:
    decision = decide(catalogue, "about", {}, DAY)
    whole = outcome(catalogue, decision, "en", official)
    reply = as_passages(catalogue, whole, decision, question, FakeFinder(found), DAY, 90)
    validator().validate(reply)
    assert (reply["status"], reply["procedure"]) == ("passages", whole["procedure"])
    return reply


def ids(reply: Reply) -> list[str]:
    return [passage["id"].removeprefix("about/steps/") for passage in reply["passages"]]


def scored(**scores: float) -> tuple[FakeScored, ...]:
    return tuple(FakeScored(FakePassage(f"about/steps/{name}"), score) for name, score in scores.items())


def longer(small: Catalogue) -> Catalogue:
    """The topic with four statements: what, use, who, why."""
    topic = small.topics["about"]
    step = next(one for one in topic.statements if one.section == "steps")
    more = tuple(replace(step, id=name, text=replace(step.text, en=f"{name}?")) for name in ("who", "why"))
    return replace(small, topics={**small.topics, "about": replace(topic, statements=(*topic.statements, *more))})


def test_what_answers_the_question_is_quoted_and_the_rest_follows(small: Catalogue) -> None:
    reply = quote(small, FakeFound(scored(use=0.8)))
    assert [(passage["id"], passage["score"]) for passage in reply["passages"]] == [("about/steps/use", 0.8)]
    statements = {one.id: one.text.en for one in small.topics["about"].statements}
    lines = reply["text"].splitlines()
    assert lines[0] == "Here is what the sources say:"
    assert lines[1].startswith(f"1. {statements['use']} (")
    assert lines[2:4] == ["More about it:", f"1. {statements['what']}"]
    assert lines[4].startswith("Legal basis: Article ")
    assert lines[5].startswith("Sources: ")
    assert lines[-1] == f"As of {DAY}."


def test_the_search_is_asked_within_the_topic(small: Catalogue) -> None:
    decision = decide(small, "about", {}, DAY)
    finder = FakeFinder()
    as_passages(small, outcome(small, decision, "zh", official), decision, "有什么用", finder, DAY, 90)
    assert finder.asked == [{"question": "有什么用", "language": "zh", "date": DAY, "region": None, "topic": "about"}]


def test_statements_that_answer_as_well_are_quoted_too_up_to_three(small: Catalogue) -> None:
    catalogue = longer(small)
    assert ids(quote(catalogue, FakeFound(scored(who=4.0, use=3.0, what=2.3)))) == ["who", "use"]
    assert ids(quote(catalogue, FakeFound(scored(who=4.0, use=3.0, why=2.9, what=2.8)))) == ["who", "use", "why"]


def test_what_the_search_set_aside_counts_by_its_score(small: Catalogue) -> None:
    found = FakeFound(scored(use=4.0), scored(why=3.5, what=0.5))
    assert ids(quote(longer(small), found)) == ["use", "why"]


def test_a_search_that_is_not_sure_leaves_the_editors_order(small: Catalogue) -> None:
    catalogue = longer(small)
    unsure = FakeFound((), scored(why=3.4, use=3.2), abstained=True)
    assert ids(quote(catalogue, unsure)) == ["what", "use", "who"]
    assert ids(quote(catalogue, FakeFound(abstained=True))) == ["what", "use", "who"]


def test_unless_one_statement_stands_out(small: Catalogue) -> None:
    reply = quote(longer(small), FakeFound((), scored(why=5.6, use=3.0), abstained=True))
    assert ids(reply) == ["why"]
    assert "More about it:" in reply["text"]
