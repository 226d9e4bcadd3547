from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from bot.answers.assistant import MOST_MISSES, Assistant, Turn
from bot.answers.conversation import Conversation, Message
from bot.catalogue import Catalogue
from tests.answers.conftest import FakeCodes, FakeFinder, FakeFound, FakePassage, FakeScored, Talk
from tests.small_folder import DAY

FACTS = {"applicant": "agent", "holder": "adult", "card_in_hand": "no"}


def asked(reply: dict[str, object]) -> object:
    question = reply["question"]
    assert isinstance(question, dict)
    return question["fact"]


def test_questions_then_the_outcome(talk: Talk) -> None:
    first = talk.tell("我要换卡", "renewal")
    assert (first["status"], asked(first)) == ("question", "holder")
    second = talk.tell("", "choose", choice="fact:holder=adult")
    assert asked(second) == "applicant"
    third = talk.tell("我妈去", "inform", said={"applicant": "agent"})
    assert asked(third) == "card_in_hand"
    fourth = talk.tell("No, it is gone", "nlu_fallback")
    assert (asked(fourth), fourth["language"]) == ("region", "en")
    outcome = talk.tell("", "choose", choice="fact:region=south-town")
    assert outcome["status"] == "procedure"
    assert outcome["procedure"]["facts"] == {**FACTS, "region": "south-town"}
    assert talk.now.asked is None


def test_facts_in_the_first_message_are_never_asked(talk: Talk) -> None:
    reply = talk.tell("my mother goes, I lost the card", "renewal", said={**FACTS, "region": "north"})
    assert reply["status"] == "procedure"
    assert reply["procedure"]["facts"] == {**FACTS, "region": "north"}


def test_a_fact_can_be_changed_and_only_what_depends_on_it_is_asked_again(talk: Talk) -> None:
    talk.tell("换卡", "renewal", said={"holder": "minor", "card_in_hand": "no", "region": "east"})
    changed = talk.tell("其实是成年人的卡", "inform", said={"holder": "adult"})
    assert asked(changed) == "applicant"
    outcome = talk.tell("我自己去", "inform", said={"applicant": "self"})
    assert outcome["procedure"]["facts"]["card_in_hand"] == "no"


def test_i_do_not_know_shows_both_branches(talk: Talk) -> None:
    talk.tell("换卡", "renewal", said={"applicant": "agent", "card_in_hand": "no", "region": "east"})
    outcome = talk.tell("不清楚", "dont_know")
    assert outcome["procedure"]["unknown"] == ["holder"]
    conditions = [entry.get("only_if") for entry in outcome["procedure"]["documents"]]
    assert conditions == ["如果持卡人成年", "如果持卡人未成年", "如果持卡人成年"]


def test_all_unknown_is_still_an_answer(talk: Talk) -> None:
    reply = talk.tell("换卡", "renewal")
    for _ in range(4):
        reply = talk.tell("", "choose", choice=f"fact:{asked(reply)}=unknown")
    assert reply["status"] == "procedure"
    assert reply["procedure"]["unknown"] == ["applicant", "holder", "card_in_hand", "region"]


def test_an_aspect_in_the_middle_is_answered_first_then_the_question_again(talk: Talk) -> None:
    talk.tell("换卡", "renewal", said={"holder": "adult"})
    told, again = talk(talk.assistant.procedure, "多少钱", "ask_aspect", aspect="fee")
    assert told["procedure"]["aspect"] == "fee"
    assert told["text"].splitlines()[2].startswith("费用")
    assert asked(again) == "applicant"
    assert talk.now.asked == "applicant"


def test_an_aspect_asked_with_the_matter_comes_first_when_the_questions_are_over(talk: Talk) -> None:
    talk.tell("换卡多少钱", "renewal", aspect="fee", said={"holder": "minor", "region": "east"})
    outcome = talk.tell("", "choose", choice="fact:card_in_hand=no")
    assert outcome["procedure"]["aspect"] == "fee"
    assert outcome["text"].splitlines()[2].startswith("费用")
    assert talk.now.aspect is None


