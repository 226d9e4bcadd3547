"""What the box finds, and why."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml

from bot.catalogue import Catalogue
from bot.console.search.articles import number_typed
from bot.console.search.instant import Instant
from bot.console.search.phrases import Phrase, phrases
from bot.console.search.pinyin import Sounds
from bot.evaluation.console.calls import calls
from bot.settings import nlu_folder
from tests.console.conftest import searching

QUESTIONS = Path(__file__).parents[1] / "nlu" / "questions"


@pytest.fixture(scope="session")
def box(real: Catalogue) -> Instant:
    return searching(real)


def first(box: Instant, typed: str) -> str:
    return str(box.find(typed, "zh")["hits"][0]["id"])


@pytest.mark.parametrize(
    ("typed", "topic", "by"),
    [
        ("sbkgq", "card-expired", "initials"),
        ("SBKGS", "lost-card", "initials"),
        ("shebaokaguoqi", "card-expired", "initials"),
        ("mmwj", "pin-reset", "initials"),
        ("电子社保卡", "electronic-card", "name"),
        ("挂失", "lost-card", "words"),
        ("社保卡過期了", "card-expired", "words"),
        ("卡丢了，怎么补", "lost-card", "words"),
        ("someone stole my card", "lost-card", "words"),
    ],
)
def test_topics_by_words_names_and_initials(box: Instant, typed: str, topic: str, by: str) -> None:
    best = box.find(typed, "zh")["hits"][0]
    assert (best["kind"], best["id"], best["by"]) == ("topic", topic, by)
    assert 0 < best["score"] <= 1
    assert best["text"]


def test_initials_are_of_letters_alone_and_begin_before_they_contain() -> None:
    sounds = Sounds([Phrase("a", "社保卡过期"), Phrase("b", "临时社保卡过期"), Phrase("c", "a whole sentence")])
    found = sounds.find("sbk")
    assert set(found) == {"a", "b"}
    assert found["a"][0] > found["b"][0]
    assert sounds.find("s") == sounds.find("社保") == sounds.find("sbk1") == {}


def test_most_held_apart_questions_find_their_topic_first_and_nearly_all_among_three(box: Instant) -> None:
    hits = {"first": 0, "three": 0}
    asked = 0
    for file in sorted(QUESTIONS.glob("*.yml")):
        held = yaml.safe_load(file.read_text(encoding="utf-8"))
        if isinstance(held, dict) and held.get("topic") in box.catalogue.topics:
            for question in [*held["zh"], *held["en"]]:
                found = [one.topic for one in box.topics.find(question)]
                asked += 1
                hits["first"] += found[:1] == [held["topic"]]
                hits["three"] += held["topic"] in found[:3]
    assert asked > 600
    assert hits["first"] / asked > 0.94
    assert hits["three"] / asked > 0.98


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("58", "58"),
        ("58条", "58"),
        ("第58条", "58"),
        ("第五十八条", "58"),
        ("第二百八十条之一", "280-1"),
        ("Article 58", "58"),
        ("art. 58", "58"),
        ("12333", None),
        ("402917", None),
        ("58岁", None),
        ("社保法58条", None),
    ],
)
def test_a_bare_article_number(typed: str, number: str | None) -> None:
    assert number_typed(typed) == number


def test_articles_of_that_number_come_with_their_law_and_the_topics_that_rest_on_them(box: Instant) -> None:
    hits = box.find("58条", "zh")["hits"]
    assert len(hits) > 3
    assert {hit["kind"] for hit in hits} == {"article"}
    assert all(hit["id"].endswith("/58") and hit["source"]["checked_on"] for hit in hits)
    relied_on = [bool(hit["topics"]) for hit in hits]
    assert relied_on == sorted(relied_on, reverse=True)
    assert hits[0]["text"] == box.official(box.catalogue.laws[hits[0]["id"].split("/")[0]], "58")


def test_a_case_code_is_not_looked_up_while_it_is_typed(box: Instant) -> None:
    assert box.find("402917", "zh") == {"hits": [], "rejected": [], "said": {}, "code": "402917"}


def test_what_the_words_say_of_the_caller_is_heard(box: Instant) -> None:
    assert box.find("社保卡过期了，我妈替我去办，在大连", "zh")["said"] == {"applicant": "agent", "region": "dalian"}


def test_nothing_typed_offers_the_topics_in_the_editors_order(box: Instant) -> None:
    hits = box.find("  ", "en")["hits"]
    orders = [box.catalogue.topics[hit["id"]].order for hit in hits]
    assert orders == sorted(orders)
    assert len(hits) == len(box.catalogue.topics)


def test_rejected_passages_say_why(box: Instant) -> None:
    rejected = box.find("补卡要多少钱", "zh")["rejected"]
    assert rejected
    assert {hit["reason"] for hit in rejected} <= {
        "other_region",
        "not_sure_enough",
        "beyond_limit",
        "not_yet_in_force",
    }
    assert all(isinstance(hit["words"], Sequence) and hit["by"] for hit in rejected)


def test_a_region_lets_its_own_passages_in_and_no_others(box: Instant) -> None:
    def regions(region: str | None) -> set[str | None]:
        return {hit.get("region") for hit in box.find("补卡要登报吗", "zh", region)["hits"] if hit["kind"] == "passage"}

    assert regions(None) <= {None}
    assert regions("xinjiang") <= {None, "新疆"}


def test_every_topic_has_titles_and_phrases_without_the_marks_of_the_training_files(real: Catalogue) -> None:
    made = phrases(real, nlu_folder())
    assert {phrase.topic for phrase in made if phrase.title} == set(real.topics)
    assert {phrase.topic for phrase in made if not phrase.title} == set(real.topics)
    assert not [phrase for phrase in made if "](" in phrase.text or "]{" in phrase.text]


def test_the_nine_seed_topics_are_three_actions_away(box: Instant) -> None:
    made = calls(box)
    assert len(made) == 18
    assert [(call.topic, call.language, call.actions) for call in made if call.actions > 3] == []
