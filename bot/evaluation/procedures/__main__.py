"""``python -m bot.evaluation.procedures [DATE]``: the proof as Markdown; fails when a combination is incomplete."""

from __future__ import annotations

import sys
from datetime import date

from bot.catalogue import Catalogue, load
from bot.evaluation.procedures.proof import Row, region_rows, rows
from bot.settings import knowledge_folder


def table(catalogue: Catalogue, found: list[Row], day: date) -> str:
    """The proof as Markdown."""
    total, complete = sum(row.combinations for row in found), sum(row.complete for row in found)
    lines = [
        f"Knowledge {catalogue.version} on {day}: {complete:,} of {total:,} combinations of facts have one complete "
        f"answer ({complete / max(1, total):.1%}).",
        "",
        "| topic | regions with own rules | combinations | complete | questions: mean (fewest) | longest (fewest) |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for row in found:
        mean = f"{row.asked[1]:.2f} ({row.optimum[1]:.2f})"
        longest = f"{row.asked[0]} ({row.optimum[0]})"
        lines.append(f"| {row.topic} | {row.regions} | {row.combinations:,} | {row.complete:,} | {mean} | {longest} |")
    lines += ["", "| region | topics with own rules | own statements |", "|---|--:|--:|"]
    lines += [f"| {row.region} | {row.topics} | {row.statements} |" for row in region_rows(catalogue)]
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """0 when every combination has one complete answer."""
    day = date.fromisoformat(arguments[0]) if arguments else date.today()
    catalogue = load(knowledge_folder())
    found = list(rows(catalogue, day))
    print(table(catalogue, found, day))
    return 0 if all(row.complete == row.combinations for row in found) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
