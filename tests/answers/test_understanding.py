from dataclasses import replace

import pytest

from bot.answers.agenda import Agenda
from bot.answers.conversation import Conversation, Message
from bot.answers.typed import typed_value
from bot.answers.understanding import chosen, said_beside, take_in
from bot.catalogue import Catalogue, load
from bot.catalogue.text import Words
from bot.settings import ROOT


@pytest.mark.parametrize(
    ("choice", "parts"),
    [
        ("fact:applicant=agent", ("fact", "applicant", "agent")),
        ("fact:applicant=unknown", ("fact", "applicant", "unknown")),
        ("topic:renewal", ("topic", "renewal", "")),
        ("nonsense", None),
        ("", None),
        (None, None),
    ],
)
def test_choices(choice: str | None, parts: tuple[str, str, str] | None) -> None:
    assert chosen(Message("", "choose", choice=choice)) == parts


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("本人", "self"),
        (" 本人。", "self"),
        ("the HOLDER!", "self"),
        ("An agent", "agent"),
        ("agent", "agent"),
        ("代办", "agent"),
        ("本人去", None),
        ("人", None),
        ("an agency", None),
        ("", None),
    ],
)
def test_a_label_typed_word_for_word(small: Catalogue, typed: str, value: str | None) -> None:
    assert typed_value(small.fact("applicant"), typed) == value


def test_topic_facts_and_language_from_one_message(small: Catalogue) -> None:
    message = Message("My card expired, my mother will go", "renewal", said={"applicant": "agent", "colour": "red"})
    after = take_in(small, Conversation(), message)
    assert after == Conversation("en", "renewal", {"applicant": "agent"})


def test_a_choice_leaves_the_language_alone(small: Catalogue) -> None:
    before = Conversation("en", "renewal", asked="applicant")
    after = take_in(small, before, Message("本人", "choose", choice="fact:applicant=self"))
    assert (after.language, after.facts) == ("en", {"applicant": "self"})


@pytest.mark.parametrize("choice", ["fact:applicant=nobody", "fact:colour=red", "topic:nothing", "fact:", "x:y=z"])
def test_a_stale_or_foreign_choice_changes_nothing(small: Catalogue, choice: str) -> None:
    before = Conversation("zh", "renewal", {"holder": "adult"}, asked="applicant")
    assert take_in(small, before, Message("", "choose", choice=choice)) == before


def test_a_typed_label_answers_the_open_question_only(small: Catalogue) -> None:
    open_ = Conversation("zh", "renewal", asked="applicant")
    assert take_in(small, open_, Message("本人", "nlu_fallback")).facts == {"applicant": "self"}
    closed = Conversation("zh", "renewal")
    assert take_in(small, closed, Message("本人", "nlu_fallback")).facts == {}


def test_what_was_understood_beats_a_typed_label(small: Catalogue) -> None:
    open_ = Conversation("zh", "renewal", asked="applicant")
    assert take_in(small, open_, Message("本人", "inform", said={"applicant": "agent"})).facts == {"applicant": "agent"}


def test_words_of_two_labels_are_no_answer(small: Catalogue) -> None:
    assert typed_value(small.fact("holder"), "成年") is None
    assert typed_value(small.fact("holder"), "未成年") == "minor"
    assert typed_value(small.fact("card_in_hand"), "it") is None
    assert typed_value(small.fact("card_in_hand"), "yes") == "yes"


def test_the_words_of_a_label_say_nothing_else(small: Catalogue) -> None:
    open_ = Conversation("zh", "renewal", asked="applicant")
    assert take_in(small, open_, Message("代办", "inform", said={"holder": "adult"})).facts == {"applicant": "agent"}


@pytest.mark.parametrize(
    ("text", "another"),
    [
        ("我爸的社保卡丢了", True),
        ("my father's card expired", True),
        ("My mother-in-law lost it", True),
        ("我的卡丢了", False),
        ("I lost my card", False),
    ],
)
def test_whose_card_it_is(text: str, another: bool) -> None:
    catalogue = load(ROOT / "knowledge")
    assert take_in(catalogue, Conversation(), Message(text, "lost_card")).for_another is another


