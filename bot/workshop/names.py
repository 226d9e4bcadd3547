"""Names and ways of saying: one name must not mean two places, one phrase not two answers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from bot.catalogue import Catalogue, Problem
from bot.catalogue.problems import nearest
from bot.catalogue.yaml_file import Where, YamlFile
from bot.workshop.files import named

_GROUP = re.compile(r"\{(\w*)\}")


def region_problems(files: Iterable[YamlFile], catalogue: Catalogue) -> Iterator[Problem]:
    """A name of two regions; a region that lies inside itself."""
    owners: dict[str, str] = {}
    for file in files:
        if "/regions/" not in file.name or file.data is None:
            continue
        region = file.data["id"]
        for where, name in _names(file.data):
            owner = owners.setdefault(name.casefold(), region)
            if owner != region:
                yield file.problem(
                    where,
                    f"“{name}”已经是“{owner}”的名称，一个名称只能指一个地方；请删去一处。",
                    f'"{name}" is already a name of "{owner}"; a name means one place only, so remove one of the two.',
                )
        if _inside_itself(catalogue, region):
            yield file.problem(
                ("part_of",),
                f"“{region}”通过 part_of 绕了一圈又回到自己；请改正其中一个 part_of。",
                f'"{region}" lies inside itself by way of part_of; correct one of them.',
            )


def _names(data: dict[str, Any]) -> Iterator[tuple[Where, str]]:
    for language in ("zh", "en"):
        yield ("name", language), data["name"][language]
        for kind in ("aliases", "districts"):
            names = (data.get(kind) or {}).get(language) or ()
            yield from (((kind, language, position), str(name)) for position, name in enumerate(names))


def _inside_itself(catalogue: Catalogue, region: str) -> bool:
    seen: set[str] = set()
    outer = catalogue.regions[region].part_of
    while outer is not None and outer in catalogue.regions and outer not in seen:
        if outer == region:
            return True
        seen.add(outer)
        outer = catalogue.regions[outer].part_of
    return False


def said_problems(files: Iterable[YamlFile], catalogue: Catalogue) -> Iterator[Problem]:
    """Unknown ``{word}`` lists, and one way of saying for two answers of a fact."""
    for name in ("facts.yml", "aspects.yml"):
        file = named(files, f"/{name}")
        if file is not None:
            yield from _unknown_groups(file, catalogue)
    file = named(files, "/facts.yml")
    for place, fact in enumerate(file.data["facts"] if file else ()):
        yield from _said_twice(file, place, fact)  # type: ignore[arg-type]


def _unknown_groups(file: YamlFile, catalogue: Catalogue) -> Iterator[Problem]:
    for where, phrase in _phrases(file.data, ()):
        for group in _GROUP.findall(phrase):
            if group not in catalogue.words:
                hint_zh, hint_en = nearest(group, catalogue.words)
                yield file.problem(
                    where,
                    f"“{phrase}”里的{{{group}}}不是 words 里的词表。{hint_zh}",
                    f'In "{phrase}", {{{group}}} is not a list under "words".{hint_en}',
                )


def _phrases(data: Any, where: Where) -> Iterator[tuple[Where, str]]:
    if isinstance(data, dict):
        for key, value in data.items():
            if key in ("said", "not_said"):
                for language, phrases in value.items():
                    for position, phrase in enumerate(phrases):
                        yield (*where, key, language, position), str(phrase)
            else:
                yield from _phrases(value, (*where, key))
    elif isinstance(data, list):
        for position, value in enumerate(data):
            yield from _phrases(value, (*where, position))


def _said_twice(file: YamlFile, place: int, fact: dict[str, Any]) -> Iterator[Problem]:
    owners: dict[str, str] = {}
    for position, value in enumerate(fact["values"]):
        for language, phrases in (value.get("said") or {}).items():
            for number, phrase in enumerate(phrases):
                owner = owners.setdefault(str(phrase).casefold(), value["id"])
                if owner != value["id"]:
                    yield file.problem(
                        ("facts", place, "values", position, "said", language, number),
                        f"“{phrase}”同时表示“{fact['id']}”的“{owner}”和“{value['id']}”；只能留在一处。",
                        f'"{phrase}" says both "{owner}" and "{value["id"]}" of "{fact["id"]}"; keep it in one place.',
                    )


def same_titles(catalogue: Catalogue) -> Iterator[Problem]:
    """Two topics that a person could not tell apart in a list of choices."""
    for language in ("zh", "en"):
        owners: dict[str, str] = defaultdict(str)
        for topic in catalogue.topics.values():
            choice = topic.choice.zh if language == "zh" else topic.choice.en
            other = owners.setdefault(choice.casefold(), topic.id)
            if other != topic.id:
                yield Problem(
                    topic.at.file,
                    topic.at.line,
                    f"“choice”和“{other}”的一样：“{choice}”；请写得能分清。",
                    f'"choice" is the same as in "{other}": "{choice}"; make them different.',
                )
