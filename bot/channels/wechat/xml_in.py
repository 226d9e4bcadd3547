"""WeChat's pushes as XML: one flat element of named texts, and nothing else that XML could do."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.parsers import expat

_MOST_FIELDS = 100
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # XML 1.0 has no such characters


class XmlError(ValueError):
    """The body is not a push; the message says which rule it breaks and repeats nothing of it."""


def parse(body: bytes) -> dict[str, str]:
    """The fields by name, each text verbatim.

    Raises XmlError for a document type, entities, processing instructions, a field within a field, two fields of one
    name, text between fields, or anything that is not UTF-8 XML. WeChat passes on control characters people send
    although XML forbids them; they are dropped.
    """
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise XmlError("not UTF-8") from error
    reader = _Reader()
    try:
        reader.parser.Parse(_ILLEGAL.sub("", text).encode(), True)
    except expat.ExpatError as error:
        raise XmlError("not well-formed") from error
    return reader.fields


class _Reader:
    def __init__(self) -> None:
        self.fields: dict[str, str] = {}
        self._depth = 0
        self._name = ""
        self._text: list[str] = []
        self.parser = expat.ParserCreate("utf-8")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.StartDoctypeDeclHandler = _refusing("a document type")
        self.parser.EntityDeclHandler = _refusing("an entity")
        self.parser.ProcessingInstructionHandler = _refusing("a processing instruction")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth == 1 and name != "xml":
            raise XmlError("another root element")
        if self._depth > 2:
            raise XmlError("a field within a field")
        if self._depth == 2:
            if name in self.fields:
                raise XmlError("two fields of one name")
            if len(self.fields) >= _MOST_FIELDS:
                raise XmlError("too many fields")
            self._name, self._text = name, []

    def _end(self, name: str) -> None:
        if self._depth == 2:
            self.fields[self._name] = "".join(self._text)
        self._depth -= 1

    def _characters(self, text: str) -> None:
        if self._depth == 2:
            self._text.append(text)
        elif text.strip():
            raise XmlError("text between fields")


def _refusing(what: str) -> Callable[..., None]:
    def refuse(*_: object) -> None:
        raise XmlError(what)

    return refuse
