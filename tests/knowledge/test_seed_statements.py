"""Every statement of the two second-hand texts the knowledge began with can be had as an answer.

Each line: who asks (topic and facts), the statement as it is called in the records, and what it says in our own words.
"""

import pytest

from bot.answers.outcome import outcome
from bot.catalogue import Catalogue
from bot.catalogue.text import LANGUAGES
from bot.procedures import decide
from tests.knowledge.combinations import DAY

IN_PERSON = {"applicant": "self", "holder": "adult", "region": "elsewhere"}
BY_AGENT = {**IN_PERSON, "applicant": "agent"}
WRONG = {"insurance": "employee", "information_issue": "registration_error", "applicant": "self", "region": "elsewhere"}
CHANGED = {**WRONG, "information_issue": "changed_after_issue"}
RESIDENT = {**WRONG, "insurance": "resident"}
RESIDENT_AGENT = {**RESIDENT, "applicant": "agent"}
TEMPORARY = {
    "card_in_hand": "yes",
    "holder": "adult",
    "second_generation_id": "yes",
    "special_status": "none",
    "region": "elsewhere",
}
FIRST = {
    "holder": "adult",
    "employment": "employee",
    "second_generation_id": "yes",
    "special_status": "none",
    "applicant": "self",
    "region": "elsewhere",
}
STUDENT, FREE = {**FIRST, "employment": "student"}, {**FIRST, "employment": "non_employee"}
MINOR = {**FIRST, "holder": "minor", "employment": "student"}
DALIAN = {"region": "dalian"}
HERE = {"region": "elsewhere"}

STATEMENTS = [
    # The card's own validity: replacement in five steps.
    ("card-expired", IN_PERSON, "documents/holder-id", "the holder's valid ID, original and a copy"),
    ("card-expired", IN_PERSON, "steps/apply-in-person", "the holder applies at the social security centre"),
    ("card-expired", BY_AGENT, "documents/agent-id", "an agent's own ID, original"),
    ("card-expired", BY_AGENT, "steps/apply-through-agent", "or an agent applies there"),
    ("card-expired", IN_PERSON, "steps/fill-form", "fill in the form, show the original ID"),
    ("card-expired", IN_PERSON, "steps/pay-the-fee", "pay the card fee once accepted, keep the voucher"),
    ("card-expired", IN_PERSON, "steps/take-the-receipt", "the handler confirms and issues a receipt"),
    ("card-expired", IN_PERSON, "steps/collect-with-receipt", "the card is collected with the receipt"),
    # The wrong ID number: three cases.
    ("id-number-wrong", WRONG, "documents/valid-id", "bring a valid ID"),
    ("id-number-wrong", WRONG, "steps/employee-verify", "the agency verifies and corrects"),
    ("id-number-wrong", WRONG, "steps/change-card-at-bank", "then the card is changed at a branch of its bank"),
    ("id-number-wrong", CHANGED, "documents/police-certificate", "the public security organ's certificate of change"),
    ("id-number-wrong", CHANGED, "steps/get-police-certificate", "which is obtained there"),
    ("id-number-wrong", CHANGED, "steps/employee-change", "the agency changes the personal data"),
    ("id-number-wrong", CHANGED, "steps/change-card-at-bank", "then the bank changes the card"),
    ("id-number-wrong", RESIDENT, "steps/resident-correct", "residents go to the district's handling institutions"),
    ("id-number-wrong", RESIDENT, "documents/electronic-photo", "with an electronic photo as required"),
    ("id-number-wrong", RESIDENT_AGENT, "documents/agent-id", "themselves or through an agent"),
    ("id-number-wrong", RESIDENT, "steps/change-card-at-icbc", "then ICBC changes the card"),
    # The temporary card.
    ("temporary-card-expired", TEMPORARY, "documents/temporary-card", "the temporary card itself"),
    ("temporary-card-expired", TEMPORARY, "steps/return-temporary-card", "it is handed back"),
    ("temporary-card-expired", TEMPORARY, "steps/apply-for-the-card", "and a formal card applied for"),
    # What the card is.
    ("about-the-card", HERE, "steps/full-name", "its full name"),
    ("about-the-card", HERE, "steps/who-issues", "planned by the ministry, issued by local authorities"),
    ("about-the-card", HERE, "steps/where-used", "used in human resources and social security"),
    ("about-the-card", HERE, "steps/bank-function", "a debit card as well"),
    ("about-the-card", HERE, "steps/credential", "the electronic credential of the holder's rights"),
    ("about-the-card", HERE, "steps/employment-services", "for public employment services too"),
    ("about-the-card", {"region": "xinjiang"}, "steps/xinjiang-issuer@xinjiang", "who issues Xinjiang's card"),
    ("about-the-card", {"region": "xinjiang"}, "steps/xinjiang-what-it-is@xinjiang", "an IC card with bank functions"),
    ("about-the-card", {"region": "urumqi"}, "steps/xinjiang-issuer@xinjiang", "also for places inside Xinjiang"),
    # Papers for a first card.
    ("first-application", FIRST, "documents/id-copy", "a copy of both sides of the ID"),
    (
        "first-application",
        {**FIRST, "second_generation_id": "no"},
        "documents/own-register-page",
        "without a second-generation ID: the own page of the household register",
    ),
    (
        "first-application",
        {**FIRST, "special_status": "disability"},
        "documents/disability-certificate",
        "a disability certificate",
    ),
    (
        "first-application",
        {**FIRST, "special_status": "work_injury"},
        "documents/work-injury-certificate",
        "a work injury certificate",
    ),
    (
        "first-application",
        {**FIRST, "special_status": "low_income"},
        "documents/low-income-certificate",
        "a low income certificate",
    ),
    # The three steps, general and in Dalian.
    ("first-application", FIRST, "steps/check-through-employer", "1: the employer checks the data"),
    ("first-application", STUDENT, "steps/check-through-employer", "1: so does the school"),
    ("first-application", FREE, "steps/check-yourself", "1: others check for themselves"),
    ("first-application", FIRST, "steps/collect-through-employer", "2: the employer hands out the card"),
    ("first-application", FREE, "steps/collect-yourself", "2: others collect it"),
    ("first-application", FREE, "steps/open-at-bank", "3: the bank opens it"),
    ("first-application", MINOR, "steps/open-through-guardian", "3: for a minor, through the guardian"),
    (
        "first-application",
        {**FIRST, **DALIAN},
        "steps/dalian-check-through-employer@dalian",
        "Dalian's online reporting system or the agency's window",
    ),
    ("first-application", {**FREE, **DALIAN}, "steps/dalian-check-at-street@dalian", "others: street or township"),
    ("first-application", {**STUDENT, **DALIAN}, "steps/dalian-collect-through-employer@dalian", "students: school"),
    ("first-application", {**FREE, **DALIAN}, "steps/dalian-collect-at-street@dalian", "others: street or township"),
    ("first-application", {**FREE, **DALIAN}, "steps/dalian-open-at-bank@dalian", "the bank's window"),
    ("first-application", {**MINOR, **DALIAN}, "steps/dalian-open-through-guardian@dalian", "guardian and register"),
    ("check-personal-info", {"employment": "employee", **DALIAN}, "steps/dalian-check-through-employer@dalian", "1"),
    ("check-personal-info", {"employment": "non_employee", **DALIAN}, "steps/dalian-check-at-street@dalian", "1"),
    ("check-personal-info", {"employment": "non_employee", **HERE}, "documents/id-copy", "ID, original and copy"),
    ("collect-card", {**STUDENT, **DALIAN}, "steps/dalian-collect-through-employer@dalian", "2"),
    ("collect-card", {**FREE, **DALIAN}, "steps/dalian-collect-at-street@dalian", "2"),
    ("activation", IN_PERSON, "documents/card", "3: with the card, original"),
    ("activation", IN_PERSON, "documents/holder-id", "3: and a valid ID"),
    ("activation", {"holder": "minor", **HERE}, "documents/guardian-id", "3: the guardian's valid ID"),
    ("activation", {"holder": "minor", **HERE}, "documents/household-register", "3: and the household register"),
    ("activation", {"holder": "minor", **HERE}, "steps/guardian-at-bank", "3: the guardian goes"),
    ("activation", {**IN_PERSON, **DALIAN}, "steps/dalian-open-at-bank@dalian", "3: in Dalian"),
]


