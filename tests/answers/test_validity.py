"""What is told on which day: changes announced, a day asked about, overdue sources, laws to come."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot.answers.assistant import Assistant
from bot.answers.conversation import Conversation, Message
from bot.catalogue import Catalogue, load

PACK = Path(__file__).parents[1] / "packs" / "library-card" / "knowledge"
TODAY = date(2026, 11, 22)


class NothingFound:
    """A finder that always abstains and remembers the day it was asked about."""

    asked: date | None = None

    def search(self, question: str, **about: Any) -> Any:
        """Find nothing."""
        self.asked = about["date"]
        return SimpleNamespace(passages=(), rejected=(), abstained=True, coming=())


def assistant(catalogue: Catalogue, today: date = TODAY, **settings: Any) -> Assistant:
    """An assistant over the catalogue on that day."""
    return Assistant(
        catalogue, NothingFound(), lambda law, number: None, codes=None, today=lambda: today, **settings  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the pack whose time limit is another one from 2027 on, by a rule that takes effect then."""
    shutil.copytree(PACK, tmp_path / "knowledge")
    procedure = tmp_path / "knowledge/procedures/lost-library-card/procedure.yml"
    text = procedure.read_text(encoding="utf-8")
    old = "    text: {zh: 第二天可以拿到。, en: The new card is ready on the next day.}\n    source: library-handbook\n"
    assert old in text
    new = "  - id: at-once\n    text: {zh: 当场可以拿到。, en: The new card is ready at once.}\n"
    new += "    source: branch-notice\n    from: 2027-01-01\n"
    text = text.replace(old + "    from: 2020-01-01\n", old + "    from: 2020-01-01\n    to: 2026-12-31\n" + new)
    text += '  - law: new-rules\n    article: "1"\n'
    procedure.write_text(text, encoding="utf-8")
    rules = (tmp_path / "knowledge/laws/library-rules.yml").read_text(encoding="utf-8")
    rules = rules.replace("id: library-rules", "id: new-rules").replace("2020-01-01", "2027-01-01")
    rules = rules.replace("小镇图书馆规则", "新馆规").replace("Rules of the Town Library", "New Library Rules")
    rules = rules.replace('"3"', '"1"').replace('  - article: "7"', '  - article: "2"')
    (tmp_path / "knowledge/laws/new-rules.yml").write_text(rules, encoding="utf-8")
    return tmp_path / "knowledge"


ADULT = {"reader": "adult", "region": "elsewhere"}


def ask(bot: Assistant, text: str, conversation: Conversation | None = None, intent: str = "lost_library_card") -> Any:
    """One turn; the conversation after it and its last reply."""
    turn = bot.procedure(conversation or Conversation(facts=ADULT), Message(text, intent))
    return turn.conversation, turn.replies[-1]


def test_a_change_ahead_is_announced_and_the_old_rule_told(folder: Path) -> None:
    _, reply = ask(assistant(load(folder)), "借书证丢了")
    assert reply["procedure"]["time_limit"]["text"] == "第二天可以拿到。"
    block = reply["text"][reply["text"].index("即将变化") :]
    assert "2027-01-01 起不再适用：第二天可以拿到。" in block
    assert "2027-01-01 起：当场可以拿到。" in block
    assert "《新馆规》自 2027-01-01 起施行。" in block
    assert [article["law"] for article in reply["procedure"]["legal_basis"]] == ["library-rules"]


def test_the_announcement_is_written_in_english_too(folder: Path) -> None:
    _, reply = ask(assistant(load(folder)), "I lost my library card")
    assert "From 2027-01-01: The new card is ready at once." in reply["text"]
    assert "The New Library Rules takes effect on 2027-01-01." in reply["text"]


def test_a_change_beyond_the_setting_is_not_announced(folder: Path) -> None:
    _, reply = ask(assistant(load(folder), announce=30), "借书证丢了")
    assert "即将变化" not in reply["text"]


def test_a_question_about_a_day_is_answered_for_that_day(folder: Path) -> None:
    conversation, reply = ask(assistant(load(folder)), "明年1月去补借书证")
    assert reply["procedure"]["time_limit"]["text"] == "当场可以拿到。"
    assert reply["procedure"]["as_of"] == "2027-01-01"
    assert [article["law"] for article in reply["procedure"]["legal_basis"]] == ["library-rules", "new-rules"]
    assert reply["text"].endswith("以上按 2027-01-01 回答。")
    assert conversation.day is None


