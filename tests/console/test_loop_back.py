"""What comes back: reports and unanswered questions for the editors, counts for the overview, the audit log."""

from __future__ import annotations

import json
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.answers.conversation import Conversation, Message
from bot.answers.reply import reply
from bot.console.audit import Audit
from bot.console.charts import HEIGHT, WIDTH, columns, shares
from bot.console.course import Course, went_on
from bot.console.database import connect
from bot.console.overview import Overview
from bot.console.private import masked
from bot.console.queue import Queue, QueueError, Report, likeness
from bot.console.tables import METADATA
from bot.console.turns import Turns
from tests.console.clock import Clock

DAY = date(2026, 11, 22)
PRIVATE = ("210203199001011234", "13912345678", "6222020200112233445", "someone@example.com", "2102 0319 9001 0112 34")


def report(question: str, **others: Any) -> Report:
    return Report(**{"kind": "wrong", "question": question, "origin": "li", "knowledge": "v1", **others})


@pytest.mark.parametrize("number", PRIVATE)
def test_nothing_personal_is_kept_in_the_queue(engine: Any, number: str) -> None:
    queue = Queue(engine)
    matter = queue.add(report(f"卡号 {number} 丢了"))
    queue.move(matter, "in_work", "wang")
    queue.move(matter, "done", "wang", f"已给 {number} 回电")
    with engine.connect() as database:
        for table in METADATA.tables.values():
            rows = [str(row) for row in database.execute(sa.select(table))]
            assert not [row for row in rows if number in row or number.replace(" ", "") in row]


@pytest.mark.parametrize("text", ["12333", "补卡20元", "第58条", "2026年1月1日", "4008812333"])
def test_what_is_not_personal_stays(text: str) -> None:
    assert masked(text) == text


def test_seven_digits_and_more_never_stay() -> None:
    assert masked("我的号是1234567") == "我的号是######"


def test_questions_alike_are_one_matter(engine: Any) -> None:
    queue = Queue(engine)
    first = queue.add(report("社保卡能在国外刷吗", kind="unanswered"))
    assert queue.add(report("社保卡在国外能刷吗？", kind="unanswered")) == first
    assert queue.add(report("社保卡在国外能刷吗？", kind="wrong")) != first
    assert queue.add(report("社保卡在国外能刷吗？", kind="unanswered", topic="lost-card")) != first
    assert queue.add(report("能不能用来坐公交", kind="unanswered")) != first
    assert [matter.reports for matter in queue.matters("open")] == [2, 1, 1, 1]
    assert [one.question for one in queue.reports_of([first])[first]] == ["社保卡在国外能刷吗?", "社保卡能在国外刷吗"]


def test_likeness_is_between_nothing_and_all() -> None:
    assert likeness("补卡要钱吗", "补卡要钱吗") == 1
    assert likeness("补卡要钱吗", "lost my card") == 0
    assert likeness("", "") == 1
    assert 0.5 < likeness("社保卡能在国外刷吗", "社保卡在国外能刷吗") < 1


def test_a_matter_goes_from_open_to_done_with_what_changed(engine: Any) -> None:
    queue = Queue(engine)
    matter = queue.add(report("补卡费", topic="lost-card", region="dalian", facts={"holder": "adult"}))
    with pytest.raises(QueueError, match="cannot be moved"):
        queue.move(matter, "done", "wang", "x")
    queue.move(matter, "in_work", "wang")
    assert queue.matters("in_work")[0].taken_by == "wang"
    with pytest.raises(QueueError, match="what changed"):
        queue.move(matter, "done", "wang", "  ")
    queue.move(matter, "done", "wang", "改为 20 元")
    done = queue.matters("done")[0]
    assert (done.changed, done.taken_by) == ("改为 20 元", "wang")
    assert queue.sizes() == {"open": 0, "in_work": 0, "done": 1}
    again = queue.add(report("补卡费", topic="lost-card"))
    assert again != matter, "what is done is not touched by a new report"
    kept = queue.reports_of([matter])[matter][0]
    assert (kept.facts, kept.region, kept.knowledge, kept.origin) == ("holder=adult", "dalian", "v1", "li")


def test_counts_by_topic_and_region(engine: Any) -> None:
    queue = Queue(engine)
    for question in ("补卡费", "补卡费"):
        queue.add(report(question, topic="lost-card", region="dalian"))
    queue.add(report("换卡费", topic="card-expired"))
    assert queue.counts("topic") == [("lost-card", 2), ("card-expired", 1)]
    assert dict(queue.counts("region")) == {"dalian": 2, None: 1}


class Talk:
    """Turns of one person after another, each taken by another action server, with a clock."""

    def __init__(self, *engines: Any) -> None:
        self.now = 1_795_000_000.0
        self.servers = cycle([Turns(engine, Queue(engine), today=lambda: DAY) for engine in engines])
        self.slots: dict[str, Any] = {}

    def say(
        self,
        status: str,
        sender: str = "a",
        text: str = "补卡",
        confidence: float = 0.9,
        topic: str | None = "lost-card",
        **parts: Any,
    ) -> None:
        message = Message(text, "lost_card", confidence)
        conversation = Conversation("zh", topic, {"region": "dalian"})
        replies = [reply(status, "zh", "…", knowledge_version="v1", **parts)]
        course = went_on(Course.read(self.slots.get(sender)), topic, replies, self.now)
        next(self.servers).note("website", message, conversation, replies, 0.012, course, self.now)
        self.slots[sender] = json.loads(json.dumps(course.after(replies, self.now).written()))
        self.now += 20


