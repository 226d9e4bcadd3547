"""Cutting a text into pages of so many bytes: at lines and sentences, never inside a link or a character."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

LINK = re.compile(r"<a href=\"[^\"]*\">([^<]*)</a>")
_BORDER = re.compile(r"\n+|[。！？；][”’」』）)]*|(?<=[.!?;])(?<!\d\.) ")
_JOINERS = {"\u200d", "\u20e3"}


def size(text: str) -> int:
    """Bytes of the text in UTF-8."""
    return len(text.encode("utf-8", "ignore"))


def cut(text: str, most: int) -> list[str]:
    """The text in pages of at most `most` bytes each; together they hold all of it except blanks at the borders."""
    pages, page = [], ""
    for piece in _pieces(text, most):
        if page and size(page + piece.rstrip()) > most:
            pages.append(page.strip())
            page = ""
        page += piece
    return [page for page in [*pages, page.strip()] if page]


def without_links(text: str) -> str:
    """The text with every link replaced by its label."""
    return LINK.sub(r"\1", text)


def _pieces(text: str, most: int) -> Iterator[str]:
    """Lines; of a long line its sentences; of a sentence longer than a page its links, words and characters."""
    for sentence in _lines(text, most * 2 // 5):
        if size(sentence) <= most:
            yield sentence
        else:
            for atom in _atoms(sentence):
                if size(atom) <= most:
                    yield atom
                else:
                    yield from _characters(LINK.sub(r"\1", atom))


def _lines(text: str, short: int) -> Iterator[str]:
    """Lines of at most `short` bytes whole, the sentences of longer ones."""
    for line in re.findall(r"[^\n]*\n|[^\n]+", text):
        if size(line) <= short:
            yield line
        else:
            yield from _sentences(line)


def _sentences(text: str) -> Iterator[str]:
    """Up to and with each border that lies in no link."""
    links = [match.span() for match in LINK.finditer(text)]
    start = 0
    for border in _BORDER.finditer(text):
        if not any(first < border.end() < last for first, last in links):
            yield text[start : border.end()]
            start = border.end()
    yield text[start:]


def _atoms(sentence: str) -> Iterator[str]:
    """Links whole, the words between them with the blanks after each, and Chinese character by character."""
    start = 0
    for link in LINK.finditer(sentence):
        yield from _words(sentence[start : link.start()])
        yield link.group()
        start = link.end()
    yield from _words(sentence[start:])


def _words(text: str) -> Iterator[str]:
    word = ""
    for character in _characters(text):
        if word and (not character.isascii() or (word.endswith(" ") and character != " ")):
            yield word
            word = ""
        if character.isascii():
            word += character
        else:
            yield character
    if word:
        yield word


def _characters(text: str) -> Iterator[str]:
    """What a reader sees as one character: with its accents, skin tone, joined emoji, both halves of a flag."""
    cluster = ""
    for character in text:
        if cluster and not _continues(cluster, character):
            yield cluster
            cluster = ""
        cluster += character
    if cluster:
        yield cluster


def _continues(cluster: str, character: str) -> bool:
    if character in _JOINERS or cluster[-1] == "\u200d":
        return True
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me"):
        return True
    if "\U0001f3fb" <= character <= "\U0001f3ff":
        return True
    return _is_flag_half(character) and sum(map(_is_flag_half, cluster)) % 2 == 1


def _is_flag_half(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"
