"""Sources, laws, regions, facts and the small files → records."""

from __future__ import annotations

from datetime import date
from pathlib import PurePosixPath
from typing import Any

from bot.catalogue.reading import Reading, day, optional_text, period, text, words
from bot.catalogue.records import (
    ELSEWHERE,
    Ambiguity,
    Article,
    Aspect,
    Fact,
    FactValue,
    Law,
    Period,
    Referral,
    Region,
    Source,
)
from bot.catalogue.text import Text, Words
from bot.catalogue.yaml_file import Where, YamlFile


def _stem(file: YamlFile) -> str:
    return PurePosixPath(file.name).stem


def read_sources(reading: Reading) -> dict[str, Source]:
    """Every file in ``sources/``."""
    found = {}
    for file in reading.files("sources/*.yml", "source"):
        reading.same_name(file, _stem(file))
        data = file.data
        found[data["id"]] = Source(
            id=data["id"],
            title=text(data["title"]),
            checked_on=day(reading, file, ("checked_on",), data["checked_on"]),
            check_again_by=day(reading, file, ("check_again_by",), data["check_again_by"]),
            confidence=data["confidence"],
            issuer=optional_text(data.get("issuer")),
            number=data.get("number"),
            url=data.get("url"),
            at=file.place(("id",)),
        )
    return found


def read_laws(reading: Reading) -> dict[str, Law]:
    """Every file in ``laws/``."""
    found = {}
    for file in reading.files("laws/*.yml", "law"):
        reading.same_name(file, _stem(file))
        found[file.data["id"]] = _law(reading, file)
    return found


def _law(reading: Reading, file: YamlFile) -> Law:
    data = file.data
    reading.expect(file, ("source",), data["source"], reading.sources, ("来源", "source"))
    articles = {}
    for position, article in enumerate(data["articles"]):
        if article["article"] in articles:
            number = article["article"]
            reading.note(
                file, ("articles", position), f"第{number}条写了两次。", f"Article {number} stands here twice."
            )
        articles[article["article"]] = Article(article["article"], text(article["summary"]))
    return Law(
        id=data["id"],
        title=text(data["title"]),
        short=text(data["short"]),
        in_force=Period(_day_of(reading, file, "in_force_from") or date.min, _day_of(reading, file, "in_force_to")),
        source=data["source"],
        articles=articles,
        aliases=tuple(data.get("aliases", ())),
        number=data.get("number"),
        package=data.get("package"),
        all_articles=data.get("all_articles", False),
        amended_on=_day_of(reading, file, "amended_on"),
        url=data.get("url"),
        at=file.place(("id",)),
    )


def _day_of(reading: Reading, file: YamlFile, key: str) -> date | None:
    return day(reading, file, (key,), file.data[key]) if key in file.data else None


def read_regions(reading: Reading) -> dict[str, Region]:
    """Every file in ``regions/``, without what it says about topics."""
    found: dict[str, Region] = {}
    for file in reading.files("regions/*.yml", "region"):
        reading.same_name(file, _stem(file))
        data = file.data
        found[data["id"]] = Region(
            data["id"],
            text(data["name"]),
            data.get("part_of"),
            words(data.get("aliases")),
            words(data.get("districts")),
            file.place(("id",)),
        )
        if "part_of" in data:
            reading.expect(file, ("part_of",), data["part_of"], _regions(reading), ("地区", "region"))
    return found


def _regions(reading: Reading) -> list[str]:
    return sorted(path.stem for path in reading.folder.glob("regions/*.yml"))


