"""Two matters in one message, coming back to one, a changed fact, a question asked in anger."""

from __future__ import annotations

from bot.answers.agenda import Agenda, Left
from bot.answers.conversation import Conversation
from bot.catalogue import Catalogue
from tests.answers.conftest import Talk

KNOWN = {"applicant": "self", "holder": "adult", "card_in_hand": "no", "region": "east"}


def other_topic(catalogue: Catalogue) -> str:
    return next(topic for topic in catalogue.topics if topic != "renewal")


def test_the_second_matter_follows_the_first(talk: Talk, small: Catalogue) -> None:
    second = other_topic(small)
    replies = talk(talk.assistant.procedure, "换卡，还有别的", "renewal", said=KNOWN, also=(second,))
    assert [reply["status"] for reply in replies[:2]] == ["procedure", "notice"]
    assert small.topics[second].title.zh in replies[1]["text"]
    assert replies[2]["status"] == "passages"
    assert talk.now.topic == second
    assert talk.now.agenda.later == ()


def test_the_second_matter_waits_for_the_questions_of_the_first(talk: Talk, small: Catalogue) -> None:
    second = other_topic(small)
    (question,) = talk(talk.assistant.procedure, "换卡", "renewal", said={"holder": "minor"}, also=(second,))
    assert question["status"] == "question"
    assert talk.now.agenda.later == (second,)
    rest = {fact: value for fact, value in KNOWN.items() if fact != "holder"}
    replies = talk(talk.assistant.procedure, "", "inform", said=rest)
    assert replies[0]["status"] == "procedure"
    assert talk.now.topic == second


def test_the_matter_in_hand_is_not_queued_again() -> None:
    assert Agenda().with_matters("a", ("a", "b", "b")).later == ("b",)


def test_back_to_the_matter_left_with_what_was_known(talk: Talk, small: Catalogue) -> None:
    second = other_topic(small)
    talk(talk.assistant.procedure, "换卡", "renewal", said={"holder": "minor", "card_in_hand": "no"})
    question = talk.now.asked
    assert question is not None
    talk(talk.assistant.procedure, "", "choose", choice=f"topic:{second}")
    assert talk.now.topic == second
    (again,) = talk(talk.assistant.procedure, "回到刚才的问题", "go_back")
    assert talk.now.topic == "renewal"
    assert talk.now.facts["card_in_hand"] == "no"
    assert (again["status"], talk.now.asked) == ("question", question)


def test_nowhere_to_go_back_to(talk: Talk) -> None:
    (reply,) = talk(talk.assistant.procedure, "回到刚才的问题", "go_back")
    assert reply["status"] == "clarify"


def test_a_changed_fact_says_what_changes(talk: Talk) -> None:
    talk.tell("换卡", "renewal", said=KNOWN)
    told, outcome = talk(talk.assistant.procedure, "我妈去", "inform", said={"applicant": "agent"})
    assert (told["status"], outcome["status"]) == ("notice", "procedure")
    assert told["text"].startswith("好的，改为：")
    assert outcome["procedure"]["facts"]["applicant"] == "agent"


def test_the_same_fact_again_changes_nothing(talk: Talk) -> None:
    talk.tell("换卡", "renewal", said=KNOWN)
    assert talk.tell("我自己去", "inform", said={"applicant": "self"})["status"] == "procedure"


def test_an_angry_question_gets_a_calm_word_and_its_answer(talk: Talk) -> None:
    calm, outcome = talk(talk.assistant.procedure, "垃圾，怎么换卡", "renewal", said=KNOWN, rude=True)
    assert (calm["status"], outcome["status"]) == ("notice", "procedure")
    assert "抱歉" in calm["text"]


def test_the_agenda_survives_a_slot(small: Catalogue) -> None:
    second = other_topic(small)
    agenda = Agenda((second,), Left("renewal", {"holder": "minor"}))
    assert Agenda.read(agenda.written(), small) == agenda
    assert Agenda().written() is None
    stale = {"later": ["gone"], "left": {"topic": "renewal", "facts": {"holder": "gone", "no": "fact"}}}
    assert Agenda.read(stale, small) == Agenda((), Left("renewal", {}))
    assert Conversation().agenda == Agenda()
