"""A module as it is sent: without remarks, and without the spaces and line breaks that mean nothing to a browser.

It knows just enough of the language to leave strings, templates and regular expressions alone, and keeps the line
breaks at which a statement may end. A regular expression is told from a division by what stands before it.
"""

from __future__ import annotations

import re

_REMARK = rb"""(?P<remark>(?:^|(?<=\s))//.*|/\*\*(?:.*\n)*?.*?\*/)"""
_STRING = rb"""(?P<string>"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`)"""
_PATTERN = rb"""(?P<pattern>(?:[(,=:\[!&|?{};]|=>)\s*/(?![/*])(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*)"""
_PART = re.compile(b"|".join((_REMARK, _STRING, _PATTERN, rb"(?P<space>\s+)")), re.MULTILINE)
_TIGHT = rb"{}()[],;:=<>+-*/?&|!"


def plain(source: bytes) -> bytes:
    """The module's source, shortened. It must hold no single-quoted string and no template inside a template."""
    without = _PART.sub(lambda part: b"" if part.lastgroup == "remark" else part.group(), source)
    return _PART.sub(_shortened, without)


def _shortened(part: re.Match[bytes]) -> bytes:
    if part.lastgroup != "space":
        return part.group()
    whole = part.string
    before, after = whole[: part.start()][-1:], whole[part.end() :][:1]
    if not before or not after:
        return b""
    if b"\n" in part.group():
        return b"" if before in b"{(,;[" or after in b"})];" else b"\n"
    return b"" if before in _TIGHT or after in _TIGHT else b" "
