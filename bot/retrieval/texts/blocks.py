"""What a reader finds in a file: paragraphs and headings in order, with their pages where the file has pages."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Block:
    """One paragraph, or a heading of ``level`` 1 to 6; ``level`` 0 is a paragraph, ``page`` counts from 1."""

    text: str
    level: int = 0
    page: int | None = None


@dataclass(frozen=True)
class Document:
    """A file's blocks, what kind of file it is ("PDF", "Word", …), and how many pages it has (None: has none)."""

    kind: str
    blocks: list[Block]
    pages: int | None = None
