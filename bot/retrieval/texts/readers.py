"""One reader per kind of file: Markdown, plain text, HTML, PDF, Word (DOCX)."""

import logging
from collections.abc import Callable
from pathlib import Path

from bot.errors import TextError
from bot.retrieval.texts.blocks import Block, Document
from bot.retrieval.texts.lines import paragraphs, without_page_furniture

MOST_BYTES = 50_000_000
_ENCODINGS = ("utf-8-sig", "gb18030")


def read(path: Path) -> Document:
    """The file's text. Raises TextError, with a sentence, for every file that cannot be read."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        hint = " Save it as DOCX first." if path.suffix.lower() == ".doc" else ""
        raise TextError(
            f"{path.name} is not Markdown, plain text, HTML, PDF or DOCX (.md .txt .html .pdf .docx).{hint}"
        )
    try:
        if path.stat().st_size > MOST_BYTES:
            raise TextError(f"{path.name} is larger than {MOST_BYTES // 1_000_000} MB; split it first.")
        document = reader(path)
    except OSError as error:
        raise TextError(f"{path} cannot be opened: {error.strerror}.") from error
    if not any(any(char.isalnum() for char in block.text) for block in document.blocks):
        raise TextError(f"{path.name} holds no text.")
    return document


def _markdown(path: Path) -> Document:
    from markdown_it import MarkdownIt

    blocks: list[Block] = []
    level = 0
    for token in MarkdownIt("commonmark").enable("table").parse(_decoded(path)):
        if token.type == "heading_open":
            level = int(token.tag[1])
        elif token.type == "inline":
            words = [child.content if child.content else "\n" for child in token.children or () if _is_text(child.type)]
            blocks.append(Block("".join(words).replace("\n", " ").strip(), level))
            level = 0
        elif token.type in ("fence", "code_block"):
            blocks.append(Block(token.content.strip()))
    return Document("Markdown", [block for block in blocks if block.text])


def _is_text(kind: str) -> bool:
    return kind in ("text", "code_inline", "softbreak", "hardbreak")


def _plain(path: Path) -> Document:
    lines = [(line, None) for line in _decoded(path).splitlines()]
    return Document("plain text", paragraphs(lines))


def _html(path: Path) -> Document:
    from bs4 import BeautifulSoup

    page = BeautifulSoup(path.read_bytes(), "html.parser")
    if page.find() is None:
        raise TextError(f"{path.name} is not HTML.")
    for unwanted in page.find_all(["script", "style", "nav", "header", "footer", "aside", "form", "noscript"]):
        unwanted.decompose()
    root = page.find("main") or page.find("article") or page.body or page
    blocks = []
    leaves = ["h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "tr", "pre", "blockquote", "dd", "dt", "div", "section"]
    for tag in root.find_all(leaves):
        if tag.find(leaves):
            continue  # its parts come by themselves
        text = " ".join(tag.get_text(" " if tag.name == "tr" else "").split())
        if text:
            blocks.append(Block(text, int(tag.name[1]) if tag.name in ("h1", "h2", "h3", "h4", "h5", "h6") else 0))
    if not blocks:
        blocks = paragraphs([(line, None) for line in root.get_text("\n").splitlines()])
    return Document("HTML", blocks)


def _pdf(path: Path) -> Document:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.ERROR)  # it remarks on every slip of a file it can read
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise TextError(f"{path.name} is locked with a password; save a copy without one.")
        pages = [page.extract_text().splitlines() for page in reader.pages]
    except (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        raise TextError(f"{path.name} is not a PDF that can be read ({type(error).__name__}).") from error
    if not any(any(char.isalnum() for char in line) for lines in pages for line in lines):
        raise TextError(f"{path.name} holds pictures of pages and no text; run a text recognition on it first.")
    return Document("PDF", paragraphs(without_page_furniture(pages)), len(pages))


def _docx(path: Path) -> Document:
    from zipfile import BadZipFile

    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from docx.text.paragraph import Paragraph

    try:
        document = docx.Document(str(path))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError) as error:
        raise TextError(f"{path.name} is not a DOCX file that can be read.") from error
    blocks = []
    for item in document.iter_inner_content():
        if isinstance(item, Paragraph):
            blocks.append(Block(item.text.strip(), _word_level(item.style.name if item.style else None)))
        else:
            for row in item.rows:
                cells = dict.fromkeys(cell.text.strip() for cell in row.cells)  # merged cells come several times
                blocks.append(Block(" ".join(cells).strip()))
    return Document("Word", [block for block in blocks if block.text])


def _word_level(style: str | None) -> int:
    """ "Heading 2" and "标题 2" → 2; the title of the document → 1."""
    name = (style or "").lower()
    if name in ("title", "标题"):
        return 1
    for prefix in ("heading ", "标题 "):
        if name.startswith(prefix) and name[len(prefix) :].isdecimal():
            return min(6, int(name[len(prefix) :]))
    return 0


def _decoded(path: Path) -> str:
    raw = path.read_bytes()
    for encoding in _ENCODINGS if b"\0" not in raw else ():
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TextError(f"{path.name} is not text in UTF-8 or GB 18030; save it as UTF-8.")


READERS: dict[str, Callable[[Path], Document]] = {
    ".md": _markdown,
    ".markdown": _markdown,
    ".txt": _plain,
    ".html": _html,
    ".htm": _html,
    ".pdf": _pdf,
    ".docx": _docx,
}
