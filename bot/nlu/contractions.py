"""English as people type it: "don't", "dont", "I’ll" written out, so that one way of saying finds them all."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WHOLE = {
    "can't": "cannot",
    "cant": "cannot",
    "won't": "will not",
    "wont": "will not",
    "im": "i am",
    "ive": "i have",
    "dont": "do not",
    "doesnt": "does not",
    "didnt": "did not",
    "isnt": "is not",
    "wasnt": "was not",
    "havent": "have not",
    "hasnt": "has not",
    "couldnt": "could not",
    "u": "you",
    "wanna": "want to",
    "gonna": "going to",
    "gotta": "have to",
}
_ENDINGS = {"n't": " not", "'m": " am", "'re": " are", "'ve": " have", "'ll": " will", "'d": " would", "'s": " is"}
_CONTRACTED = re.compile(
    rf"\b(?:{'|'.join(sorted(_WHOLE, key=len, reverse=True))})\b|(?<=[a-z])(?:{'|'.join(_ENDINGS)})\b"
)


@dataclass(frozen=True)
class WrittenOut:
    """A text written out, and for each of its positions (and its end) the position in the text as typed."""

    text: str
    typed: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where ``text[start:end]`` stands in the text as typed."""
        return self.typed[start], max(self.typed[end - 1] + 1, self.typed[end]) if end > start else self.typed[start]


def written_out(text: str) -> WrittenOut | None:
    """``text`` (lower case) with every contraction written out; None when there is none."""
    pieces: list[str] = []
    typed: list[int] = []
    last = 0
    for match in _CONTRACTED.finditer(text):
        full = _WHOLE.get(match[0]) or _ENDINGS[match[0]]
        pieces += [text[last : match.start()], full]
        typed += [*range(last, match.start()), *[match.start()] * len(full)]
        last = match.end()
    if not pieces:
        return None
    return WrittenOut("".join([*pieces, text[last:]]), (*typed, *range(last, len(text) + 1)))