def read_facts(reading: Reading, regions: dict[str, Region]) -> dict[str, Fact]:
    """``facts.yml``; a fact with ``values_from: regions`` has one value per region, then its own."""
    file = reading.file(reading.folder / "facts.yml", "facts")
    if file.data is None:
        return {}
    facts: dict[str, Fact] = {}
    for position, data in enumerate(file.data["facts"]):
        where = ("facts", position)
        values = _region_values(regions, data) if data.get("values_from") == "regions" else {}
        answers: dict[str, str] = {}
        for place, value in enumerate(data["values"]):
            if value["id"] in values:
                reading.note(
                    file, (*where, "values", place), f"取值“{value['id']}”重复。", f'Value "{value["id"]}" is doubled.'
                )
            values[value["id"]] = _fact_value(value)
            _note_doubled(reading, file, (*where, "values", place, "answers"), values[value["id"]], answers)
        if data["id"] in facts:
            reading.note(file, where, f"事实“{data['id']}”重复。", f'Fact "{data["id"]}" is doubled.')
        facts[data["id"]] = Fact(
            data["id"],
            text(data["title"]),
            text(data["question"]),
            text(data["why"]),
            values,
            data.get("scope", "person"),
            file.place(where),
        )
    return facts


def _fact_value(data: dict[str, Any]) -> FactValue:
    return FactValue(
        data["id"],
        text(data["label"]),
        text(data["condition"]),
        words(data.get("said")),
        words(data.get("not_said")),
        words(data.get("answers")),
        words(data.get("answers_for_another")),
    )


def _note_doubled(reading: Reading, file: YamlFile, where: Where, value: FactValue, seen: dict[str, str]) -> None:
    """An answer under two values of one fact would always mean the first; ``seen`` has the answers so far."""
    for answer in dict.fromkeys(value.answers.both()):
        if seen.setdefault(answer, value.id) != value.id:
            reading.note(
                file,
                where,
                f"回答“{answer}”已经写在“{seen[answer]}”下面，请只留一处。",
                f'The answer "{answer}" stands under "{seen[answer]}" already; keep one.',
            )


def _region_values(regions: dict[str, Region], data: dict[str, dict[str, dict[str, str]]]) -> dict[str, FactValue]:
    pattern = text(data["each"]["condition"]) if "each" in data else Text("在{name}", "the place is {name}")
    return {
        region.id: FactValue(region.id, region.name, pattern.fill(name=region.name))
        for region in regions.values()
        if region.id != ELSEWHERE
    }


def read_wording(reading: Reading) -> dict[str, Text]:
    """``wording.yml``."""
    file = reading.file(reading.folder / "wording.yml", "wording")
    return {key: text(value) for key, value in file.data["sentences"].items()} if file.data else {}


def read_aspects(reading: Reading) -> dict[str, Aspect]:
    """``aspects.yml``."""
    file = reading.file(reading.folder / "aspects.yml", "aspects")
    return {
        data["id"]: Aspect(data["id"], text(data["title"]), words(data["said"]), words(data.get("not_said")))
        for data in (file.data["aspects"] if file.data else ())
    }


def read_word_groups(reading: Reading) -> dict[str, Words]:
    """The ``words`` of ``facts.yml`` that ways of saying refer to as ``{name}``."""
    data = reading.file(reading.folder / "facts.yml", "facts").data
    groups: dict[str, dict[str, list[str]]] = (data or {}).get("words") or {}
    return {name: words(group) for name, group in groups.items()}


def read_ambiguities(reading: Reading) -> dict[str, Ambiguity]:
    """``ambiguities.yml``; none when there is no such file."""
    found = {}
    for file in reading.files("ambiguities.yml", "ambiguities"):
        for position, data in enumerate(file.data["ambiguities"]):
            for topic in data["topics"]:
                reading.expect(file, ("ambiguities", position, "topics"), topic, reading.topics, ("事项", "topic"))
            found[data["id"]] = Ambiguity(data["id"], text(data["question"]), tuple(data["topics"]))
    return found


def read_referrals(reading: Reading) -> dict[str, Referral]:
    """``referrals.yml`` by intent; none when there is no such file."""
    found = {}
    for file in reading.files("referrals.yml", "referrals"):
        for position, data in enumerate(file.data["referrals"]):
            where = ("referrals", position)
            reading.expect(file, (*where, "source"), data["source"], reading.sources, ("来源", "source"))
            for topic in data["topics"]:
                reading.expect(file, (*where, "topics"), topic, reading.topics, ("事项", "topic"))
            found[data["intent"]] = Referral(
                data["id"],
                data["intent"],
                text(data["text"]),
                tuple(data["topics"]),
                data["source"],
                period(reading, file, where, data),
            )
    return found
