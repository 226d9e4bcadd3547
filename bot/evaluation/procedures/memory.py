"""``python -m bot.evaluation.procedures.memory [DATE]``: what remembering every situation there can be takes."""

from __future__ import annotations

import sys
import tracemalloc
from collections.abc import Iterator
from datetime import date
from itertools import product

from bot.catalogue import Catalogue, load
from bot.procedures import questions_of
from bot.procedures.questions import DECLINED, Questions
from bot.settings import knowledge_folder


def every_situation(questions: Questions) -> Iterator[dict[str, str]]:
    """Each fact open, not known to the person, or with one value of each group that no condition tells apart."""
    classes = questions.space.classes
    for answers in product(*((None, *values, DECLINED) for values in classes.values())):
        yield {fact: answer for fact, answer in zip(classes, answers) if answer is not None}


def remembered(catalogue: Catalogue, day: date) -> tuple[int, int]:
    """How many situations all topics have, and the bytes their plans take in the end."""
    topics = [questions_of(catalogue, topic, day) for topic in catalogue.topics]
    count = 0
    tracemalloc.start()
    try:
        for questions in topics:
            for situation in every_situation(questions):
                questions.next(situation)
                count += 1
        return count, tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()


def main(arguments: list[str]) -> int:
    """Prints one sentence."""
    day = date.fromisoformat(arguments[0]) if arguments else date.today()
    count, taken = remembered(load(knowledge_folder()), day)
    print(f"{count:,} situations, {taken / 1e6:.1f} MB, {taken / count:.0f} bytes each.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
