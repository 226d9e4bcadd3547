"""Two statements that one person would be told on one day and that cannot both be meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import combinations

from bot.catalogue import Catalogue, Problem
from bot.catalogue.records import Statement, Topic
from bot.procedures.space import Part, Space
from bot.workshop.files import shown
from bot.workshop.findings import at
from bot.workshop.situations import days_of, described, space_of, together

Pair = tuple[Statement, Statement]
Sentences = tuple[str, str]


def contradictions(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """All contradictions, today or after a change already known, each once."""
    for topic in catalogue.topics.values():
        yield from _replaced_in_vain(catalogue, topic)
        known: set[tuple[str, str]] = set()
        for day in days_of(catalogue, topic, today):
            for one, other, sentences, problem in _on(space_of(catalogue, topic.id, day)):
                if (one.key, other.key) not in known:
                    known.add((one.key, other.key))
                    yield problem(catalogue, day, sentences)


def _on(space: Space) -> Iterator[tuple[Statement, Statement, Sentences, Callable[..., Problem]]]:
    parts = [part for part in space.parts if isinstance(part.record, Statement)]
    for one, other in combinations(parts, 2):
        sentences = _conflict(one.record, other.record, space)  # type: ignore[arg-type]
        if sentences and (facts := together(space, one, other)) is not None:
            first, second = _in_order(one.record, other.record, space.catalogue)  # type: ignore[arg-type]
            yield first, second, sentences, _problem_of(first, second, facts)


def _in_order(one: Statement, other: Statement, catalogue: Catalogue) -> Pair:
    """The one to be changed last: that of the inner region, or else the newer one."""
    ranks = [(len(catalogue.lineage(s.region or "")), s.valid.start, s.at.line) for s in (one, other)]
    return (one, other) if ranks[0] <= ranks[1] else (other, one)


def _conflict(one: Statement, other: Statement, space: Space) -> Sentences | None:
    """Why the two must not be told together; None when they may."""
    if one.section != other.section:
        return None
    for judge in (_same_id, _same_words, _one_subject, _both_replace):
        sentences = judge(one, other, space)
        if sentences:
            return sentences
    return None


def _same_id(one: Statement, other: Statement, space: Space) -> Sentences | None:
    if one.id != other.id:
        return None
    return "id 相同", "have the same id"


def _same_words(one: Statement, other: Statement, space: Space) -> Sentences | None:
    if _plain(one.text.zh) != _plain(other.text.zh):
        return None
    if (one.original, one.copies) != (other.original, other.copies):
        return (
            "是同一份材料，但原件或复印件的要求不同",
            "name the same document but ask for different originals or copies",
        )
    return "文字相同", "say the same words"


def _one_subject(one: Statement, other: Statement, space: Space) -> Sentences | None:
    """There is one fee and one time limit for one thing; ``about`` names the thing when there are several."""
    if one.section not in ("fee", "time_limit") or one.about != other.about:
        return None
    return "说的是同一件事的不同标准", "give different rules for the same thing"


def _both_replace(one: Statement, other: Statement, space: Space) -> Sentences | None:
    """A region and the region around it both stand in for one general statement."""
    if one.region == other.region or not set(one.replaces) & set(other.replaces):
        return None
    return "替代的是同一条通用内容", "both stand in for the same general statement"


def _problem_of(
    first: Statement, second: Statement, facts: dict[str, str]
) -> Callable[[Catalogue, date, Sentences], Problem]:
    def problem(catalogue: Catalogue, day: date, why: Sentences) -> Problem:
        example = described(catalogue, facts)
        cure = _cure(first, second)
        place = shown(first.at)
        return at(
            second.at,
            f"“{second.id}”和“{first.id}”（{place}）{why[0]}，{day} 会同时告诉这样的人：{example.zh}。{cure[0]}",
            f'"{second.id}" and "{first.id}" ({place}) {why[1]}, and on {day} both are told to: {example.en}. '
            + cure[1],
        )

    return problem


def _cure(first: Statement, second: Statement) -> Sentences:
    if first.region != second.region and first.id != second.id:
        return f"请在“{second.id}”写 replaces: [{first.id}]。", f'Write "replaces: [{first.id}]" in "{second.id}".'
    if first.id == second.id:
        return "请换一个 id，或写 replaces。", 'Change one id, or write "replaces".'
    if second.section in ("fee", "time_limit"):
        return (
            "请给旧的一条写 to，或用 when 分开；说的是两件事的，用 about 写明各是什么。",
            'Give the older one a "to", or tell them apart by "when"; '
            'if they are about two things, name each by "about".',
        )
    return "请合并成一条，或用 when 分开。", 'Make them one, or tell them apart by "when".'


def _replaced_in_vain(catalogue: Catalogue, topic: Topic) -> Iterator[Problem]:
    """``replaces`` that has no effect, so that the replaced statement is still told."""
    for statement in topic.statements:
        for replaced in statement.replaces:
            targets = [t for t in topic.statements if t.id == replaced and t.section == statement.section]
            if statement.region is None:
                yield at(
                    statement.at,
                    f"“{statement.id}”写了 replaces，但只有地区文件里的内容能替代通用内容；请给“{replaced}”写 to。",
                    f'"{statement.id}" says "replaces", which only works in a region file; '
                    f'give "{replaced}" a "to" instead.',
                )
            elif not any(_meets(catalogue, topic, statement, target) for target in targets):
                yield at(
                    statement.at,
                    f"“{statement.id}”要替代“{replaced}”，但两条从不用于同一个人，“{replaced}”照旧显示；"
                    "请改正 when 或 replaces。",
                    f'"{statement.id}" is to replace "{replaced}", but no person gets both, so "{replaced}" is '
                    'still told; correct the "when" or the "replaces".',
                )


def _meets(catalogue: Catalogue, topic: Topic, statement: Statement, target: Statement) -> bool:
    """Whether there is a person both would be told to, were it not for the replacement."""
    if statement is target:
        return False
    start = max(statement.valid.start, target.valid.start)
    space = space_of(catalogue, topic.id, start)
    return together(space, Part(statement, statement.when), Part(target, target.when)) is not None


def _plain(text: str) -> str:
    return "".join(character for character in text if character.isalnum())
