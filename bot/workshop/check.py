"""Everything that can be wrong with the knowledge, found in one go."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path, PurePosixPath

import yaml

from bot.answers.wording import SENTENCES
from bot.catalogue import Catalogue, Knowledge, KnowledgeProblems, Problem, read
from bot.retrieval.texts.files import Imported, read_all
from bot.settings import ROOT
from bot.workshop.cases import case_problems
from bot.workshop.contradictions import contradictions
from bot.workshop.coverage import count_situations, coverage_problems
from bot.workshop.findings import Findings
from bot.workshop.names import region_problems, said_problems, same_titles
from bot.workshop.phrases import phrase_problems, read_phrases
from bot.workshop.sources import date_problems, overdue_sources, unused_sources
from bot.workshop.translations import sentence_problems, translation_problems, unfinished, unused_sentences


def check(folder: Path, phrases: Path, today: date) -> Findings:
    """Check the knowledge in ``folder`` and the training phrases in ``phrases`` as of ``today``.

    What a rule leads to is only worked out once every file can be read and every id is known.
    """
    try:
        knowledge = read(folder)
    except KnowledgeProblems as problems:
        return Findings(problems.problems)
    found = [*knowledge.problems, *_written(knowledge, phrases)]
    if knowledge.problems:
        return Findings(_sorted(found))
    catalogue = knowledge.catalogue
    found += [*case_problems(catalogue), *coverage_problems(catalogue, today), *contradictions(catalogue, today)]
    found += date_problems(catalogue, today)
    return Findings(
        problems=_sorted(found),
        warnings=_sorted(_warnings(knowledge, read_all(folder), today)),
        situations=count_situations(catalogue, today),
        cases=len(catalogue.cases),
    )


def _written(knowledge: Knowledge, folder: Path) -> Iterator[Problem]:
    """What can be seen without working out any answer."""
    files, catalogue = knowledge.files, knowledge.catalogue
    yield from translation_problems(files)
    yield from unfinished(files)
    yield from sentence_problems(files, SENTENCES)
    yield from region_problems(files, catalogue)
    yield from said_problems(files, catalogue)
    yield from same_titles(catalogue)
    phrases, problems = read_phrases(folder, _around(folder))
    yield from problems
    yield from phrase_problems(catalogue, phrases, domain_intents() | _intents_of_files(knowledge))


def _intents_of_files(knowledge: Knowledge) -> frozenset[str]:
    """The intents of all topic folders, those of unreadable files too."""
    paths = (PurePosixPath(file.name) for file in knowledge.files)
    return frozenset(path.parent.name.replace("-", "_") for path in paths if path.name == "procedure.yml")


def _around(folder: Path) -> Path:
    return folder.parent.parent if folder.name == "nlu" else folder.parent


def _warnings(knowledge: Knowledge, texts: list[Imported], today: date) -> Iterator[Problem]:
    catalogue: Catalogue = knowledge.catalogue
    yield from overdue_sources(catalogue, today)
    yield from unused_sources(catalogue, texts)
    yield from unused_sentences(knowledge.files, SENTENCES)


def _sorted(problems: list[Problem] | Iterator[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(set(problems)))


def domain_intents() -> frozenset[str]:
    """The intents that do not come from the knowledge, from ``domain.yml``."""
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    return frozenset(
        name for intent in domain["intents"] for name in (intent if isinstance(intent, dict) else [intent])
    )
