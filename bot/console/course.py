"""A matter on its way to its outcome: since when, and how many questions were asked, as the conversation carries it.

Any action server may take the next turn, so none of them remembers this: it is one slot, ``course``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from bot.answers.reply import Reply

_LONGEST = 7 * 86_400
"""Seconds after which a matter begins anew: a session lasts no longer."""


@dataclass(frozen=True)
class Course:
    """The course of one matter since ``began`` (seconds since 1970), or since the outcome when it was ``told``."""

    topic: str | None
    began: float
    questions: int = 0
    told: bool = False

    @property
    def repeats(self) -> bool:
        """Whether an outcome told now says again, perhaps with a changed fact, what was told before."""
        return self.told and not self.questions

    def seconds(self, now: float) -> int:
        """From the turn that named the matter until now; the clocks of two servers may differ a little."""
        return max(0, round(now - self.began))

    @classmethod
    def read(cls, slot: Any) -> Course | None:
        """What the slot holds; None when it is empty or of another form."""
        try:
            return cls(slot["topic"], float(slot["began"]), int(slot["questions"]), bool(slot["told"]))
        except (KeyError, TypeError, ValueError):
            return None

    def written(self) -> dict[str, Any] | None:
        """As the slot holds it; nothing where no matter was named."""
        return asdict(self) if self.topic else None

    def after(self, replies: Sequence[Reply], now: float) -> Course:
        """What the next turn goes on from."""
        return Course(self.topic, now, told=True) if "procedure" in _statuses(replies) else self


def went_on(before: Course | None, topic: str | None, replies: Sequence[Reply], now: float) -> Course:
    """The course with a turn about ``topic`` and its replies; another matter begins anew."""
    if before is None or before.topic != topic or now - before.began > _LONGEST:
        before = Course(topic, now)
    return replace(before, questions=before.questions + _statuses(replies).count("question"))


def _statuses(replies: Sequence[Reply]) -> list[str]:
    return [reply["status"] for reply in replies]
