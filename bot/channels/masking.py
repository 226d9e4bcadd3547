"""Hide personal numbers in a message before anything stores, logs or forwards it.

Hidden, whether the number is valid or not: identity numbers of 15 and 18 characters, permits and passports, bank and
social security card numbers, mobile and landline numbers, e-mail addresses, names after "我叫", and parts of them when
the words say so ("身份证后四位是1234"). Kept: dates, fees, 12333, document and article numbers.

Works on normalised text (`bot.channels.text`): NFKC, so every digit, dash and X is half width.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.channels.id_check import Verdict, judge
from bot.channels.personal_data import PARTS, RULES, WHOLE, KindOf, digits_of
from bot.channels.sentences import Language, placeholder


@dataclass(frozen=True)
class Hidden:
    """Text with placeholders; the kinds hidden (keys of sentences.KINDS) and, for each whole identity number in the
    order they were found, whether it could be one. Nothing of the numbers themselves."""

    text: str
    kinds: tuple[str, ...]
    verdicts: tuple[Verdict, ...]


def hide(text: str, language: Language) -> Hidden:
    """The text without personal details."""
    kinds: list[str] = []
    verdicts: list[Verdict] = []
    for pattern, kind_of in RULES:
        text = pattern.sub(_Replacing(kind_of, language, kinds, verdicts), text)
    return Hidden(text, tuple(dict.fromkeys(kinds)), tuple(verdicts))


def mask(text: str, language: Language) -> tuple[str, list[str]]:
    """The text without personal details, and the kinds found."""
    hidden = hide(text, language)
    return hidden.text, list(hidden.kinds)


@dataclass
class _Replacing:
    kind_of: KindOf
    language: Language
    kinds: list[str]
    verdicts: list[Verdict]

    def __call__(self, match: re.Match[str]) -> str:
        kind = self.kind_of(match)
        if kind is None:
            return match.group()
        self.kinds.append(kind)
        if kind == "id_number" and match.re in WHOLE:
            self.verdicts.append(judge(digits_of(match.group())))
        kept = match.group(1) + match.group(2) if match.re in PARTS else ""
        return kept + placeholder(kind, self.language)
