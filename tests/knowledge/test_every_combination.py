"""No combination of facts of any topic is a dead end."""

from functools import cache
from itertools import combinations as some_of
from typing import Any

import pytest

from bot.answers.asking import question
from bot.answers.outcome import outcome
from bot.answers.reply import Reply, validator
from bot.catalogue import Catalogue
from bot.catalogue.records import Law
from bot.catalogue.text import LANGUAGES
from bot.procedures import Decision, decide, questions_of
from bot.setup.project import Project
from tests.knowledge.combinations import DAY, combinations, real_count, space

TOPICS = sorted(path.name for path in (Project.here().root / "knowledge" / "procedures").iterdir())


@cache
def decided(catalogue: Catalogue, topic: str, facts: tuple[tuple[str, str], ...]) -> Decision:
    """A decision, made once however many tests look at it."""
    return decide(catalogue, topic, dict(facts), DAY)


def known(facts: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(facts.items()))


def summary_only(law: Law, article: str) -> None:
    """The official words are not what these tests are about."""


def told(decision: Decision) -> list[str]:
    return [one.statement.key for one in decision.told]


def assert_answers(decision: Decision) -> None:
    """Documents, a next step, whom to ask, and at least one article that governs."""
    assert decision.section("documents")
    assert decision.section("steps")
    assert decision.section("steps")[-1].only_if is None, "the last step is for everybody"
    assert any(not basis.reference.background and basis.only_if is None for basis in decision.legal_basis)
    assert decision.sources
    assert len(told(decision)) == len(set(told(decision)))


def replies(catalogue: Catalogue, decision: Decision, aspect: str | None = None) -> list[Reply]:
    return [outcome(catalogue, decision, language, summary_only, aspect) for language in LANGUAGES]


def assert_speaks(catalogue: Catalogue, decision: Decision) -> None:
    """The reply is valid in both languages, and says aloud how sure it is."""
    for reply in replies(catalogue, decision):
        validator().validate(reply)
        language = reply["language"]
        for grade in ("unconfirmed", "secondary"):
            expected = decision.confidence == grade
            assert (catalogue.say(f"confirm_{grade}").say(language) in reply["text"]) is expected
        assert (language == "zh") == any("一" <= character <= "鿿" for character in reply["text"].splitlines()[0])
        assert "{" not in reply["text"]
        assert "12333" in reply["text"]
        for section in ("documents", "steps"):
            for entry in reply["procedure"][section]:
                assert entry["text"] in reply["text"]


@pytest.mark.parametrize("topic", TOPICS)
def test_all_known(real: Catalogue, topic: str) -> None:
    for facts in combinations(real, topic):
        decision = decided(real, topic, known(facts))
        assert decision.missing == ()
        assert decision.unknown == ()
        assert [one for one in decision.told if one.only_if] == []
        assert_answers(decision)
        assert_speaks(real, decision)


@pytest.mark.parametrize("topic", TOPICS)
def test_the_questions_lead_to_exactly_that_outcome(real: Catalogue, topic: str) -> None:
    questions = questions_of(real, topic, DAY)
    deepest = 0
    for facts in combinations(real, topic):
        said: dict[str, str] = {}
        while (fact := decided(real, topic, known(said)).next_fact) is not None:
            assert fact not in said
            said[fact] = facts[fact]
        deepest = max(deepest, len(said))
        reached = decided(real, topic, known(said))
        assert told(reached) == told(decided(real, topic, known(facts)))
        assert [one for one in reached.told if one.only_if] == []
    assert deepest == questions.worst({})


@pytest.mark.parametrize("topic", TOPICS)
def test_all_places_of_a_group_are_told_the_same(real: Catalogue, topic: str) -> None:
    """What makes it right to count them as one."""
    of = space(real, topic)
    first = {fact: values[0] for fact, values in of.classes.items()}
    seen: dict[tuple[str, ...], set[str]] = {}
    for fact, values in of.values.items():
        for value in values:
            outcome_ = tuple(told(decide(real, topic, {**first, fact: value}, DAY)))
            seen.setdefault((fact, *outcome_), set()).add(value)
        groups = [group for (name, *_), group in seen.items() if name == fact]
        assert sum(len(group) for group in groups) == len(values)
        assert len(groups) <= len(of.classes[fact])


