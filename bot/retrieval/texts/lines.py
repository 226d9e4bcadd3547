"""Lines as printed → paragraphs as written."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from bot.retrieval.texts.blocks import Block
from bot.retrieval.texts.marks import article_of, chapter_level

Line = tuple[str, int | None]
_ENDS = tuple("。！？；：.!?;:”）)》")
_PAGE_NUMBER = re.compile(r"[\s\-—–·第页/]*\d{1,4}[\s\-—–·页/]*(?:(?:of|共)?\s*\d{1,4}\s*页?)?")


def without_page_furniture(pages: Sequence[Sequence[str]]) -> list[Line]:
    """The lines with their page numbers, but no lines that stand on most pages and no bare page numbers.

    A page's first or last line counts as repeated when, digits aside, it opens or closes more than half of at least
    three pages.
    """
    edges = Counter(edge for lines in pages for edge in {_bare(line) for line in _edges(lines)})
    repeated = {line for line, times in edges.items() if len(pages) >= 3 and times > len(pages) / 2}
    return [
        (line, number)
        for number, lines in enumerate(pages, start=1)
        for place, line in enumerate(lines)
        if not (_is_edge(place, lines) and (_bare(line) in repeated or _PAGE_NUMBER.fullmatch(line.strip())))
    ]


def paragraphs(lines: Iterable[Line]) -> list[Block]:
    """Paragraphs, each with the page it starts on: an empty line, an article, a heading or a full stop ends one."""
    blocks: list[Block] = []
    open_ = False
    for line, page in lines:
        text = line.strip()
        if not text:
            open_ = False
            continue
        level = chapter_level(text)
        starts = bool(level or article_of(text)) or line[:1] in ("\u3000", "\t") or line.startswith("    ")
        if open_ and not starts:
            blocks[-1] = Block(_joined(blocks[-1].text, text), 0, blocks[-1].page)
        else:
            blocks.append(Block(text, level, page))
        open_ = not level and not text.endswith(_ENDS)
    return blocks


def _joined(before: str, after: str) -> str:
    """Chinese goes on without a space, a word split at the end of a line is put together again."""
    if before.endswith("-") and after[:1].islower():
        return before[:-1] + after
    return before + (" " if before[-1].isascii() and after[:1].isascii() else "") + after


def _edges(lines: Sequence[str]) -> list[str]:
    return [line for place, line in enumerate(lines) if _is_edge(place, lines) and line.strip()]


def _is_edge(place: int, lines: Sequence[str]) -> bool:
    return place == 0 or place == len(lines) - 1


def _bare(line: str) -> str:
    return re.sub(r"[\d\s]", "", line)
