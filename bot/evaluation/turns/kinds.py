"""The kinds of turn that are timed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import cycle, product

from bot.evaluation.turns.client import Reply, Session

MATTER = {"zh": "社保卡丢了怎么补办", "en": "I lost my social security card"}
OPENERS = {
    "zh": ("请问", "你好，", "麻烦问一下，", "我想问问", "帮我看看，"),
    "en": ("Hello, ", "Please help, ", "Excuse me, ", "Hi there, ", "Good morning, "),
}
CLOSERS = {
    "zh": ("", "，很急", "，谢谢", "啊", "，求助"),
    "en": ("", " today", ", thank you", " yesterday", ", please help"),
}
KNOWN = {
    "zh": "我的社保卡过期了，我想让我妈去办，在乌鲁木齐",
    "en": "my social security card has expired, my mother will go, in Urumqi",
}
ASPECT = {"zh": "要多少钱", "en": "how much does it cost"}
LAW = {"zh": "社会保险法第五十八条是怎么规定的", "en": "what does article 58 of the Social Insurance Law say"}
THANKS = {"zh": "谢谢你", "en": "thank you"}
OUTSIDE = {"zh": "明天会下雨吗", "en": "will it rain tomorrow"}

Kind = Callable[[Session, str], list[Reply]]


def _worded_anew(language: str) -> Iterator[str]:
    return cycle(
        f"{opener}{MATTER[language]}{closer}" for opener, closer in product(OPENERS[language], CLOSERS[language])
    )


_WORDINGS = {language: _worded_anew(language) for language in MATTER}


def matter_worded_anew(session: Session, language: str) -> list[Reply]:
    """A topic question nobody asked in these words before: what was understood of a text is kept a while."""
    return session.say(next(_WORDINGS[language]))


def matter(session: Session, language: str) -> list[Reply]:
    """A topic question, answered by the first question back."""
    return session.say(MATTER[language])


def answer(session: Session, language: str) -> list[Reply]:
    """A choice that leads to the next question or the outcome."""
    return session.choose(session.say(MATTER[language])[-1], "unknown")


def outcome(session: Session, language: str) -> list[Reply]:
    """The turn that ends in the procedure."""
    replies = session.say(KNOWN[language])
    while replies[-1]["status"] == "question":
        replies = session.choose(replies[-1], "unknown")
    return replies


def aspect(session: Session, language: str) -> list[Reply]:
    """One part of the answer, asked in the middle of the questions."""
    session.say(MATTER[language])
    return session.say(ASPECT[language])


def law(session: Session, language: str) -> list[Reply]:
    """A free question, answered with quoted passages."""
    return session.say(LAW[language])


def small_talk(session: Session, language: str) -> list[Reply]:
    """Thanks."""
    return session.say(THANKS[language])


def outside(session: Session, language: str) -> list[Reply]:
    """A question that is not ours."""
    return session.say(OUTSIDE[language])


KINDS: dict[str, tuple[Kind, str]] = {
    "a topic question, new words each time": (matter_worded_anew, "question"),
    "a topic question, the same words": (matter, "question"),
    "an answer by choice": (answer, ""),
    "the outcome": (outcome, "procedure"),
    "one aspect in the middle": (aspect, "question"),
    "a question about the law": (law, "passages"),
    "thanks": (small_talk, "smalltalk"),
    "not our matter": (outside, "abstain"),
}
"""What it is called → the turn, and the status its last reply must have ("" for any)."""
