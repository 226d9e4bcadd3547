"""Blocks → parts that are found and quoted as a whole: by article where there are articles, else by heading."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.retrieval.passages import LONGEST
from bot.retrieval.texts.blocks import Block
from bot.retrieval.texts.marks import article_of, chapter_level

# Two articles make a regulation; a single "Article 5 …" may be a quotation.
_ARTICLES = 2
# A part without an article number is cut at a paragraph's end when the encoder could not read it whole.
_LONGEST = {"zh": LONGEST["zh"] * 2, "en": LONGEST["en"] * 2}


@dataclass(frozen=True)
class Part:
    """``article`` is canonical ("5", "280-1") or None; ``heading`` the headings above, outermost first.

    ``key`` is unique in its text: "5" for an article, "s3" for the third part that is none.
    """

    key: str
    text: str
    article: str | None = None
    heading: str = ""
    page: int | None = None


def language_of(blocks: Sequence[Block]) -> str:
    """ "zh" when at least a fifth of the letters are Chinese, else "en"."""
    letters = [char for block in blocks for char in block.text if char.isalpha()]
    return "zh" if sum("㐀" <= char <= "鿿" for char in letters) * 5 >= len(letters) else "en"


def title_of(blocks: Sequence[Block]) -> str | None:
    """The first heading, or the first short line before anything else; None where the text starts at once."""
    first = blocks[0]
    if first.level and not chapter_level(first.text):
        return first.text
    short = len(first.text) <= 60 and not first.text.endswith(("。", ".", "；", ";"))
    return first.text if short and not article_of(first.text) and not chapter_level(first.text) else None


def parts(blocks: Sequence[Block], title: str) -> list[Part]:
    """The parts in order. Headings that repeat the ``title`` are left out of the trail."""
    by_article = sum(bool(article_of(block.text)) for block in blocks) >= _ARTICLES
    limit = _LONGEST[language_of(blocks)]
    trail: dict[int, str] = {}
    found: list[Part] = []
    open_ = False
    for block in blocks:
        number = article_of(block.text) if by_article else None
        level = 0 if number else block.level or (chapter_level(block.text))
        if level:
            trail = {depth: text for depth, text in trail.items() if depth < level} | {level: block.text}
            open_ = False
        elif block.text != title:
            heading = " ".join(text for text in trail.values() if text != title)
            whole = open_ and (found[-1].article is not None or len(found[-1].text) + len(block.text) <= limit)
            if whole and not number:
                found[-1] = replace(found[-1], text=f"{found[-1].text}\n{block.text}")
            else:
                found.append(Part("", block.text, number, heading, block.page))
            open_ = True
    return list(_keyed(found))


def _keyed(found: Sequence[Part]) -> Iterator[Part]:
    """An attachment may count its articles from one again: the second "1" is "1-again2"."""
    used: dict[str, int] = {}
    sections = 0
    for part in found:
        sections += part.article is None
        key = part.article or f"s{sections}"
        used[key] = used.get(key, 0) + 1
        yield replace(part, key=key if used[key] == 1 else f"{key}-again{used[key]}")
