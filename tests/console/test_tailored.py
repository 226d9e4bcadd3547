"""The outcome an operator sees: the facts that matter, the next question, the warnings."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answers.assistant import Assistant
from bot.answers.official import official_text
from bot.answers.reply import validator
from bot.catalogue import Catalogue
from bot.console.case_codes import CaseCodes
from bot.console.tailored import Tailor
from bot.errors import UnknownId
from tests.console.finder import WordFinder

DAY = date(2026, 11, 22)


def tailor(real: Catalogue, day: date = DAY) -> Tailor:
    finder = WordFinder.__new__(WordFinder)
    return Tailor(Assistant(real, finder, official_text, CaseCodes(None), today=lambda: day))


def test_facts_that_matter_are_shown_those_open_are_marked_and_one_is_next(real: Catalogue) -> None:
    made = tailor(real).outcome("card-expired", {"applicant": "agent", "region": "dalian"}, "zh")
    facts = {fact["id"]: fact for fact in made["facts"]}
    assert (facts["applicant"]["value"], facts["applicant"]["undecided"]) == ("agent", False)
    assert (facts["holder"]["value"], facts["holder"]["undecided"], facts["holder"]["next"]) == (None, True, True)
    assert [fact["id"] for fact in made["facts"] if fact["next"]] == ["holder"]
    assert made["ask"] == "这张卡是成年人的还是未成年人的？"
    assert "insurance" not in facts
    validator().validate(made["reply"])


def test_when_all_is_known_nothing_is_asked(real: Catalogue) -> None:
    facts = {"applicant": "agent", "holder": "adult", "region": "dalian"}
    made = tailor(real).outcome("card-expired", facts, "en")
    assert made["ask"] is None
    assert not [fact for fact in made["facts"] if fact["undecided"]]
    assert made["reply"]["procedure"]["facts"] == facts


def test_a_fact_that_no_longer_matters_disappears(real: Catalogue) -> None:
    for topic in real.topics:
        made = tailor(real).outcome(topic, {"special_status": "none", "region": "dalian"}, "zh")
        shown = {fact["id"] for fact in made["facts"]}
        assert shown <= set(real.topics[topic].asks), topic


def test_what_is_not_officially_confirmed_or_local_is_said(real: Catalogue) -> None:
    warnings = tailor(real).outcome("card-expired", {"region": "dalian"}, "zh")["warnings"]
    assert any(real.say(f"confirm_{sure}").zh in warnings for sure in ("secondary", "unconfirmed"))
    assert real.say("general_rule").zh.format(name="大连") in warnings


def test_sources_to_be_checked_again_are_named(real: Catalogue) -> None:
    sources = {told.source for told in real.topics["card-expired"].statements}
    last = max(real.sources[source].check_again_by for source in sources)
    warnings = tailor(real, date(last.year + 1, 1, 1)).outcome("card-expired", {}, "en")["warnings"]
    assert any("should have been checked again by" in warning for warning in warnings)


def test_unknown_ids_are_refused(real: Catalogue) -> None:
    for topic, facts in (("nothing", {}), ("card-expired", {"holder": "cat"}), ("card-expired", {"colour": "red"})):
        with pytest.raises(UnknownId):
            tailor(real).outcome(topic, facts, "zh")