def test_an_answer_does_not_change_whose_card_it_is(small: Catalogue) -> None:
    open_ = Conversation("zh", "renewal", asked="applicant")
    words = replace(small, words={"kin": Words(zh=("我妈",))})
    assert take_in(words, open_, Message("我妈", "inform")).for_another is False
    assert take_in(words, replace(open_, asked=None), Message("我妈", "inform")).for_another is True


def test_what_was_said_beside_the_open_question() -> None:
    before = Conversation("zh", "renewal", {"holder": "minor"}, asked="applicant")
    after = before.learns({"holder": "adult", "region": "east", "applicant": "self"})
    assert said_beside(before, after) == {"holder": "adult", "region": "east"}
    assert said_beside(replace(before, asked=None), after) == {}
    assert said_beside(replace(before, topic="about"), after) == {}


def test_i_do_not_know(small: Catalogue) -> None:
    open_ = Conversation("zh", "renewal", asked="applicant")
    for message in (Message("不清楚", "dont_know"), Message("", "choose", choice="fact:applicant=unknown")):
        after = take_in(small, open_, message)
        assert (after.facts, after.declined) == ({}, ("applicant",))


def test_i_do_not_know_with_another_fact_keeps_both(small: Catalogue) -> None:
    open_ = Conversation("zh", "renewal", asked="applicant")
    after = take_in(small, open_, Message("不知道，我儿子的卡", "dont_know", said={"holder": "minor"}))
    assert (after.facts, after.declined) == ({"holder": "minor"}, ("applicant",))


def test_i_do_not_know_without_a_question_declines_nothing(small: Catalogue) -> None:
    assert take_in(small, Conversation("zh", "renewal"), Message("不知道", "dont_know")).declined == ()


def test_changing_ones_mind_about_a_declined_fact(small: Catalogue) -> None:
    before = Conversation("zh", "renewal", declined=("applicant",))
    after = take_in(small, before, Message("还是我自己去", "inform", said={"applicant": "self"}))
    assert (after.facts, after.declined) == ({"applicant": "self"}, ())


@pytest.mark.parametrize(
    ("text", "aspect", "topic"),
    [
        ("卡不见了", None, "card-expired"),
        ("卡不见了。", None, "card-expired"),
        ("卡不见了，怎么补", None, "lost-card"),
        ("卡不见了怎么补", "steps", "lost-card"),
    ],
)
def test_the_fact_asked_for_is_an_answer_and_no_new_matter(
    real: Catalogue, text: str, aspect: str | None, topic: str
) -> None:
    before = Conversation(topic="card-expired", asked="card_in_hand")
    message = Message(text, "lost_card", said={"card_in_hand": "no"}, aspect=aspect)
    after = take_in(real, before, message)
    assert after.topic == topic
    assert after.facts["card_in_hand"] == "no"


def test_another_fact_than_the_one_asked_may_open_a_matter(real: Catalogue) -> None:
    before = Conversation(topic="card-expired", asked="applicant")
    after = take_in(real, before, Message("卡不见了", "lost_card", said={"card_in_hand": "no"}))
    assert after.topic == "lost-card"


@pytest.mark.parametrize(
    ("typed", "topic"),
    [
        ("社保卡", "card-expired"),
        ("The social security card", "card-expired"),
        ("身份证", "id-card-renewed"),
        ("临时", "temporary-card-expired"),
        ("新疆", None),
    ],
)
def test_words_of_an_offered_title_mean_that_topic(real: Catalogue, typed: str, topic: str | None) -> None:
    offered = real.ambiguities["which-card-expired"].topics
    before = Conversation(agenda=Agenda(offered=offered))
    after = take_in(real, before, Message(typed, "about_the_card" if topic else "inform"))
    assert after.topic == topic
    assert after.agenda.offered == ()


def test_what_is_offered_is_kept_for_one_turn(real: Catalogue) -> None:
    agenda = Agenda(offered=("card-expired", "activation"))
    assert Agenda.read(agenda.written(), real) == agenda
    assert Agenda.read({"later": [], "left": None, "offered": ["gone"]}, real) == Agenda()