@pytest.mark.parametrize(("topic", "facts", "statement", "says"), STATEMENTS)
def test_it_is_told_to_whom_it_concerns(
    real: Catalogue, topic: str, facts: dict[str, str], statement: str, says: str
) -> None:
    assert says
    decision = decide(real, topic, facts, DAY)
    (told,) = [one for one in decision.told if one.statement.key == statement]
    assert told.only_if is None
    for language in LANGUAGES:
        reply = outcome(real, decision, language, lambda law, article: None)
        assert told.statement.text.say(language) in reply["text"]
        assert told.statement.source in {source["id"] for source in reply["procedure"]["sources"]}


@pytest.mark.parametrize(
    ("topic", "facts", "statement"),
    [
        ("card-expired", IN_PERSON, "documents/agent-id"),
        ("card-expired", BY_AGENT, "steps/apply-in-person"),
        ("id-number-wrong", WRONG, "documents/police-certificate"),
        ("id-number-wrong", WRONG, "steps/change-card-at-icbc"),
        ("id-number-wrong", RESIDENT, "steps/change-card-at-bank"),
        ("first-application", FIRST, "documents/own-register-page"),
        ("first-application", FIRST, "documents/disability-certificate"),
        ("first-application", {**FIRST, **DALIAN}, "steps/check-through-employer"),
        ("first-application", MINOR, "steps/open-at-bank"),
        ("activation", IN_PERSON, "documents/guardian-id"),
        ("about-the-card", HERE, "steps/xinjiang-issuer@xinjiang"),
        ("about-the-card", {"region": "dalian"}, "steps/xinjiang-what-it-is@xinjiang"),
    ],
)
def test_it_is_not_told_to_whom_it_does_not_concern(
    real: Catalogue, topic: str, facts: dict[str, str], statement: str
) -> None:
    assert statement in {one.key for one in real.topics[topic].statements}
    assert statement not in {one.statement.key for one in decide(real, topic, facts, DAY).told}


def test_original_and_copies(real: Catalogue) -> None:
    holder = next(one for one in real.topics["card-expired"].statements if one.key == "documents/holder-id")
    assert (holder.original, holder.copies) == (True, 1)
    for topic, key in (("card-expired", "documents/agent-id"), ("activation", "documents/guardian-id")):
        document = next(one for one in real.topics[topic].statements if one.key == key)
        assert document.original is True, key


def test_nothing_from_the_second_hand_texts_is_called_official(real: Catalogue) -> None:
    seeds = {"seed-expired-id-card", "seed-temporary-card"}
    found = [one for topic in real.topics.values() for one in topic.statements if one.source in seeds]
    assert len(found) > 40
    assert {one.confidence for one in found} == {"unconfirmed"}
    assert {real.sources[seed].confidence for seed in seeds} == {"unconfirmed"}


def test_the_law_the_seed_names_is_background(real: Catalogue) -> None:
    for topic, facts in (("card-expired", IN_PERSON), ("id-number-wrong", WRONG)):
        last = decide(real, topic, facts, DAY).legal_basis[-1].reference
        assert (last.law, last.article, last.background) == ("social-insurance-law", "2", True)
