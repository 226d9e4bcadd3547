"""The real records: complete, sourced, in both languages."""

import ast
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

import bot.answers
from bot.answers.outcome import outcome
from bot.catalogue import Catalogue, load
from bot.catalogue.records import SECTIONS, Case, Statement
from bot.catalogue.text import Text
from bot.procedures import decide
from bot.setup.project import Project
from tests.knowledge.combinations import DAY

CASES = load(Project.here().root / "knowledge").cases


def statements(catalogue: Catalogue) -> list[Statement]:
    return [one for topic in catalogue.topics.values() for one in topic.statements]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.topic}: {case.name.en}")
def test_worked_cases_hold(real: Catalogue, case: Case) -> None:
    decision = decide(real, case.topic, case.facts, case.date, declined=case.declined)
    told = {section: {one.statement.id for one in decision.section(section)} for section in SECTIONS}
    basis = {f"{one.reference.law}/{one.reference.article}" for one in decision.legal_basis}
    found: dict[str, set[str]] = {**told, "legal_basis": basis}
    for section, expected in case.includes.items():
        assert set(expected) <= found[section], f"{case.file}:{case.line}"
    for section, unexpected in case.excludes.items():
        assert not set(unexpected) & found[section], f"{case.file}:{case.line}"
    if case.checks_question:
        assert decision.next_fact == case.asks_next, f"{case.file}:{case.line}"


def test_every_topic_has_worked_cases(real: Catalogue) -> None:
    counts = {topic: sum(case.topic == topic for case in real.cases) for topic in real.topics}
    assert {topic: count for topic, count in counts.items() if count < 3} == {}


def test_every_statement_has_a_source_and_a_day(real: Catalogue) -> None:
    assert len(statements(real)) > 300
    for one in statements(real):
        assert one.source in real.sources
        assert one.valid.start > date.min
    for law in real.laws.values():
        assert law.source in real.sources
    for referral in real.referrals.values():
        assert referral.source in real.sources


def test_every_source_says_where_it_is_and_when_it_was_read(real: Catalogue) -> None:
    for source in real.sources.values():
        assert source.url or source.number or source.issuer, source.id
        assert source.checked_on < source.check_again_by <= source.checked_on + timedelta(days=400), source.id
        assert source.issuer is None or source.issuer.zh, source.id


def test_no_source_is_left_over(real: Catalogue) -> None:
    used = {one.source for one in statements(real)} | {law.source for law in real.laws.values()}
    used |= {referral.source for referral in real.referrals.values()}
    assert set(real.sources) - used == set()


def texts(catalogue: Catalogue) -> list[tuple[str, Text]]:
    found = [(one.key, one.text) for one in statements(catalogue)]
    found += [(one.key, one.place) for one in statements(catalogue) if one.place]
    found += [(law.id, article.summary) for law in catalogue.laws.values() for article in law.articles.values()]
    found += [(key, sentence) for key, sentence in catalogue.wording.items()]
    for fact in catalogue.facts.values():
        found += [(fact.id, fact.question), (fact.id, fact.why)]
        found += [(value.id, value.label) for value in fact.values.values()]
    return found


def test_each_text_is_in_its_language(real: Catalogue) -> None:
    apps = re.compile(r"掌上12333|社保卡|电子社保卡|金保|[“”]")
    for key, text in texts(real):
        if key not in ("because", "greeting_both"):  # nothing but a word to fill in; both languages at once
            assert re.search(r"[一-鿿]", text.zh), key
            assert re.search(r"[A-Za-z]", text.en), key
            english = len(re.findall(r"[A-Za-z]", text.en))
            assert len(re.findall(r"[一-鿿]", apps.sub("", text.en))) < english / 2, key


def test_sentences_ask_for_the_same_words_in_both_languages(real: Catalogue) -> None:
    for key, text in real.wording.items():
        assert set(re.findall(r"\{(\w+)\}", text.zh)) == set(re.findall(r"\{(\w+)\}", text.en)), key


def test_every_sentence_the_answers_say_is_there(real: Catalogue) -> None:
    said = set()
    for path in Path(bot.answers.__file__ or bot.answers.__path__[0]).parent.glob("**/answers/*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                if name in ("say", "Wording") and isinstance(node.args[0].value, str):
                    said.add(node.args[0].value)
    assert len(said) > 15
    assert said <= set(real.wording)
    grades = {f"confidence_{grade}" for grade in ("official", "secondary", "unconfirmed")}
    assert grades <= set(real.wording)


def test_governing_articles_first_and_the_insurance_laws_second_article_as_background(real: Catalogue) -> None:
    for topic in real.topics.values():
        for reference in topic.legal_basis:
            if (reference.law, reference.article) == ("social-insurance-law", "2"):
                assert reference.background, topic.id
    governing = {"6", "7", "29", "30", "31"}
    for topic in real.topics.values():
        cited = {one.article for one in topic.legal_basis if one.law == "social-insurance-agency-regulation"}
        assert cited, topic.id
        if topic.id not in ("about-the-card", "card-cancellation", "name-change", "progress-check"):
            assert cited & governing, topic.id


def test_no_personal_number_stands_in_the_knowledge() -> None:
    identity = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)|(?<!\d)1[3-9]\d{9}(?!\d)")
    for path in (Project.here().root / "knowledge").rglob("*.yml"):
        text = re.sub(r"https?://\S+", "", path.read_text(encoding="utf-8"))
        assert not identity.search(text), path.name


ADULT = {"card_in_hand": "no", "applicant": "self", "holder": "adult", "region": "elsewhere"}


def test_a_law_read_in_a_re_publication_is_marked_so_and_not_called_in_force(real: Catalogue) -> None:
    reply = outcome(real, decide(real, "lost-card", ADULT, DAY), "zh", lambda law, article: None)
    basis = {(one["law"], one["article"]): one for one in reply["procedure"]["legal_basis"]}
    measures = basis["card-management-measures-2011-47", "19"]
    assert "status" not in measures
    assert "in_force_from" not in measures
    assert basis["social-insurance-agency-regulation", "7"]["status"] == "in_force"
    lines = reply["text"].splitlines()
    (weak,) = [line for line in lines if "第19条：" in line]
    (sure,) = [line for line in lines if "经办条例》第7条：" in line]
    assert weak.endswith("（转载，待确认）")
    assert "待确认" not in sure
    sources = {source["id"]: source["confidence"] for source in reply["procedure"]["sources"]}
    assert (sources["statute-package"], sources["card-measures-2011-47-rules"]) == ("official", "secondary")


def test_laws_without_a_first_day_are_those_no_source_dates(real: Catalogue) -> None:
    undated = {law.id for law in real.laws.values() if law.in_force_from is None}
    assert undated == {"card-management-measures-2011-47", "card-finance-notice-2011-83"}


def test_a_weak_law_makes_the_whole_outcome_less_sure(real: Catalogue) -> None:
    topic = real.topics["lost-card"]
    official = tuple(one for one in topic.statements if one.confidence == "official")
    strong = tuple(one for one in topic.legal_basis if real.sources[real.laws[one.law].source].confidence == "official")
    assert official
    assert len(strong) < len(topic.legal_basis)
    for basis, confidence in ((topic.legal_basis, "secondary"), (strong, "official")):
        changed = replace(real, topics={"lost-card": replace(topic, statements=official, legal_basis=basis)})
        assert decide(changed, "lost-card", ADULT, DAY).confidence == confidence
