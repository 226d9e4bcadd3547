"""Worked cases: sentences beside the rules, tried again after every change."""

from __future__ import annotations

from collections.abc import Iterator

from bot.catalogue import Catalogue, Problem
from bot.catalogue.records import Case, Place
from bot.procedures import Decision, decide
from bot.workshop.findings import at


def case_problems(catalogue: Catalogue) -> Iterator[Problem]:
    """What no longer holds, case by case."""
    for case in catalogue.cases:
        decision = decide(catalogue, case.topic, case.facts, case.date, declined=case.declined)
        for zh, en in _broken(case, decision):
            yield at(
                Place(case.file, case.line),
                f"实例“{case.name.zh}”不再成立：{zh}。请改规则；实例本身错了就改实例。",
                f'The worked case "{case.name.en}" no longer holds: {en}. '
                "Correct the rule, or the case if it is wrong.",
            )


def _broken(case: Case, decision: Decision) -> Iterator[tuple[str, str]]:
    for section, wanted in case.includes.items():
        for entry in sorted(set(wanted) - _told(decision, section)):
            yield f"{section} 里应当有“{entry}”，现在没有", f'"{section}" should include "{entry}" and does not'
    for section, unwanted in case.excludes.items():
        for entry in sorted(set(unwanted) & _told(decision, section)):
            yield f"{section} 里不应当有“{entry}”，现在有", f'"{section}" should not include "{entry}" and does'
    if case.checks_question and case.asks_next != decision.next_fact:
        asked = (
            (f"问“{decision.next_fact}”", f'"{decision.next_fact}" is')
            if decision.next_fact
            else ("不问", "nothing is")
        )
        if case.asks_next:
            yield (
                f"下一步应当问“{case.asks_next}”，现在{asked[0]}",
                f'"{case.asks_next}" should be asked next; {asked[1]}',
            )
        else:
            yield f"应当不再提问，现在{asked[0]}", f"nothing more should be asked; {asked[1]}"


def _told(decision: Decision, section: str) -> set[str]:
    if section == "legal_basis":
        return {f"{basis.reference.law}/{basis.reference.article}" for basis in decision.legal_basis}
    return {told.statement.id for told in decision.told if told.statement.section == section}
