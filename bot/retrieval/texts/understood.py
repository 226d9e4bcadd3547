"""What was understood of a file, as lines for the person who decides whether to keep it."""

from collections.abc import Iterator

from bot.retrieval.numerals import label_zh
from bot.retrieval.texts.blocks import Document
from bot.retrieval.texts.files import Imported

_SHOWN, _WIDTH = 4, 60
LANGUAGES = {"zh": "Chinese", "en": "English"}


def summary(text: Imported, document: Document, replaces: bool) -> Iterator[str]:
    """The lines, in order."""
    pages = f", {document.pages} pages" if document.pages else ""
    articles = [part for part in text.parts if part.article]
    others = len(text.parts) - len(articles)
    yield f"{text.file}: {document.kind}{pages}, {LANGUAGES[text.language]}"
    yield f"  title   {text.title}"
    yield f"  id      {text.id}{' (replaces the text of that id)' if replaces else ''}"
    yield f"  place   {text.region or 'everywhere'}"
    yield f"  holds   from {text.valid_from}{f' to {text.valid_to}' if text.valid_to else ''}"
    yield f"  parts   {len(articles)} articles, {others} other parts"
    shown = text.parts if len(text.parts) <= _SHOWN * 2 else (*text.parts[:_SHOWN], *text.parts[-_SHOWN:])
    for place, part in enumerate(shown):
        if len(shown) < len(text.parts) and place == _SHOWN:
            yield f"    … {len(text.parts) - len(shown)} more"
        page = f" p. {part.page}" if part.page else ""
        heading = f" [{part.heading}]" if part.heading else ""
        yield f"    {part.key}{page}{heading}  {_short(part.text)}"
    yield from _doubts(text)


def _doubts(text: Imported) -> Iterator[str]:
    numbers = [int(part.article) for part in text.parts if part.article and part.article.isdecimal()]
    gaps = sorted(set(range(1, max(numbers, default=0) + 1)) - set(numbers))
    if gaps:
        named = ", ".join(label_zh(str(gap)) if text.language == "zh" else f"Article {gap}" for gap in gaps[:10])
        yield f"  look    these articles were not found: {named}{' …' if len(gaps) > 10 else ''}"
    again = [part.key for part in text.parts if "-again" in part.key]
    if again:
        yield f"  look    numbers that come twice: {', '.join(again[:10])}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _WIDTH else line[:_WIDTH] + "…"
