"""A passage: the smallest piece of text that is found, quoted and sourced as a whole."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

Kind = Literal["statement", "article", "text"]


@dataclass(frozen=True)
class Passage:
    """One statement, one article of a law, or one part of an imported text, in Chinese, English or both.

    ``heading_*`` say where the text stands (topic and section, law and article number). They are searched with the
    text, because "a copy of the identity card" alone does not tell which matter it belongs to, and are not part of
    what is quoted. ``valid_from`` and ``valid_to`` are the first and the last day the text holds; None means no limit
    is known. ``page`` is where an imported part begins, ``trail`` the headings above it in its text, outermost first.
    """

    id: str
    text_zh: str
    text_en: str
    topic: str | None
    law: str | None
    article: str | None
    region: str | None
    source: str
    valid_from: date | None
    valid_to: date | None
    kind: Kind
    heading_zh: str = ""
    heading_en: str = ""
    page: int | None = None
    trail: str = ""

    @property
    def work(self) -> str | None:
        """The id of the law or imported text this is an article of, None for a statement."""
        return self.id.partition("/")[0] if self.kind == "text" else self.law

    def text(self, language: str) -> str:
        """The text in ``language`` ("zh" or "en"), or in the other one where that is empty."""
        return (self.text_en or self.text_zh) if language == "en" else (self.text_zh or self.text_en)

    def as_record(self) -> dict[str, Any]:
        """The passage as JSON types, dates in ISO form."""
        record = dict(self.__dict__)
        for key in ("valid_from", "valid_to"):
            record[key] = record[key].isoformat() if record[key] else None
        return record

    @classmethod
    def from_record(cls, record: dict[str, Any]) -> "Passage":
        """The inverse of ``as_record``."""
        days = {key: date.fromisoformat(record[key]) if record[key] else None for key in ("valid_from", "valid_to")}
        return cls(**{**record, **days})


# What the encoder reads of one row, in characters: Chinese packs about three times as many words into one.
LONGEST = {"zh": 300, "en": 900}


@dataclass(frozen=True)
class Row:
    """One text that is searched: a passage in one language. ``passage`` is the passage's place in the corpus."""

    passage: int
    language: str
    text: str

    @property
    def encoded(self) -> str:
        """What the encoder reads; the lexical index reads everything."""
        return self.text[: LONGEST[self.language]]


def rows(passages: list[Passage]) -> list[Row]:
    """Every text to search, passages in order, Chinese before English; empty texts have no row."""
    found = []
    for number, passage in enumerate(passages):
        if passage.text_zh:
            found.append(Row(number, "zh", f"{passage.heading_zh} {passage.text_zh}".strip()))
        if passage.text_en:
            found.append(Row(number, "en", f"{passage.heading_en} {passage.text_en}".strip()))
    return found
