"""Procedures and what regions add to them → topics."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.catalogue.conditions import Test
from bot.catalogue.read_conditions import read_condition, regions_inside
from bot.catalogue.reading import Reading, optional_text, period, text
from bot.catalogue.records import (
    CONFIDENCES,
    LAST,
    SECTIONS,
    Confidence,
    LegalReference,
    Section,
    Source,
    Statement,
    Topic,
)
from bot.catalogue.yaml_file import Where, YamlFile


def read_topics(reading: Reading, sources: dict[str, Source]) -> dict[str, Topic]:
    """All topics, each with its general and its regional statements."""
    regions = reading.files("regions/*.yml", "region")
    topics = {}
    for file in reading.files("procedures/*/procedure.yml", "procedure"):
        reading.same_name(file, file.name.split("/")[-2])
        topics[file.data["id"]] = _topic(reading, file, regions, sources)
    for region in regions:
        for topic in region.data.get("topics") or {}:
            reading.expect(region, ("topics", topic), topic, reading.topics, ("事项", "topic"))
    return dict(sorted(topics.items(), key=lambda item: (item[1].order, item[0])))


def _topic(reading: Reading, file: YamlFile, regions: list[YamlFile], sources: dict[str, Source]) -> Topic:
    data = file.data
    before = len(reading.problems)
    statements = list(_statements(reading, file, (), None, sources))
    references = list(_references(reading, file, (), None))
    general = list(statements)
    for region in regions:
        where = ("topics", data["id"])
        if data["id"] in (region.data.get("topics") or {}):
            added = list(_statements(reading, region, where, region.data["id"], sources))
            around = _around(reading, region, regions, data["id"])
            _check_replaced(reading, region, where, general, around)
            statements = _in_place(statements, added)
            references += _references(reading, region, where, region.data["id"])
    if len(reading.problems) == before and not reading.incomplete:
        _check_asks(reading, file, statements, references)
    return Topic(
        id=data["id"],
        title=text(data["title"]),
        choice=text(data["choice"]),
        asks=tuple(data["asks"]),
        statements=tuple(statements),
        legal_basis=tuple(references),
        quoted=data.get("quoted", False),
        order=data.get("order", LAST),
        at=file.place(("id",)),
    )


def _in_place(statements: list[Statement], added: list[Statement]) -> list[Statement]:
    """Regional statements stand right after what they replace, else before the last general one of their section.

    The last step of every topic is whom to ask; it stays the last.
    """
    result = list(statements)
    for statement in added:
        same = [i for i, other in enumerate(result) if other.section == statement.section]
        replaced = [i for i in same if result[i].id in statement.replaces]
        near = [i for i in same if result[i].region == statement.region and result[i].replaces == statement.replaces]
        last = same[-1] if same else len(result) - 1
        before_last = last - 1 if statement.section == "steps" and len(same) > 1 else last
        result.insert(max(replaced[-1:] + near[-1:], default=before_last) + 1, statement)
    return result


def _at(file: YamlFile, where: Where) -> Any:
    data = file.data
    for key in where:
        data = data[key]
    return data or {}


def _statements(
    reading: Reading, file: YamlFile, where: Where, region: str | None, sources: dict[str, Source]
) -> Iterator[Statement]:
    for section in SECTIONS:
        seen: set[str] = set()
        for position, data in enumerate(_at(file, where).get(section) or ()):
            place = (*where, section, position)
            if data["id"] in seen:
                reading.note(
                    file, place, f"“{data['id']}”在同一列表里用了两次。", f'"{data["id"]}" is used twice in one list.'
                )
            seen.add(data["id"])
            yield _statement(reading, file, place, section, region, sources)


def _statement(
    reading: Reading, file: YamlFile, where: Where, section: Section, region: str | None, sources: dict[str, Source]
) -> Statement:
    data = _at(file, where)
    reading.expect(file, (*where, "source"), data["source"], reading.sources, ("来源", "source"))
    when = read_condition(reading, file, (*where, "when"), data.get("when"))
    if region is not None:
        when = when.and_(Test("region", "one_of", regions_inside(reading, region)))
    return Statement(
        id=data["id"],
        section=section,
        text=text(data["name"] if section == "places" else data["text"]),
        source=data["source"],
        valid=period(reading, file, where, data),
        confidence=_confidence(reading, file, where, data, sources),
        when=when,
        region=region,
        replaces=tuple(data.get("replaces", ())),
        original=data.get("original"),
        copies=data.get("copies"),
        place=optional_text(data.get("place")),
        address=optional_text(data.get("address")),
        phone=data.get("phone"),
        url=data.get("url"),
        about=data.get("about"),
        at=file.place(where),
    )


def _confidence(
    reading: Reading, file: YamlFile, where: Where, data: dict[str, Any], sources: dict[str, Source]
) -> Confidence:
    """The weaker of the statement's own confidence and its source's."""
    source = sources.get(data["source"])
    inherited: Confidence = source.confidence if source else "unconfirmed"
    own: Confidence = data.get("confidence", inherited)
    if CONFIDENCES.index(own) < CONFIDENCES.index(inherited):
        reading.note(
            file,
            (*where, "confidence"),
            f"“{own}”高于来源的“{inherited}”；这里只能降低。",
            f'"{own}" is surer than its source, which is "{inherited}"; here it may only be lowered.',
        )
    return max(own, inherited, key=CONFIDENCES.index)


def _references(reading: Reading, file: YamlFile, where: Where, region: str | None) -> Iterator[LegalReference]:
    for position, data in enumerate(_at(file, where).get("legal_basis") or ()):
        place = (*where, "legal_basis", position)
        if reading.expect(file, (*place, "law"), data["law"], reading.laws, ("法规", "law")):
            articles = reading.laws[data["law"]]
            reading.expect(
                file,
                (*place, "article"),
                data["article"],
                articles,
                (
                    f"laws/{data['law']}.yml 里没有第{{}}条的摘要；请先写上。",
                    f"laws/{data['law']}.yml has no summary of Article {{}}; write it there first.",
                ),
            )
        when = read_condition(reading, file, (*place, "when"), data.get("when"))
        if region is not None:
            when = when.and_(Test("region", "one_of", regions_inside(reading, region)))
        yield LegalReference(data["law"], data["article"], when, data.get("background", False), file.place(place))


_REPLACEABLE = (
    "“{}”不是这一部分的通用内容，也不是外围地区的内容，不能替代。",
    '"{}" is neither a general statement of this section nor one of the region around, so nothing can replace it.',
)


def _check_replaced(
    reading: Reading, file: YamlFile, where: Where, general: list[Statement], around: set[tuple[str, str]]
) -> None:
    """``replaces`` names a general statement of the same section, or one of a region around this one."""
    replaceable = {(statement.section, statement.id) for statement in general} | around
    for section in SECTIONS:
        known = sorted(name for where_it_is, name in replaceable if where_it_is == section)
        for position, data in enumerate(_at(file, where).get(section) or ()):
            for replaced in data.get("replaces", ()):
                place = (*where, section, position, "replaces")
                reading.expect(file, place, replaced, known, _REPLACEABLE)


def _around(reading: Reading, region: YamlFile, regions: list[YamlFile], topic: str) -> set[tuple[str, str]]:
    """(section, id) of what the regions around ``region`` say about the topic."""
    return {
        (section, data["id"])
        for outer in regions
        if outer is not region and region.data["id"] in regions_inside(reading, outer.data["id"])
        for section in SECTIONS
        for data in ((outer.data.get("topics") or {}).get(topic) or {}).get(section) or ()
    }


def _check_asks(
    reading: Reading, file: YamlFile, statements: list[Statement], references: list[LegalReference]
) -> None:
    conditions = [statement.when for statement in statements] + [reference.when for reference in references]
    used = {fact for condition in conditions for fact in condition.facts()}
    for position, fact in enumerate(file.data["asks"]):
        known = reading.expect(file, ("asks", position), fact, reading.facts, ("事实", "fact"))
        if known and fact not in used:
            reading.note(
                file,
                ("asks", position),
                f"“{fact}”不影响任何内容，不应询问；请删去，或在某条的 when 里使用。",
                f'"{fact}" changes nothing, so it must not be asked; remove it, or use it in a "when".',
            )
    for fact in sorted(used - set(file.data["asks"])):
        reading.note(
            file,
            ("asks",),
            f"条件里用到了“{fact}”，请写进 asks。",
            f'A condition uses "{fact}"; add it to "asks".',
        )
