"""``make import-text FILE=…``: read, show what was understood, ask, write; the knowledge stays servable."""

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bot.catalogue import load
from bot.catalogue.problems import KnowledgeProblems
from bot.errors import BanshiError, TextError
from bot.retrieval.texts.blocks import Document
from bot.retrieval.texts.files import FOLDER, Imported, write
from bot.retrieval.texts.readers import read
from bot.retrieval.texts.splitting import language_of, parts, title_of
from bot.retrieval.texts.understood import summary
from bot.settings import knowledge_folder

WORDS = (
    "FILE",
    "ID",
    "TITLE",
    "TITLE_OTHER",
    "ISSUER",
    "NUMBER",
    "URL",
    "REGION",
    "FROM",
    "TO",
    "CONFIDENCE",
    "YES",
)
CONFIDENCES = ("official", "secondary", "unconfirmed")
# What stands for a title or an issuer nobody has translated.
_NAMELESS = {"zh": "官方文件 {}（英文）", "en": "Official text {} (in Chinese)"}
_SEE_TEXT = {"zh": "见原文", "en": "named in the text"}
_CHECK_AGAIN = timedelta(days=182)
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
Ask = Callable[[str], str]


@dataclass(frozen=True)
class Request:
    """What was asked for; a word left out or empty is not in ``words``."""

    words: Mapping[str, str]
    today: date

    @classmethod
    def of(cls, arguments: Sequence[str], today: date) -> "Request":
        """From ``WORD=value`` and ``--yes``. Raises TextError for any other word."""
        pairs = ["YES=yes" if argument == "--yes" else argument for argument in arguments]
        unknown = [pair for pair in pairs if pair.partition("=")[0] not in WORDS or "=" not in pair]
        if unknown:
            raise TextError(f"{unknown[0]!r} is not understood; write {' '.join(f'{word}=…' for word in WORDS)}.")
        words = {word: value.strip() for word, _, value in (pair.partition("=") for pair in pairs)}
        return cls({word: value for word, value in words.items() if value}, today)

    def day(self, word: str, default: date | None) -> date | None:
        """The day after ``word``. Raises TextError for what is none."""
        written = self.words.get(word)
        if written is None:
            return default
        try:
            return date.fromisoformat(written)
        except ValueError:
            raise TextError(f"{word} is {written!r}; write a day like 2026-01-31.") from None


def main(arguments: Sequence[str], ask: Ask = input) -> int:
    """Import one file; 0 when it was written or declined, 1 with a sentence when it could not be."""
    try:
        request = Request.of(arguments, date.today())
        run(request, knowledge_folder(), ask)
        return 0
    except BanshiError as error:
        print(error, file=sys.stderr)
        return 1


def run(request: Request, knowledge: Path, ask: Ask) -> bool:
    """Import into the folder ``knowledge``; whether it was written. Raises TextError with what to do instead."""
    if "FILE" not in request.words:
        raise TextError("Name the file: make import-text FILE=notice.pdf")
    path = Path(request.words["FILE"]).expanduser()
    document = read(path)
    text = _understood(request, path, document)
    _check(text, knowledge)
    known = (knowledge / FOLDER / f"{text.id}.yml").is_file()
    print("\n".join(summary(text, document, known)))
    if "YES" not in request.words and not _agreed(ask):
        print("Nothing was written.")
        return False
    _write_whole(text, _source(request, text), knowledge)
    print(f"Written to {FOLDER}/{text.id}.yml and sources/{text.source}.yml; `make train` takes it into the index.")
    return True


def _understood(request: Request, path: Path, document: Document) -> Imported:
    own = title_of(document.blocks)
    title = request.words.get("TITLE") or own or path.stem
    id = request.words.get("ID") or re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-")
    if not _ID.fullmatch(id):
        raise TextError("Give the text a name of small letters, digits and hyphens: ID=moon-bay-measures")
    start, end = request.day("FROM", request.today), request.day("TO", None)
    assert start is not None
    if end and end < start:
        raise TextError(f"It would end ({end}) before it starts ({start}); correct FROM or TO.")
    found = tuple(parts(document.blocks, own or title))
    if not found:
        raise TextError(f"{path.name} has headings and nothing under them.")
    region = request.words.get("REGION")
    return Imported(id, title, language_of(document.blocks), id, start, end, region, path.name, found)


def _check(text: Imported, knowledge: Path) -> None:
    """Raises TextError for a name already taken by something else, and for a place nobody knows."""
    if text.region and not (knowledge / "regions" / f"{text.region}.yml").is_file():
        raise TextError(f"There is no region {text.region}; make new-region ID={text.region} starts one.")
    taken = [folder for folder in ("laws", "procedures") if list((knowledge / folder).glob(f"{text.id}*"))]
    own = (knowledge / FOLDER / f"{text.id}.yml").is_file()
    if not own and (knowledge / "sources" / f"{text.source}.yml").is_file():
        taken.append("sources")
    if taken:
        raise TextError(f"The name {text.id} is taken in {taken[0]}/; give another one: ID=…")


def _source(request: Request, text: Imported) -> dict[str, Any]:
    confidence = request.words.get("CONFIDENCE", "official")
    if confidence not in CONFIDENCES:
        raise TextError(f"CONFIDENCE is {confidence!r}; write one of {', '.join(CONFIDENCES)}.")
    other = "en" if text.language == "zh" else "zh"
    title = request.words.get("TITLE_OTHER") or _NAMELESS[other].format(text.id)
    issuer = request.words.get("ISSUER")
    record: dict[str, Any] = {
        "id": text.source,
        "title": _both(text.language, text.title, title),
        "issuer": _both(text.language, issuer, _SEE_TEXT[other]) if issuer else None,
        "number": request.words.get("NUMBER"),
        "url": request.words.get("URL"),
        "checked_on": request.today,
        "check_again_by": request.today + _CHECK_AGAIN,
        "confidence": confidence,
    }
    return {name: value for name, value in record.items() if value is not None}


def _both(language: str, own: str, other: str) -> dict[str, str]:
    return {"zh": own, "en": other} if language == "zh" else {"zh": other, "en": own}


def _write_whole(text: Imported, source: dict[str, Any], knowledge: Path) -> None:
    """Write, and put everything back when the knowledge could not be served with it. Raises TextError then."""
    paths = [knowledge / FOLDER / f"{text.id}.yml", knowledge / "sources" / f"{text.source}.yml"]
    before = [path.read_bytes() if path.is_file() else None for path in paths]
    write(text, source, knowledge)
    try:
        load(knowledge)
    except KnowledgeProblems as problems:
        for path, content in zip(paths, before):
            if content is None:
                path.unlink()
            else:
                path.write_bytes(content)
        raise TextError(f"Nothing was written: with it the knowledge cannot be served.\n{problems}") from problems


def _agreed(ask: Ask) -> bool:
    try:
        return ask("Write it? yes / no: ").strip().lower() in ("yes", "y", "是", "好")
    except EOFError:
        return False
