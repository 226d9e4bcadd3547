from typing import Any

import pytest

from actions.procedure_form import ValidateProcedureForm
from bot.answers.assistant import Assistant
from tests.actions.conftest import run, tracker

pytestmark = pytest.mark.usefixtures("assistant")
OPEN: dict[str, Any] = {"topic": "renewal", "requested_slot": "holder"}


def form(*arguments: Any, **parts: Any) -> tuple[list[dict[str, Any]], dict[str, Any], list[dict[str, Any]]]:
    """The slots without the counts' own (tests/actions/test_counting.py)."""
    replies, slots, others = run(ValidateProcedureForm(), tracker(*arguments, **parts))
    return replies, {name: value for name, value in slots.items() if name != "course"}, others


def test_a_matter_opens_the_form_with_its_best_question() -> None:
    (reply,), slots, _ = form("我要换卡", "renewal")
    assert reply["question"]["fact"] == "holder"
    assert slots == {"topic": "renewal", "requested_slot": "holder"}


def test_an_answer_leads_to_the_next_question() -> None:
    (reply,), slots, _ = form("", "choose", OPEN, {"choice": "fact:holder=adult"})
    assert reply["question"]["fact"] == "applicant"
    assert slots == {"topic": "renewal", "holder": "adult", "requested_slot": "applicant"}


def test_everything_known_closes_the_form() -> None:
    slots = {**OPEN, "holder": "minor", "card_in_hand": "no", "requested_slot": "region"}
    (reply,), after, _ = form("在北边", "inform", slots, {"region": "north"})
    assert reply["status"] == "procedure"
    assert after == {"topic": "renewal", "region": "north", "requested_slot": None}


def test_a_typed_label_is_an_answer_whatever_the_intent() -> None:
    (reply,), slots, _ = form("未成年人", "nlu_fallback", OPEN)
    assert slots["holder"] == "minor"
    assert reply["question"]["fact"] == "card_in_hand"


@pytest.mark.parametrize("intent", ["greet", "thank", "ask_law", "nlu_fallback", "out_of_scope", "near_miss_passport"])
def test_what_is_no_answer_is_left_to_the_rules(intent: str) -> None:
    assert form("谢谢", intent, OPEN) == ([], {}, [])


@pytest.mark.parametrize("intent", ["human", "start_over", "near_miss_passport"])
def test_a_wish_is_heard_even_when_a_fact_is_said_with_it(intent: str) -> None:
    assert form("我妈想找人工", intent, OPEN, {"applicant": "agent"}) == ([], {}, [])


def test_a_fact_said_with_a_greeting_is_an_answer() -> None:
    _, slots, _ = form("你好，我儿子的", "greet", OPEN, {"holder": "minor"})
    assert slots["holder"] == "minor"


def test_the_fact_asked_for_is_an_answer_even_in_words_of_another_matter() -> None:
    _, slots, _ = form("没有护照，我儿子", "near_miss_passport", OPEN, {"holder": "minor"})
    assert slots["holder"] == "minor"


def test_several_facts_and_no_question_are_an_answer_even_in_words_of_another_matter() -> None:
    said = {"applicant": "agent", "region": "north"}
    _, slots, _ = form("我妈去，在北边，没有护照", "near_miss_passport", OPEN, said)
    assert (slots["applicant"], slots["region"]) == ("agent", "north")
    assert form("我妈去，在北边，护照怎么办", "near_miss_passport", OPEN, said) == ([], {}, [])


def test_after_the_interruption_the_question_comes_again() -> None:
    events = [
        {"event": "user", "text": "谢谢"},
        {"event": "action_execution_rejected", "name": "procedure_form"},
        {"event": "action", "name": "action_small_talk"},
    ]
    (reply,), slots, _ = form("谢谢", "thank", OPEN, events=events)
    assert reply["question"]["fact"] == "holder"
    assert slots == {"topic": "renewal", "requested_slot": "holder"}


def test_a_rejection_of_an_earlier_turn_does_not_count() -> None:
    events = [
        {"event": "action_execution_rejected", "name": "procedure_form"},
        {"event": "user", "text": "未成年人"},
    ]
    (reply,), _, _ = form("未成年人", "inform", OPEN, {"holder": "minor"}, events=events)
    assert reply["question"]["fact"] == "card_in_hand"


def test_another_matter_in_the_middle_takes_over() -> None:
    (reply,), slots, _ = form("卡是什么", "about", OPEN)
    assert reply["status"] == "passages"
    left = {"topic": "renewal", "facts": {}}
    assert slots == {"topic": "about", "requested_slot": None, "agenda": {"later": [], "left": left}}


def test_an_aspect_in_the_middle_gives_two_replies() -> None:
    replies, slots, _ = form("多少钱", "ask_aspect", OPEN, {"aspect": "fee"})
    assert [reply["status"] for reply in replies] == ["procedure", "question"]
    assert slots["requested_slot"] == "holder"


def test_a_changed_fact_is_set_again(assistant: Assistant) -> None:
    slots = {"topic": "renewal", "holder": "minor", "card_in_hand": "no", "region": "east"}
    (reply,), after, _ = form("是成年人", "inform", slots, {"holder": "adult"})
    assert after == {"topic": "renewal", "holder": "adult", "requested_slot": "applicant"}
    assert reply["question"]["fact"] == "applicant"
