"""The decision tree of a topic as an SVG picture."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape

from bot.catalogue.text import Language
from bot.procedures.questions import Questions

COLUMN, ROW, BOX, WIDE = 440, 46, 28, 150
SMALLEST = 0.65
"""A wide picture is shrunk to the page down to this share of its size; then it is scrolled."""
MOST_NAMES = 3
"""Values named on a branch before they are only counted."""
WORDS = {"zh": ("给出答案", "等 {count} 个"), "en": ("the answer", "and others, {count} in all")}


@dataclass(frozen=True)
class Branch:
    """The values that lead on in the same way, and what they lead to."""

    values: tuple[str, ...]
    node: Node


@dataclass(frozen=True)
class Node:
    """A question and its branches; a node without a fact is where the answer is given."""

    fact: str | None = None
    branches: tuple[Branch, ...] = ()

    @property
    def shape(self) -> tuple[object, ...]:
        """What is asked from here on, whatever is answered in the end."""
        return (self.fact, tuple(branch.node.shape for branch in self.branches))

    @property
    def leaves(self) -> int:
        """How many ends there are below."""
        return sum(branch.node.leaves for branch in self.branches) or 1

    @property
    def depth(self) -> int:
        """The longest way down, in questions."""
        return 1 + max((branch.node.depth for branch in self.branches), default=-1) if self.fact else 0


def tree_of(questions: Questions, answers: Mapping[str, str] | None = None) -> Node:
    """The tree the questions follow from ``answers`` on; branches that go on in the same way are one."""
    answers = answers or {}
    fact = questions.next(answers)
    if fact is None:
        return Node()
    groups: dict[tuple[object, ...], tuple[list[str], Node]] = {}
    for value in questions.space.values[fact]:
        node = tree_of(questions, {**answers, fact: questions.group(fact, value)})
        groups.setdefault(node.shape, ([], node))[0].append(value)
    return Node(fact, tuple(Branch(tuple(values), node) for values, node in groups.values()))


def svg(node: Node, questions: Questions, language: Language) -> str:
    """The picture, left to right, with its size in the ``viewBox``."""
    width, height = node.depth * COLUMN + WIDE + 20, node.leaves * ROW + 20
    body = "".join(_drawn(node, questions, language, 0, 0.0))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'style="width:100%;min-width:{width * SMALLEST:g}px;max-width:{width}px">'
        f"<title>{escape(questions.space.topic.title.say(language))}</title>{body}</svg>"
    )


def _drawn(node: Node, questions: Questions, language: Language, depth: int, top: float) -> Iterator[str]:
    x, y = depth * COLUMN + 10, top + node.leaves * ROW / 2 + 10
    yield _box(node, questions, language, x, y)
    for branch in node.branches:
        below = top + branch.node.leaves * ROW / 2 + 10
        start, end = x + WIDE, x + COLUMN
        yield (
            f'<path d="M{start} {y:g}C{start + 40} {y:g} {start + 20} {below:g} {start + 60} {below:g}H{end}"/>'
            f'<text class="value" x="{end - 4}" y="{below - 5:g}" text-anchor="end">'
            f"{escape(_named(branch, node.fact or '', questions, language))}</text>"
        )
        yield from _drawn(branch.node, questions, language, depth + 1, top)
        top += branch.node.leaves * ROW


def _box(node: Node, questions: Questions, language: Language, x: int, y: float) -> str:
    words = questions.space.catalogue.fact(node.fact).title.say(language) if node.fact else WORDS[language][0]
    kind = "question" if node.fact else "answer"
    return (
        f'<rect class="{kind}" x="{x}" y="{y - BOX / 2:g}" width="{WIDE}" height="{BOX}" rx="6"/>'
        f'<text x="{x + WIDE / 2:g}" y="{y + 4:g}" text-anchor="middle">{escape(_short(words))}</text>'
    )


def _named(branch: Branch, fact: str, questions: Questions, language: Language) -> str:
    known = questions.space.catalogue.fact(fact)
    names = [known.value(value).label.say(language) for value in branch.values[:MOST_NAMES]]
    joined = ("、" if language == "zh" else ", ").join(map(_short, names))
    more = len(branch.values) > MOST_NAMES
    return (
        joined
        + (" " if more and language == "en" else "")
        + (WORDS[language][1].format(count=len(branch.values)) if more else "")
    )


def _short(words: str, most: int = 18) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"