def test_an_aspect_of_one_matter_is_not_that_of_the_next(talk: Talk) -> None:
    talk.tell("换卡多少钱", "renewal", aspect="fee")
    talk.tell("卡是什么", "about")
    talk.tell("换卡", "renewal", said={"holder": "minor", "region": "east"})
    assert talk.tell("", "choose", choice="fact:card_in_hand=no")["procedure"]["aspect"] == "overview"


def test_an_answer_in_words_that_sound_like_an_aspect_is_an_answer(talk: Talk) -> None:
    talk.tell("换卡", "renewal", said={"holder": "adult"})
    reply = talk.tell("my mother will go for me", "inform", said={"applicant": "agent"}, aspect="documents")
    assert asked(reply) == "card_in_hand"


def test_an_aspect_after_the_outcome_is_answered_without_asking_again(talk: Talk) -> None:
    talk.tell("换卡", "renewal", said={**FACTS, "region": "east"})
    told = talk.tell("多少钱", "ask_aspect", aspect="fee")
    assert (told["status"], told["procedure"]["aspect"]) == ("procedure", "fee")
    assert told["procedure"]["facts"]["applicant"] == "agent"


FOLLOWS = (("nlu_fallback", 0.8), ("ask_aspect", 0.2))


def test_an_aspect_in_words_not_believed_is_answered_about_the_matter_in_hand(talk: Talk, finder: FakeFinder) -> None:
    talk.tell("换卡", "renewal", said={**FACTS, "region": "east"})
    said = {"region": "north"}
    changed, told = talk(talk.assistant.find, "北边收费多少", "nlu_fallback", aspect="fee", said=said, ranking=FOLLOWS)
    assert changed["status"] == "notice"
    assert (told["status"], told["procedure"]["aspect"]) == ("procedure", "fee")
    assert told["procedure"]["facts"]["region"] == "north"
    assert finder.asked == []


def test_another_s_words_with_an_aspect_in_them_are_not(talk: Talk) -> None:
    talk.tell("换卡", "renewal", said={**FACTS, "region": "east"})
    ranking = (("nlu_fallback", 0.8), ("out_of_scope", 0.2))
    (reply,) = talk(talk.assistant.find, "手机多少钱", "nlu_fallback", aspect="fee", ranking=ranking)
    assert reply["status"] == "abstain"


def test_an_open_question_waits_while_its_aspect_is_answered(talk: Talk) -> None:
    talk.tell("换卡", "renewal")
    (told,) = talk(talk.assistant.find, "收多少", "nlu_fallback", aspect="fee", ranking=FOLLOWS)
    assert told["status"] == "procedure"
    assert talk.now.asked == "holder"


def test_the_weather_of_today_is_no_question_about_a_day(talk: Talk) -> None:
    talk.tell("换卡", "renewal", said={**FACTS, "region": "east"})
    (reply,) = talk(partial(talk.assistant.find, quote=False), "今天天气怎么样", "out_of_scope")
    assert reply["status"] == "abstain"


def test_an_aspect_without_a_matter_asks_which(talk: Talk) -> None:
    assert talk.tell("多少钱", "ask_aspect", aspect="fee")["status"] == "clarify"


def test_words_that_fit_two_matters(talk: Talk) -> None:
    reply = talk.tell("卡", "which_one")
    assert (reply["status"], reply["text"].splitlines()[0]) == ("clarify", "是哪一件？")
    assert [choice["topic"] for choice in reply["choices"]] == ["renewal", "about"]
    assert talk.tell("", "choose", choice="topic:renewal")["status"] == "question"


def test_a_stale_choice_asks_the_open_question_again(talk: Talk) -> None:
    talk.tell("换卡", "renewal")
    assert asked(talk.tell("", "choose", choice="fact:gone=x")) == "holder"


