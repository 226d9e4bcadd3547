"""Looks through knowledge files without knowing what they are about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from bot.catalogue.records import Place
from bot.catalogue.yaml_file import Where, YamlFile


def texts(file: YamlFile) -> Iterator[tuple[Where, str, str]]:
    """Every text of the file: where it is, its Chinese and its English. Ways of saying are not texts."""
    return _texts(file.data, ())


def _texts(data: Any, where: Where) -> Iterator[tuple[Where, str, str]]:
    if isinstance(data, dict):
        if isinstance(data.get("zh"), str) and isinstance(data.get("en"), str):
            yield where, data["zh"], data["en"]
        for key, value in data.items():
            yield from _texts(value, (*where, key))
    elif isinstance(data, list):
        for position, value in enumerate(data):
            yield from _texts(value, (*where, position))


def named(files: Iterable[YamlFile], ending: str) -> YamlFile | None:
    """The usable file whose name ends so, if there is one."""
    return next((file for file in files if file.name.endswith(ending) and file.data is not None), None)


def shown(place: Place) -> str:
    """A place as editors' programs understand it."""
    return f"{place.file}:{place.line}"
