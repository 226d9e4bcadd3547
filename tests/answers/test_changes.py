"""Facts that can be changed beside an outcome, and links that reopen one."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answers.changes import changes
from bot.answers.conversation import Conversation, Message
from bot.answers.outcome import outcome
from bot.answers.reply import validator
from bot.answers.understanding import take_in
from bot.catalogue import Catalogue
from bot.procedures import decide

DAY = date(2026, 11, 22)
FACTS = {"region": "dalian", "applicant": "agent", "holder": "adult"}


def chosen(payload: str) -> Message:
    return Message(text="", intent="choose", choice=payload)


def test_every_other_value_of_a_known_fact_is_offered_and_no_more(real: Catalogue) -> None:
    decision = decide(real, "card-expired", FACTS, DAY, declined=("special_status",))
    offered = changes(real, decision, "zh")
    values = [choice["value"] for choice in offered]
    assert {value.split("=")[0] for value in values} == {*decision.facts, *decision.unknown}
    assert "applicant=self" in values
    assert not {f"{fact}={value}" for fact, value in decision.facts.items()} & set(values)
    assert {choice["token"] for choice in offered} == {f"fact:{value}" for value in values}
    titles = {choice["value"]: choice["title"] for choice in offered}
    assert titles["applicant=self"] == "由持卡人本人办理"
    assert titles["region=elsewhere"] == "其他地区"
    english = {choice["value"]: choice["title"] for choice in changes(real, decision, "en")}
    assert english["applicant=self"] == "The cardholder goes in person"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_outcome_carries_them_within_the_contract_and_not_in_its_text(real: Catalogue, language: str) -> None:
    decision = decide(real, "card-expired", FACTS, DAY)
    reply = outcome(real, decision, "en" if language == "en" else "zh", lambda law, article: None)
    validator().validate(reply)
    assert len(reply["choices"]) > 2
    said = {"zh": "由持卡人本人办理", "en": "The cardholder goes in person"}[language]
    assert said in [choice["title"] for choice in reply["choices"]]
    assert said not in reply["text"]


def test_a_link_stands_for_exactly_its_facts(real: Catalogue) -> None:
    before = Conversation(language="en", topic="lost-card", facts={"holder": "minor"}, asked="region", misses=2)
    payload = "outcome:card-expired=region.dalian,applicant.agent,special_status.unknown"
    after = take_in(real, before, chosen(payload))
    assert after == Conversation(
        language="en",
        topic="card-expired",
        facts={"region": "dalian", "applicant": "agent"},
        declined=("special_status",),
    )


def test_what_the_catalogue_does_not_know_is_left_out(real: Catalogue) -> None:
    after = take_in(real, Conversation(), chosen("outcome:card-expired=applicant.nobody,name.zhang,region.dalian"))
    assert (after.topic, after.facts) == ("card-expired", {"region": "dalian"})
    assert take_in(real, Conversation(), chosen("outcome:no-such-topic=")).topic is None