def test_the_day_is_remembered_while_questions_are_open(folder: Path) -> None:
    bot = assistant(load(folder))
    turn = bot.procedure(Conversation(), Message("明年1月去补借书证", "lost_library_card"))
    assert (turn.conversation.asked, turn.conversation.day) == ("reader", date(2027, 1, 1))
    turn = bot.procedure(turn.conversation, Message("", "choose", choice="fact:reader=adult"))
    turn = bot.procedure(turn.conversation, Message("", "choose", choice="fact:region=elsewhere"))
    assert turn.replies[-1]["procedure"]["as_of"] == "2027-01-01"


@pytest.mark.parametrize("intent", ["inform", "nlu_fallback"])
def test_a_day_asked_about_while_a_question_is_open_is_noted(folder: Path, intent: str) -> None:
    bot = assistant(load(folder))
    turn = bot.procedure(Conversation(), Message("借书证丢了", "lost_library_card"))
    assert turn.conversation.asked == "reader"
    step = bot.procedure if intent == "inform" else bot.find
    turn = step(turn.conversation, Message("明年1月办还是这样吗", intent))
    assert turn.replies[0]["text"] == "好的，按 2027-01-01 回答。"
    assert (turn.conversation.asked, turn.conversation.misses) == ("reader", 0)
    assert turn.conversation.day == date(2027, 1, 1)


@pytest.mark.parametrize("intent", ["inform", "nlu_fallback"])
def test_and_next_year_is_about_the_matter_in_hand(folder: Path, intent: str) -> None:
    bot = assistant(load(folder))
    conversation, _ = ask(bot, "借书证丢了")
    turn_of = bot.procedure if intent == "inform" else bot.find
    turn = turn_of(conversation, Message("明年1月办还是这样吗", intent))
    assert turn.replies[-1]["procedure"]["time_limit"]["text"] == "当场可以拿到。"
    again = bot.procedure(turn.conversation, Message("多少钱", "ask_aspect", aspect="fee"))
    assert again.replies[-1]["procedure"]["as_of"] == "2026-11-22"


def test_expired_rules_are_never_told(folder: Path) -> None:
    bot = assistant(load(folder), today=date(2027, 2, 1))
    _, reply = ask(bot, "借书证丢了", Conversation(facts=ADULT, day=date(2026, 11, 22)))
    assert reply["procedure"]["time_limit"]["text"] == "当场可以拿到。"
    assert "第二天" not in reply["text"]


def test_free_questions_search_the_law_of_the_day(folder: Path) -> None:
    bot = assistant(load(folder))
    bot.find(Conversation(), Message("馆规明年1月怎么规定", "ask_law"))
    assert bot.finder.asked == date(2027, 1, 1)  # type: ignore[attr-defined]


def test_overdue_sources_are_shown_less_sure(folder: Path) -> None:
    after = date(2036, 11, 2)
    _, reply = ask(assistant(load(folder), today=after), "借书证丢了", Conversation(facts=ADULT))
    assert {source["id"]: source["confidence"] for source in reply["procedure"]["sources"]} == {
        "library-handbook": "secondary",
        "branch-notice": "unconfirmed",
    }
    _, before = ask(assistant(load(folder), today=date(2036, 11, 1)), "借书证丢了")
    assert {source["confidence"] for source in before["procedure"]["sources"]} == {"official", "secondary"}
    assert "复核" not in before["text"]
    assert "馆规说明该复核了，请向服务台确认。" in reply["text"]
    assert "应在 2036-11-01 前复核" in reply["text"]


def test_a_source_is_as_sure_as_it_is_today_whatever_day_is_asked_about(folder: Path) -> None:
    bot = assistant(load(folder), today=date(2036, 10, 30))
    _, reply = ask(bot, "2036年12月去补借书证")
    assert reply["procedure"]["as_of"] == "2036-12-01"
    assert {source["confidence"] for source in reply["procedure"]["sources"]} == {"official", "secondary"}
    assert "复核" not in reply["text"]


def test_a_law_to_come_is_announced_in_the_real_knowledge() -> None:
    bot = assistant(load(Path(__file__).parents[2] / "knowledge"))
    turn = bot.procedure(Conversation(), Message("社保卡是什么", "about_the_card", said={"region": "elsewhere"}))
    assert "《中华人民共和国医疗保障法》自 2027-01-01 起施行，目前尚未生效。" in turn.replies[-1]["text"]
    laws = {article["law"] for article in turn.replies[-1]["procedure"]["legal_basis"]}
    assert "medical-security-law" not in laws
    later = bot.procedure(
        Conversation(), Message("社保卡明年有什么用", "about_the_card", said={"region": "elsewhere"})
    ).replies[-1]
    assert "medical-security-law" in {article["law"] for article in later["procedure"]["legal_basis"]}