def test_after_answers_that_help_nothing_a_person_is_offered(talk: Talk, codes: FakeCodes) -> None:
    talk.tell("换卡", "renewal", said={"holder": "adult"})
    for _ in range(MOST_MISSES):
        assert asked(talk.tell("嗯", "inform")) == "applicant"
    reply = talk.tell("嗯", "inform")
    assert (reply["status"], reply["case_code"]) == ("handover", "000001")
    assert codes.kept[0].facts == {"holder": "adult"}
    assert (talk.now.asked, talk.now.misses) == (None, 0)


def test_turning_to_another_matter_and_back(talk: Talk) -> None:
    talk.tell("换卡", "renewal", said={"holder": "minor"})
    assert talk.tell("卡是什么", "about")["status"] == "passages"
    assert asked(talk.tell("换卡", "renewal")) == "card_in_hand"


def test_a_matter_that_only_informs_quotes_and_asks_nothing(talk: Talk) -> None:
    reply = talk.tell("卡是什么", "about")
    assert reply["status"] == "passages"
    assert {passage["topic"] for passage in reply["passages"]} == {"about"}
    assert reply["procedure"]["topic"] == "about"
    assert talk.tell("带什么", "ask_aspect", aspect="documents")["status"] == "procedure"


def test_going_on_after_an_interruption(talk: Talk) -> None:
    talk.tell("换卡", "renewal")
    (thanks,) = talk(talk.assistant.say, "谢谢", "thank")
    assert thanks["status"] == "smalltalk"
    again = talk.assistant.resume(talk.now)
    assert isinstance(again, Turn)
    assert again.waiting
    assert asked(again.replies[0]) == "holder"


@pytest.mark.parametrize(
    "conversation",
    [
        Conversation(),
        Conversation(topic="renewal"),
        Conversation(asked="holder"),
        Conversation(topic="renewal", facts={**FACTS, "region": "east"}, asked="holder"),
    ],
)
def test_nothing_to_go_on_with(assistant: Assistant, conversation: Conversation) -> None:
    assert assistant.resume(conversation) == Turn(replace(conversation, asked=None), ())


def test_a_free_question_is_quoted_from_what_is_found(talk: Talk, finder: FakeFinder) -> None:
    finder.found = FakeFound((FakeScored(FakePassage("law/1", law="card-law", article="1")),))
    talk.now = Conversation(facts={"region": "north"}, misses=1)
    (reply,) = talk(talk.assistant.find, "法律怎么说", "ask_law")
    assert (reply["status"], talk.now.misses) == ("passages", 0)
    assert finder.asked == [{"question": "法律怎么说", "language": "zh", "date": DAY, "region": "north", "topic": None}]


COMING = FakePassage("coming-law/9", law="coming-law", article="9", valid_from=DAY + timedelta(days=90))


def test_what_takes_effect_soon_follows_what_is_in_force(talk: Talk, finder: FakeFinder) -> None:
    law = FakePassage("law/1", law="card-law", article="1")
    finder.found = FakeFound((FakeScored(law),), coming=(FakeScored(COMING),))
    quoted, notice = talk(talk.assistant.find, "法律怎么说")
    assert ([passage["id"] for passage in quoted["passages"]], notice["status"]) == (["law/1"], "notice")
    assert notice["text"].splitlines()[1].startswith(f"{COMING.valid_from} 起：《将来的法》第9条")


def test_what_takes_effect_soon_is_announced_where_nothing_in_force_answers(talk: Talk, finder: FakeFinder) -> None:
    finder.found = FakeFound(abstained=True, coming=(FakeScored(COMING),))
    replies = talk(talk.assistant.find, "法律怎么说")
    assert [reply["status"] for reply in replies] == ["abstain", "notice"]


def test_what_is_announced_depends_on_a_setting(talk: Talk, finder: FakeFinder) -> None:
    finder.found = FakeFound(abstained=True, coming=(FakeScored(COMING),))
    talk.assistant = replace(talk.assistant, announce=89)
    assert [reply["status"] for reply in talk(talk.assistant.find, "法律怎么说")] == ["abstain"]


