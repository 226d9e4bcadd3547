"""A comparison as sentences, and as a Markdown report for a reviewer."""

from __future__ import annotations

from collections.abc import Iterator

from bot.catalogue import Catalogue
from bot.catalogue.text import Language
from bot.workshop.compare import Comparison, Difference, Entry
from bot.workshop.situations import described

SECTIONS = {
    "documents": ("材料", "document"),
    "steps": ("步骤", "step"),
    "fee": ("费用", "fee"),
    "time_limit": ("时限", "time limit"),
    "places": ("地点", "place"),
    "legal_basis": ("法律依据", "legal basis"),
}
EXAMPLES = 12
"""Differences shown on the screen; the report has all."""


def headline(comparison: Comparison, language: Language) -> str:
    """ "37 of 1,920 situations change"."""
    changed, total = f"{comparison.changed:,}", f"{comparison.situations:,}"
    if language == "zh":
        return f"{total} 种情况中有 {changed} 种改变" + ("：" if comparison.changed else "。")
    return f"{changed} of {total} situations change" + (":" if comparison.changed else ".")


def sentences(comparison: Comparison, before: Catalogue, after: Catalogue, language: Language) -> Iterator[str]:
    """The headline and the differences, those that touch most people first."""
    yield headline(comparison, language)
    for difference in comparison.differences[:EXAMPLES]:
        yield from _difference(difference, before, after, language)
    left = len(comparison.differences) - EXAMPLES
    if left > 0:
        yield f"……还有 {left} 处，见报告。" if language == "zh" else f"… and {left} more, see the report."
    yield from _questions(comparison, before, after, language)


def markdown(comparison: Comparison, before: Catalogue, after: Catalogue, base: str) -> str:
    """The whole comparison, Chinese first, then English."""
    lines = [f"# 修改前后 / Before and after\n\nBASE: `{base}` ({before.version}) → {after.version}\n"]
    for language in ("zh", "en"):
        lines.append(f"## {headline(comparison, language)}\n")
        for difference in comparison.differences:
            first, *rest = _difference(difference, before, after, language)
            lines.append(f"### {first}\n")
            lines += [line.strip() for line in rest]
            lines.append("")
        lines += [f"- {line}" for line in _questions(comparison, before, after, language)]
    return "\n".join(lines).rstrip() + "\n"


def _difference(difference: Difference, before: Catalogue, after: Catalogue, language: Language) -> Iterator[str]:
    catalogue = after if difference.topic in after.topics else before
    title = catalogue.topic(difference.topic).title.say(language)
    known = {fact: value for fact, value in difference.example.items() if _knows(catalogue, fact, value)}
    example = described(catalogue, known).say(language)
    zh = language == "zh"
    if zh:
        yield f"“{title}”：{difference.count:,} 种情况，例如{example}"
    else:
        yield f'"{title}": {difference.count:,} situation(s), for example {example}'
    edit = difference.edit
    for entry in edit.gone:
        yield f"  - {'不再有' if zh else 'no longer a '}{_named(entry, language)}"
    for entry in edit.new:
        yield f"  - {'新增' if zh else 'new '}{_named(entry, language)}"
    for old, new in edit.reworded:
        yield f"  - {_named(old, language)}{_becomes(old, new, language)}"


def _becomes(old: Entry, new: Entry, language: Language) -> str:
    """The new words, or that they are new in the other language only."""
    if language == "zh":
        return "只改了英文" if old[1].zh == new[1].zh else f"改为“{new[1].zh}”"
    return ": only the Chinese changes" if old[1].en == new[1].en else f' becomes "{new[1].en}"'


def _knows(catalogue: Catalogue, fact: str, value: str) -> bool:
    return fact in catalogue.facts and value in catalogue.facts[fact].values


def _named(entry: Entry, language: Language) -> str:
    zh, en = SECTIONS[entry[0]]
    return f"{zh}“{entry[1].zh}”" if language == "zh" else f'{en} "{entry[1].en}"'


def _questions(comparison: Comparison, before: Catalogue, after: Catalogue, language: Language) -> Iterator[str]:
    for topic, (old, new) in comparison.questions.items():
        title = (after if topic in after.topics else before).topic(topic).title.say(language)
        if language == "zh":
            yield f"“{title}”最多要问 {new} 个问题，原来 {old} 个。"
        else:
            yield f'"{title}" now asks at most {new} question(s), before {old}.'
