"""``python -m bot.evaluation.procedures``: a Markdown table, one line per topic."""

from __future__ import annotations

from datetime import date

from bot.catalogue import load
from bot.evaluation.procedures.measure import figures
from bot.settings import knowledge_folder


def main() -> None:
    """Print the table for today's rules."""
    catalogue, today = load(knowledge_folder()), date.today()
    measured = [figures(catalogue, topic, today) for topic in catalogue.topics]
    print(f"Knowledge {catalogue.version}, rules of {today}.\n")
    print("| topic | combinations | told apart | outcomes | questions, mean | fewest | questions, worst | fewest |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|")
    for one in measured:
        counts = f"{one.combinations:,} | {one.apart:,} | {one.outcomes:,}"
        means = f"{one.mean:.2f} | {one.fewest_mean:.2f}"
        print(f"| {one.topic} | {counts} | {means} | {one.worst} | {one.fewest_worst} |")
    total, apart = sum(one.combinations for one in measured), sum(one.apart for one in measured)
    print(f"| all | {total:,} | {apart:,} | {sum(one.outcomes for one in measured):,} | | | | |")


if __name__ == "__main__":
    main()