def test_a_question_not_ours_is_never_quoted(talk: Talk, finder: FakeFinder) -> None:
    finder.found = FakeFound((FakeScored(FakePassage("renewal/steps/ask", topic="renewal")),))
    (reply,) = talk(partial(talk.assistant.find, quote=False), "明天下雨吗", "out_of_scope")
    assert reply["status"] == "abstain"
    assert [choice["topic"] for choice in reply["choices"]] == ["renewal"]


def test_two_close_matters_are_offered(talk: Talk, finder: FakeFinder) -> None:
    ranking = (("renewal", 0.4), ("about", 0.3), ("greet", 0.2))
    (reply,) = talk(talk.assistant.find, "卡", "nlu_fallback", ranking=ranking)
    assert (reply["status"], [choice["topic"] for choice in reply["choices"]]) == ("clarify", ["renewal", "about"])
    assert finder.asked == []


def test_facts_in_a_question_not_understood_are_kept(talk: Talk) -> None:
    talk(talk.assistant.find, "我儿子的卡咋回事", "nlu_fallback", said={"holder": "minor"})
    assert talk.now.facts == {"holder": "minor"}


def test_not_understood_three_times_offers_a_person(talk: Talk, codes: FakeCodes) -> None:
    for turn in range(MOST_MISSES):
        (reply,) = talk(talk.assistant.find, "嗯", "nlu_fallback")
        assert (reply["status"], talk.now.misses) == ("abstain", turn + 1)
    (reply,) = talk(talk.assistant.find, "嗯", "nlu_fallback")
    assert (reply["status"], talk.now.misses) == ("handover", 0)
    assert len(codes.kept) == 1


def test_a_question_that_belongs_elsewhere(talk: Talk) -> None:
    (reply,) = talk(talk.assistant.refer, "where do I get a passport", "near_miss_passport")
    assert reply["status"] == "abstain"
    assert reply["text"].startswith("Passports are handled by the police.")
    assert [choice["topic"] for choice in reply["choices"]] == ["about"]


def test_an_expired_referral_is_not_told(small: Catalogue, assistant: Assistant) -> None:
    later = replace(assistant, today=lambda: date(2030, 1, 1))
    turn = later.refer(Conversation(), Message("护照", "near_miss_passport"))
    assert turn.replies[0]["text"].startswith(small.say("abstain").zh)


def test_a_person_is_asked_for(talk: Talk, codes: FakeCodes) -> None:
    talk.tell("换卡", "renewal", said={"holder": "minor"})
    (reply,) = talk(talk.assistant.hand_over, "转人工", "human")
    assert (reply["status"], reply["case_code"]) == ("handover", "000001")
    assert (codes.kept[0].topic, codes.kept[0].facts) == ("renewal", {"holder": "minor"})
    assert talk.now.asked is None
    assert talk.now.facts == {"holder": "minor"}


def test_say_it_again(talk: Talk) -> None:
    assert talk(talk.assistant.repeat, "再说一遍", "repeat")[0]["status"] == "smalltalk"
    talk.tell("换卡", "renewal")
    assert talk(talk.assistant.repeat, "再说一遍", "repeat") == []
    outcome = talk.tell("", "inform", said={**FACTS, "region": "east"})
    assert talk(talk.assistant.repeat, "再说一遍", "repeat") == [outcome]


def test_the_other_language(talk: Talk) -> None:
    talk.tell("换卡", "renewal", said={**FACTS, "region": "east"})
    (reply,) = talk(talk.assistant.switch_language, "English please", "switch_language")
    assert (reply["status"], reply["language"]) == ("notice", "en")
    assert talk.now.facts == {**FACTS, "region": "east"}
    assert talk(talk.assistant.repeat, "", "repeat")[0]["text"].startswith("Renewal")


def test_start_over(talk: Talk) -> None:
    talk.tell("换卡", "renewal", said={"holder": "minor"})
    talk(talk.assistant.start_over, "重新开始", "start_over")
    assert talk.now == Conversation("zh")
