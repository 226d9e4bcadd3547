"""Which matter a first message hints at, numbers of choices, and facts said beside the open question."""

from __future__ import annotations

from bot.answers.conversation import Conversation, Message
from tests.answers.conftest import Talk
from tests.answers.test_assistant import asked


def test_facts_before_the_matter_may_change(talk: Talk) -> None:
    talk.tell("我儿子的卡", "inform", said={"holder": "minor"})
    assert talk.tell("不对，是成年人", "inform", said={"holder": "adult"})["status"] == "clarify"
    assert talk.now.facts == {"holder": "adult"}


def test_what_is_said_beside_the_open_question_is_told_back(talk: Talk) -> None:
    talk.tell("换卡", "renewal")
    beside = talk.tell("在北方", "inform", said={"region": "north"})
    assert asked(beside) == "holder"
    assert beside["text"].splitlines()[0] == "好的，记下了：在北省办。"
    answered = talk.tell("成年人，我妈去", "inform", said={"holder": "adult", "applicant": "agent"})
    assert answered["text"].splitlines()[0] == "好的，记下了：别人代办。"
    assert not talk.tell("不在", "inform", said={"card_in_hand": "no"})["text"].startswith("好的")


def test_a_matter_only_hinted_at_is_taken_when_no_other_is_near(talk: Talk) -> None:
    ranking = (("ask_aspect", 0.6), ("renewal", 0.2), ("about", 0.04))
    reply = talk.tell("卡到期了我替她去行不行", "ask_aspect", said={"applicant": "agent"}, ranking=ranking)
    assert (reply["status"], reply["question"]["topic"], talk.now.topic) == ("question", "renewal", "renewal")


def test_of_two_near_matters_none_is_taken(talk: Talk) -> None:
    ranking = (("ask_aspect", 0.5), ("about", 0.2), ("renewal", 0.15))
    reply = talk.tell("要带什么", "ask_aspect", ranking=ranking)
    assert [choice["topic"] for choice in reply["choices"]] == ["about", "renewal"]
    assert talk.now.topic is None


def test_the_number_of_a_choice_is_the_choice(talk: Talk) -> None:
    talk.tell("换卡", "renewal")
    heard = talk.assistant.heard(talk.now, Message("第二个", "nlu_fallback"))
    assert (heard.intent, heard.choice) == ("choose", "fact:holder=minor")
    assert talk.assistant.heard(talk.now, Message("3", "inform")).choice == "fact:holder=unknown"
    assert talk.assistant.heard(talk.now, Message("4", "inform")).choice is None
    assert talk.assistant.heard(talk.now, Message("", "choose", choice="topic:about")).choice == "topic:about"


def test_the_number_of_a_matter_offered(talk: Talk) -> None:
    offered = talk.tell("在北方", "inform", said={"region": "north"})["choices"]
    for number, choice in enumerate(offered, start=1):
        assert talk.assistant.heard(talk.now, Message(f"第{number}个", "inform")).choice == choice["token"]
    assert talk.assistant.heard(Conversation(), Message("1", "inform")).choice is None


def test_facts_before_the_matter_are_kept(talk: Talk) -> None:
    noted = talk.tell("我儿子的卡", "inform", said={"holder": "minor"})
    assert noted["status"] == "clarify"
    assert "记下了" in noted["text"]
    assert asked(talk.tell("换卡", "renewal")) == "card_in_hand"
