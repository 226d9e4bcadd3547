"""Imported texts on disk: ``<knowledge>/texts/<id>.yml`` beside the source it names, ``sources/<id>.yml``."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from bot.errors import TextError
from bot.retrieval.passages import Passage
from bot.retrieval.texts.splitting import Part

FOLDER = "texts"


@dataclass(frozen=True)
class Imported:
    """One official text with its parts. ``valid_from`` and ``valid_to`` are its first and last day in force."""

    id: str
    title: str
    language: str
    source: str
    valid_from: date
    valid_to: date | None
    region: str | None
    file: str
    parts: tuple[Part, ...]

    @property
    def has_articles(self) -> bool:
        """Whether an article of it can be named."""
        return any(part.article for part in self.parts)

    def passages(self) -> Iterator[Passage]:
        """Every part as a passage, ``id/key``."""
        for part in self.parts:
            label = _label(part, self.language)
            heading = " ".join(word for word in (self.title, part.heading, label) if word)
            zh = self.language == "zh"
            yield Passage(
                id=f"{self.id}/{part.key}",
                text_zh=part.text if zh else "",
                text_en="" if zh else part.text,
                topic=None,
                law=None,
                article=part.article,
                region=self.region,
                source=self.source,
                valid_from=self.valid_from,
                valid_to=self.valid_to,
                kind="text",
                heading_zh=heading if zh else "",
                heading_en="" if zh else heading,
                page=part.page,
                trail=part.heading,
            )


def _label(part: Part, language: str) -> str:
    """English articles are numbered in their own words already, as Chinese ones are."""
    return "" if not part.article or part.text.startswith(("第", "Art")) else f"第{part.article}条"


def read_all(knowledge: Path) -> list[Imported]:
    """Every imported text, sorted by id; a folder without any has none. Raises TextError for a broken file."""
    return [_read(path) for path in sorted((knowledge / FOLDER).glob("*.yml"))]


def write(text: Imported, source: dict[str, Any], knowledge: Path) -> list[Path]:
    """Write the text and its source, replacing those of the same id; the two files written."""
    target, origin = knowledge / FOLDER / f"{text.id}.yml", knowledge / "sources" / f"{text.source}.yml"
    record = {**asdict(text), "parts": [_record(part) for part in text.parts]}
    for path, data in ((target, record), (origin, source)):
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_suffix(".part")
        aside.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=120), encoding="utf-8")
        aside.replace(path)
    return [target, origin]


def _record(part: Part) -> dict[str, Any]:
    return {name: value for name, value in asdict(part).items() if value not in (None, "")}


def _read(path: Path) -> Imported:
    try:
        record = yaml.safe_load(path.read_text(encoding="utf-8"))
        read = [Part(**part) for part in record.pop("parts")]
        return Imported(**record, parts=tuple(read))
    except (yaml.YAMLError, UnicodeDecodeError, TypeError, KeyError, AttributeError, ValueError) as error:
        raise TextError(f"{path} is not an imported text any more ({error}); import it again.") from error