@pytest.mark.parametrize("topic", TOPICS)
def test_any_facts_not_known(real: Catalogue, topic: str) -> None:
    of = space(real, topic)
    for size in range(1, len(of.facts) + 1):
        for declined in some_of(of.facts, size):
            facts = {fact: values[-1] for fact, values in of.classes.items() if fact not in declined}
            decision = decide(real, topic, facts, DAY, declined=declined)
            assert decision.missing == ()
            assert_answers(decision)
            assert_speaks(real, decision)
            conditions = [one.only_if for one in decision.told if one.only_if]
            only_places = set(decision.unknown) <= {"region"}
            assert bool(conditions) or not decision.unknown or only_places


@pytest.mark.parametrize("topic", TOPICS)
def test_every_question_on_the_way_is_a_valid_reply(real: Catalogue, topic: str) -> None:
    asked: set[str] = set()
    for facts in combinations(real, topic):
        said: dict[str, str] = {}
        while (decision := decided(real, topic, known(said))).next_fact is not None:
            fact = decision.next_fact
            if fact not in asked:
                for language in LANGUAGES:
                    assert_asks(real, question(real, decision, language), fact)
            asked.add(fact)
            said[fact] = facts[fact]
    assert asked <= set(real.topics[topic].asks)


def assert_asks(real: Catalogue, reply: dict[str, Any], fact: str) -> None:
    validator().validate(reply)
    assert reply["question"]["fact"] == fact
    assert reply["question"]["why"] in reply["text"]
    values = {choice["value"] for choice in reply["choices"]}
    assert "unknown" in values
    assert values - {"unknown"} <= set(real.facts[fact].values)
    assert "elsewhere" in values or fact != "region"


@pytest.mark.parametrize("topic", TOPICS)
def test_every_aspect_is_a_valid_reply(real: Catalogue, topic: str) -> None:
    decision = decide(real, topic, {}, DAY, declined=list(real.facts))
    for aspect in real.aspects:
        for reply in replies(real, decision, aspect):
            validator().validate(reply)
            assert reply["procedure"]["aspect"] == aspect


def test_the_count(real: Catalogue, capsys: pytest.CaptureFixture[str]) -> None:
    groups = {topic: sum(1 for _ in combinations(real, topic)) for topic in TOPICS}
    every = {topic: real_count(real, topic) for topic in TOPICS}
    with capsys.disabled():
        print(f"\n{'topic':24}{'combinations':>14}{'told apart':>12}{'most questions':>16}")
        for topic in TOPICS:
            worst = questions_of(real, topic, DAY).worst({})
            print(f"{topic:24}{every[topic]:>14,}{groups[topic]:>12,}{worst:>16}")
        print(f"{'all':24}{sum(every.values()):>14,}{sum(groups.values()):>12,}")
    assert set(every) == set(real.topics)
    assert sum(every.values()) > 10_000
    assert all(1 <= groups[topic] <= every[topic] for topic in TOPICS)


@pytest.mark.parametrize("topic", TOPICS)
def test_the_measurements_show_the_present_proof(real: Catalogue, topic: str) -> None:
    text = (Project.here().root / "docs" / "measurements.md").read_text(encoding="utf-8")
    (row,) = [line for line in text.splitlines() if line.startswith(f"| {topic} | ") and line.count("|") == 7]
    own = {one.region for one in real.topics[topic].statements if one.region}
    asked, count = questions_of(real, topic, DAY), f"{real_count(real, topic):,}"
    worst = asked.worst({})
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert cells[1:4] == [str(len(own)), count, count]
    assert cells[5] == f"{worst} ({worst})"
