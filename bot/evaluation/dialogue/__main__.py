"""``python -m bot.evaluation.dialogue``: scripted conversations over the website's contract, as a Markdown table."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.catalogue import Catalogue, load
from bot.evaluation.dialogue.citizen import MANNERS, Sheet, Talk, optimum, sheets, talk
from bot.evaluation.turns.client import Session
from bot.settings import knowledge_folder, var_folder
from bot.setup.problem import Problem
from bot.setup.project import Project
from bot.setup.servers import linked_index, running

UNLIMITED = {"BANSHI_RATE_SESSION": "0", "BANSHI_RATE_ADDRESS": "0"}


def main() -> int:
    """0 when at least 97 % reach the right outcome with at most 1.1 × the questions needed."""
    parser = argparse.ArgumentParser(prog="python -m bot.evaluation.dialogue", description=__doc__)
    parser.add_argument("--mistakes", action="store_true", help="print the conversations that went wrong")
    options = parser.parse_args()
    address = os.environ.get("BANSHI_URL")
    rows = measured(address) if address else measured_on_own_servers()
    figures = {manner: _figures([row for row in rows if row["manner"] == manner]) for manner in MANNERS}
    figures["all"] = _figures(rows)
    print("| manner | conversations | right outcome | questions | optimum | ratio |\n|---|--:|--:|--:|--:|--:|")
    for name, one in figures.items():
        print(
            f"| {name} | {one['conversations']:.0f} | {one['right']:.1%} | {one['questions']:.2f} "
            f"| {one['optimum']:.2f} | {one['ratio']:.2f} |"
        )
    if options.mistakes:
        for row in rows:
            if not row["right"]:
                print(f"- {row['topic']} {row['language']} {row['manner']}: {row['problem']}")
    _save(figures, rows)
    return 0 if figures["all"]["right"] >= 0.97 and figures["all"]["ratio"] <= 1.1 else 1


def measured_on_own_servers() -> list[dict[str, object]]:
    """The conversations against both servers, started for it. Raises Problem."""
    here = Project.here()
    with TemporaryDirectory() as folder:
        project = replace(here, var=Path(folder))
        linked_index(here, project)
        with running(project, settings=UNLIMITED) as servers:
            return measured(servers.website)


def measured(website: str) -> list[dict[str, object]]:
    """One row per conversation."""
    catalogue, day = load(knowledge_folder()), date.today()
    rows = []
    for sheet in sheets():
        needed, facts = optimum(catalogue, sheet, day)
        session = Session(website, sheet.language)
        try:
            went = talk(sheet, session, facts)
            expected = _change(catalogue, sheet, session, went, facts) if sheet.manner == MANNERS[3] else facts
        finally:
            session.close()
        rows.append(_row(sheet, went, expected, len(needed)))
    return rows


def _change(catalogue: Catalogue, sheet: Sheet, session: Session, went: Talk, facts: dict[str, str]) -> dict[str, str]:
    """Say another value of one fact of the outcome; the facts expected then."""
    for fact, value in facts.items():
        others = [other for other in sheet.answers[fact] if other != value]
        if fact not in sheet.known and others and went.outcome is not None and fact in ("applicant", "holder"):
            changed = replace(sheet, facts={**sheet.facts, fact: others[0]}, manner="plain")
            replies = session.say(changed.says(fact))
            while replies[-1]["status"] == "question":
                replies = session.say(changed.says(replies[-1]["question"]["fact"]))
            went.outcome = next((reply for reply in replies if reply["status"] == "procedure"), None)
            _, expected = optimum(catalogue, changed, date.today())
            return expected
    return facts


def _row(sheet: Sheet, went: Talk, facts: dict[str, str], needed: int) -> dict[str, object]:
    problem = went.problem
    if not problem and went.outcome is None:
        problem = "no outcome"
    if not problem and went.outcome is not None:
        told = went.outcome["procedure"]
        known = {fact: value for fact, value in told["facts"].items() if fact in facts}
        if told["topic"] != sheet.topic:
            problem = f"about {told['topic']}"
        elif known != facts:
            problem = f"facts {known} instead of {facts}"
    return {
        "topic": sheet.topic,
        "language": sheet.language,
        "manner": sheet.manner,
        "right": not problem,
        "problem": problem,
        "asked": len(went.asked),
        "needed": needed,
    }


def _figures(rows: list[dict[str, object]]) -> dict[str, float]:
    sums: dict[str, float] = defaultdict(float)
    for row in rows:
        for key in ("right", "asked", "needed"):
            sums[key] += float(row[key])  # type: ignore[arg-type]
    count = max(1, len(rows))
    return {
        "conversations": len(rows),
        "right": sums["right"] / count,
        "questions": sums["asked"] / count,
        "optimum": sums["needed"] / count,
        "ratio": sums["asked"] / max(1.0, sums["needed"]),
    }


def _save(figures: dict[str, dict[str, float]], rows: list[dict[str, object]]) -> None:
    folder = var_folder() / "evaluation"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"dialogue-{datetime.now():%Y%m%d-%H%M%S}.json"
    file.write_text(json.dumps({"figures": figures, "conversations": rows}, ensure_ascii=False, indent=1), "utf-8")


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Problem as problem:
        sys.exit(str(problem))
