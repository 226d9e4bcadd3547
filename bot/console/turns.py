"""What the bot did with each message, as counts for the overview and questions for the queue. Nobody is in it."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from bot.answers.conversation import Conversation, Message
from bot.answers.reply import Reply
from bot.console.queue import Queue, Report
from bot.console.tables import passages, turns

STATUSES = {
    "procedure": "answered",
    "passages": "answered",
    "question": "asked",
    "clarify": "clarified",
    "abstain": "abstained",
    "handover": "handed_over",
}
"""What a reply's status counts as; greetings and notices are no answers."""
UNSURE = 0.4
"""Below this confidence an answered question is shown to the editors."""
_MOST_COURSES = 20_000
_KEPT = timedelta(days=400)


@dataclass
class Course:
    """A matter on its way to an outcome, kept in memory only."""

    topic: str | None
    began: float
    questions: int = 0


@dataclass
class Turns:
    """Counts turns. ``clock`` is in seconds; the sender id only joins the turns of one matter and is never stored."""

    engine: Any
    queue: Queue
    clock: Callable[[], float] = time.monotonic
    today: Callable[[], date] = date.today
    _courses: OrderedDict[str, Course] = field(default_factory=OrderedDict)

    def note(
        self,
        sender: str,
        channel: str,
        message: Message,
        conversation: Conversation,
        replies: Sequence[Reply],
        took: float,
    ) -> None:
        """Count one turn that took ``took`` seconds, and hand what was not answered well to the editors."""
        known = [reply for reply in replies if reply["status"] in STATUSES]
        if not known:
            return
        last = known[-1]
        row = {"day": self.today(), "channel": channel[:32], "status": STATUSES[last["status"]]}
        row |= {"topic": conversation.topic, "region": conversation.facts.get("region")}
        row |= {"milliseconds": round(took * 1000), **self._course(sender, conversation, last["status"])}
        quoted = [p["id"][:160] for reply in known for p in reply.get("passages", ())]
        with self.engine.begin() as database:
            database.execute(turns.insert().values(**row))
            if quoted:
                database.execute(passages.insert(), [{"day": self.today(), "passage": name} for name in quoted])
        self._report(channel, message, conversation, last)

    def tidy(self) -> None:
        """Delete counts older than 400 days."""
        with self.engine.begin() as database:
            for table in (turns, passages):
                database.execute(table.delete().where(table.c.day < self.today() - _KEPT))

    def _course(self, sender: str, conversation: Conversation, status: str) -> dict[str, int | None]:
        course = self._courses.pop(sender, None)
        if course is None or course.topic != conversation.topic:
            course = Course(conversation.topic, self.clock())
        if status == "procedure":
            return {"questions": course.questions, "seconds": round(self.clock() - course.began)}
        course.questions += status == "question"
        self._courses[sender] = course
        if len(self._courses) > _MOST_COURSES:
            self._courses.popitem(last=False)
        return {"questions": None, "seconds": None}

    def _report(self, channel: str, message: Message, conversation: Conversation, last: Reply) -> None:
        asked = bool(message.text) and not message.choice and not message.text.startswith("/")
        unsure = message.confidence < UNSURE and last["status"] in ("procedure", "passages", "clarify")
        if not asked or not (unsure or last["status"] == "abstain"):
            return
        self.queue.add(
            Report(
                kind="unanswered" if last["status"] == "abstain" else "unsure",
                question=message.text,
                origin=channel,
                knowledge=last.get("knowledge_version") or "",
                topic=conversation.topic,
                facts=conversation.facts,
                region=conversation.facts.get("region"),
            )
        )
