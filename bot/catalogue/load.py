"""A knowledge folder → Catalogue, or every problem it has."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from bot.catalogue.catalogue import Catalogue
from bot.catalogue.problems import KnowledgeProblems, Problem
from bot.catalogue.read_cases import read_cases
from bot.catalogue.read_records import (
    read_ambiguities,
    read_aspects,
    read_facts,
    read_laws,
    read_referrals,
    read_regions,
    read_sources,
    read_word_groups,
    read_wording,
)
from bot.catalogue.read_topics import read_topics
from bot.catalogue.reading import Reading
from bot.catalogue.yaml_file import YamlFile


@dataclass(frozen=True)
class Knowledge:
    """What was read: the records, the files with their lines, and what is wrong with them.

    With problems the records are incomplete and must not be served.
    """

    catalogue: Catalogue
    files: tuple[YamlFile, ...]
    problems: tuple[Problem, ...]


def load(folder: Path) -> Catalogue:
    """Read and check the whole folder.

    Raises:
        KnowledgeProblems: something is wrong; all problems are in it, not just the first.
    """
    knowledge = read(folder)
    if knowledge.problems:
        raise KnowledgeProblems(knowledge.problems)
    return knowledge.catalogue


def read(folder: Path) -> Knowledge:
    """Read the whole folder, problems and all.

    Raises:
        KnowledgeProblems: it is no knowledge folder at all.
    """
    reading = Reading(folder)
    if not (folder / "procedures").is_dir():
        missing = Problem(folder.name, 1, "这里没有 procedures 文件夹。", "There is no folder procedures here.")
        raise KnowledgeProblems([missing])
    reading.sources = _stems(folder, "sources/*.yml")
    reading.topics = frozenset(path.parent.name for path in folder.glob("procedures/*/procedure.yml"))
    sources = read_sources(reading)
    laws = read_laws(reading)
    reading.laws = {law.id: frozenset(law.articles) for law in laws.values()}
    regions = read_regions(reading)
    reading.regions = {region.id: region.part_of for region in regions.values()}
    reading.facts = read_facts(reading, regions)
    topics = read_topics(reading, sources)
    catalogue = Catalogue(
        version=version(folder),
        topics=topics,
        facts=reading.facts,
        regions=regions,
        laws=laws,
        sources=sources,
        wording=read_wording(reading),
        ambiguities=read_ambiguities(reading),
        referrals=read_referrals(reading),
        cases=read_cases(reading, topics),
        aspects=read_aspects(reading),
        words=read_word_groups(reading),
    )
    return Knowledge(catalogue, tuple(reading.read.values()), KnowledgeProblems(reading.problems).problems)


def version(folder: Path) -> str:
    """Twelve hexadecimal digits that change whenever a file of the knowledge does."""
    digest = sha256()
    for path in sorted(folder.rglob("*.yml")):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _stems(folder: Path, pattern: str) -> frozenset[str]:
    return frozenset(path.stem for path in folder.glob(pattern))