def test_turns_become_figures(engine: Any) -> None:
    talk = Talk(engine)
    for status in ("question", "question", "procedure"):
        talk.say(status)
    for status in ("question", "procedure"):
        talk.say(status, sender="b")
    talk.say("abstain", sender="c", text="国外能刷吗")
    talk.say("smalltalk", sender="c")
    figures = Overview(engine, today=lambda: DAY).figures(1)
    assert (figures.turns, figures.outcomes, figures.questions) == (6, 2, 1.5)
    assert (figures.seconds, figures.milliseconds, figures.unanswered) == (30.0, 12.0, 16.7)
    assert dict(Overview(engine, today=lambda: DAY).by("status")) == {"asked": 3, "answered": 2, "abstained": 1}


def test_questions_are_counted_over_several_servers(tmp_path: Path) -> None:
    engines = [connect(f"sqlite:///{tmp_path / 'console.db'}") for _ in range(2)]
    talk = Talk(*engines)
    for status in ("question", "question", "abstain", "question", "procedure"):
        talk.say(status)
    figures = Overview(engines[1], today=lambda: DAY).figures(1)
    assert (figures.turns, figures.outcomes, figures.questions, figures.seconds) == (5, 1, 3.0, 80.0)
    for engine in engines:
        engine.dispose()


def test_an_outcome_told_again_is_the_same_outcome(engine: Any) -> None:
    talk = Talk(engine)
    for status in ("question", "procedure", "procedure"):
        talk.say(status)
    overview = Overview(engine, today=lambda: DAY)
    assert (overview.figures(1).outcomes, overview.figures(1).questions) == (1, 1.0)
    for status in ("question", "question", "procedure"):  # a changed fact opened two more questions
        talk.say(status)
    assert (overview.figures(1).outcomes, overview.figures(1).questions) == (2, 1.5)


def test_another_matter_and_another_week_begin_anew(engine: Any) -> None:
    talk = Talk(engine)
    for topic in ("card-expired", "lost-card"):
        talk.say("question", topic=topic)
    talk.now += 8 * 86_400
    talk.say("procedure")
    figures = Overview(engine, today=lambda: DAY).figures(1)
    assert (figures.outcomes, figures.questions, figures.seconds) == (1, 0.0, 0.0)


@pytest.mark.parametrize("slot", [None, "x", {}, {"topic": "lost-card"}, {"topic": "a", "began": "?", "questions": 1}])
def test_a_slot_of_another_form_is_no_course(slot: Any) -> None:
    assert Course.read(slot) is None
    assert Course(None, 5.0).written() is None


def test_only_the_days_asked_for_count(engine: Any) -> None:
    Talk(engine).say("procedure")
    later = Overview(engine, today=lambda: DAY + timedelta(days=29))
    assert (later.figures(30).turns, later.figures(29).turns) == (1, 0)
    assert [count for _, count in later.daily(30)] == [1] + [0] * 29
    assert Overview(engine, today=lambda: DAY + timedelta(days=30)).figures(30) == later.figures(1)


def test_passages_told_are_counted(engine: Any) -> None:
    talk = Talk(engine)
    for _ in range(2):
        talk.say("passages", passages=[{"id": "civil-code/111"}, {"id": "lost-card/fee/x"}])
    talk.say("passages", passages=[{"id": "civil-code/111"}])
    assert Overview(engine, today=lambda: DAY).passages() == [("civil-code/111", 3), ("lost-card/fee/x", 2)]


def test_unanswered_and_unsure_questions_reach_the_queue_and_nothing_else_does(engine: Any) -> None:
    talk = Talk(engine)
    talk.say("abstain", text="国外能刷吗 13912345678")
    talk.say("procedure", text="那个啥", confidence=0.3)
    talk.say("procedure", text="补卡")
    talk.say("question", text="呃", confidence=0.1)
    matters = Queue(engine).matters("open")
    assert {(matter.kind, matter.question) for matter in matters} == {
        ("unanswered", "国外能刷吗 [手机号码]"),
        ("unsure", "那个啥"),
    }


def test_no_sender_is_stored(engine: Any) -> None:
    Talk(engine).say("procedure", sender="web:secret-sender")
    with engine.connect() as database:
        stored = [str(row) for table in METADATA.tables.values() for row in database.execute(sa.select(table))]
    assert stored
    assert not [row for row in stored if "secret-sender" in row]


def test_the_audit_log_keeps_ids_and_no_sentences(engine: Any) -> None:
    clock = Clock()
    audit = Audit(engine, clock)
    audit.note("li", "open", "lost-card 张三 的 卡 2102031990")
    entry = audit.latest()[0]
    assert (entry.who, entry.action, entry.about) == ("li", "open", "lost-card2102031990")


def test_typing_is_one_search(engine: Any) -> None:
    clock = Clock()
    audit = Audit(engine, clock)
    for about in ("a", "b", "c"):
        audit.note("li", "search", about)
        clock.now += timedelta(seconds=2)
    audit.note("wang", "search", "x")
    audit.note("li", "open", "c")
    audit.note("li", "search", "d")
    assert [(entry.who, entry.about) for entry in reversed(audit.latest())] == [
        ("li", "c"),
        ("wang", "x"),
        ("li", "c"),
        ("li", "d"),
    ]
    assert [entry.who for entry in audit.latest(who="wang")] == ["wang"]
    clock.now += timedelta(days=401)
    audit.tidy()
    assert audit.latest() == []


def test_charts_stay_inside_their_frame() -> None:
    bars = columns([("1", 0), ("2", 5), ("3", 10)])
    assert [bar.value for bar in bars] == [0, 5, 10]
    assert all(bar.x >= 0 and bar.x + bar.width <= WIDTH and 0 <= bar.y <= HEIGHT for bar in bars)
    assert bars[2].height == 2 * bars[1].height
    assert [bar.width for bar in shares([("a", 4), ("b", 1)])] == [100, 25]
    assert columns([]) == shares([]) == []
