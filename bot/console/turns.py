"""What the bot did with each message, as counts for the overview and questions for the queue. Nobody is in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bot.answers.conversation import Conversation, Message
from bot.answers.reply import Reply
from bot.console.course import Course
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
_KEPT = timedelta(days=400)


@dataclass(frozen=True)
class Turns:
    """Counts turns. It remembers nothing of a conversation: what joins the turns of one matter comes with them."""

    engine: Any
    queue: Queue
    today: Callable[[], date] = date.today

    def note(
        self,
        channel: str,
        message: Message,
        conversation: Conversation,
        replies: Sequence[Reply],
        took: float,
        course: Course,
        now: float,
    ) -> None:
        """Count one turn that took ``took`` seconds, and hand what was not answered well to the editors.

        ``course`` is that of the matter with this turn's replies, ``now`` in seconds since 1970.
        """
        known = [reply for reply in replies if reply["status"] in STATUSES]
        if not known:
            return
        last = known[-1]
        row = {"day": self.today(), "channel": channel[:32], "status": STATUSES[last["status"]]}
        row |= {"topic": conversation.topic, "region": conversation.facts.get("region")}
        row |= {"milliseconds": round(took * 1000), **_needed(last["status"], course, now)}
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


def _needed(status: str, course: Course, now: float) -> dict[str, int | None]:
    """What an outcome took; nothing of any other turn, nor of an outcome told again."""
    if status != "procedure" or course.repeats:
        return {"questions": None, "seconds": None}
    return {"questions": course.questions, "seconds": course.seconds(now)}
