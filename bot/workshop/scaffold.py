"""Starts new files from commented templates; never touches one that is there."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from bot.errors import WorkshopError

TEMPLATES = Path(__file__).parent / "templates"
_TOPIC = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_FACT = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


def new_topic(topic: str, knowledge: Path, phrases: Path, today: date) -> list[Path]:
    """The folder of a new topic with its two files, and its file of training phrases. Raises WorkshopError."""
    _require(_TOPIC, topic, "lost-card")
    folder = knowledge / "procedures" / topic
    return _write(
        {
            folder / "procedure.yml": _filled("procedure.yml", topic, today),
            folder / "cases.yml": _filled("cases.yml", topic, today),
            phrases / f"{topic}.yml": _filled("phrases.yml", topic, today),
        }
    )


def new_region(region: str, knowledge: Path, today: date) -> list[Path]:
    """The file of a new region. Raises WorkshopError."""
    _require(_TOPIC, region, "moon-bay")
    return _write({knowledge / "regions" / f"{region}.yml": _filled("region.yml", region, today)})


def new_fact(fact: str, knowledge: Path, today: date) -> list[Path]:
    """``facts.yml`` with a new fact before the lists of words, or at its end. Raises WorkshopError."""
    _require(_FACT, fact, "age_group")
    path = knowledge / "facts.yml"
    text = path.read_text(encoding="utf-8")
    if re.search(rf"^  - id: {fact}$", text, re.MULTILINE):
        raise WorkshopError(f"{path.name} 里已经有“{fact}”。/ {path.name} already has {fact}.")
    after_facts = re.search(r"^facts:.*?(?=^\S|\Z)", text, re.MULTILINE | re.DOTALL)
    end = after_facts.end() if after_facts else len(text)
    added = _filled("fact.yml", fact, today)
    path.write_text(text[:end].rstrip("\n") + "\n" + added + text[end:], encoding="utf-8")
    return [path]


def _require(pattern: re.Pattern[str], name: str, example: str) -> None:
    if not pattern.fullmatch(name):
        raise WorkshopError(
            f"ID=“{name}”不行，请写成 ID={example} 的样子（小写英文）。/ "
            f'ID="{name}" will not do; write it like ID={example}, in lower case.'
        )


def _filled(template: str, name: str, today: date) -> str:
    text = (TEMPLATES / template).read_text(encoding="utf-8")
    filled = {"<<ID>>": name, "<<INTENT>>": name.replace("-", "_"), "<<TODAY>>": today.isoformat()}
    for mark, value in filled.items():
        text = text.replace(mark, value)
    return text


def _write(files: dict[Path, str]) -> list[Path]:
    for path in files:
        if path.exists():
            raise WorkshopError(f"已经有 {path}，没有改动它。/ {path} is there already and was left alone.")
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return list(files)
