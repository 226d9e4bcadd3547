import inspect

import pytest
from rasa_sdk import Action
from rasa_sdk.executor import ActionExecutor

from actions.abstain import Abstain
from actions.base import AssistantAction
from actions.executor import DomainlessExecutor
from actions.find import Find
from actions.hand_over import HandOver
from actions.open import Open
from actions.refer import Refer
from actions.repeat import Repeat
from actions.small_talk import SmallTalk
from actions.start_over import StartOver
from actions.switch_language import SwitchLanguage
from tests.actions.conftest import run, tracker

pytestmark = pytest.mark.usefixtures("assistant")


@pytest.mark.parametrize(
    ("action", "name", "text", "intent", "status"),
    [
        (Abstain(), "action_abstain", "明天下雨吗", "out_of_scope", "abstain"),
        (Find(), "action_find", "嗯嗯", "nlu_fallback", "abstain"),
        (HandOver(), "action_hand_over", "转人工", "human", "handover"),
        (Refer(), "action_refer", "护照怎么办", "near_miss_passport", "abstain"),
        (Repeat(), "action_repeat", "再说一遍", "repeat", "smalltalk"),
        (SmallTalk(), "action_small_talk", "你好", "greet", "smalltalk"),
        (StartOver(), "action_start_over", "重新开始", "start_over", "notice"),
        (SwitchLanguage(), "action_switch_language", "说英语", "switch_language", "notice"),
    ],
)
def test_each_action_says_one_thing(action: Action, name: str, text: str, intent: str, status: str) -> None:
    assert action.name() == name
    (reply,), _, _ = run(action, tracker(text, intent))
    assert reply["status"] == status


@pytest.mark.parametrize(("wanted", "language"), [("en", "en"), ("zh", "zh"), (None, "zh"), ("fr", "zh")])
def test_the_first_words(wanted: str | None, language: str) -> None:
    said = {"language": wanted} if wanted else {}
    (reply,), slots, _ = run(Open(), tracker("/open", "open", said=said))
    assert (reply["status"], reply["language"], slots) == ("smalltalk", language, {"reply_language": language})


@pytest.mark.parametrize("action", [HandOver(), StartOver()])
def test_a_person_or_a_new_start_ends_the_open_question(action: Action) -> None:
    slots = {"topic": "renewal", "holder": "minor", "requested_slot": "card_in_hand"}
    _, after, others = run(action, tracker("x", "", slots))
    assert after["requested_slot"] is None
    assert [(event["event"], event["name"]) for event in others] == [("active_loop", None)]


def test_starting_over_clears_every_slot() -> None:
    slots = {"topic": "renewal", "holder": "minor", "declined": ["applicant"], "misses": 2, "aspect_asked": "fee"}
    _, after, _ = run(StartOver(), tracker("重新开始", "start_over", slots))
    assert after == {
        "topic": None,
        "holder": None,
        "declined": [],
        "misses": 0,
        "aspect_asked": None,
        "requested_slot": None,
    }


def test_other_actions_leave_the_question_open() -> None:
    _, after, others = run(SmallTalk(), tracker("谢谢", "thank", {"topic": "renewal", "requested_slot": "holder"}))
    assert "requested_slot" not in after
    assert others == []


def test_the_server_registers_every_action_and_no_base_class() -> None:
    executor = DomainlessExecutor()
    executor.register_package("actions")
    assert inspect.isabstract(AssistantAction)
    assert set(executor.actions) == {
        *("action_abstain", "action_find", "action_hand_over", "action_open", "action_refer", "action_repeat"),
        *("action_small_talk", "action_start_over", "action_switch_language", "validate_procedure_form"),
    }


def test_the_domain_is_never_asked_for() -> None:
    assert issubclass(DomainlessExecutor, ActionExecutor)
    assert DomainlessExecutor().update_and_return_domain({"domain": {"intents": ["x"]}}, "action_find") == {}
