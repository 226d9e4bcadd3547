"""A sentence in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


@dataclass(frozen=True)
class Text:
    """The same thing said in Chinese and in English."""

    zh: str
    en: str

    def say(self, language: Language) -> str:
        """The text in ``language``."""
        return self.zh if language == "zh" else self.en

    def fill(self, **values: Text) -> Text:
        """Put each text into its ``{name}``, language by language."""
        return Text(
            self.zh.format(**{name: value.zh for name, value in values.items()}),
            self.en.format(**{name: value.en for name, value in values.items()}),
        )


@dataclass(frozen=True)
class Words:
    """Ways of saying one thing, per language."""

    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()

    def both(self) -> tuple[str, ...]:
        """All of them, Chinese first."""
        return self.zh + self.en
