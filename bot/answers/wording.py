"""The fixed sentences in one language, filled in."""

from __future__ import annotations

from dataclasses import dataclass

from bot.catalogue import Catalogue
from bot.catalogue.text import Language


@dataclass(frozen=True)
class Wording:
    """Says the sentences of ``wording.yml`` in ``language``."""

    catalogue: Catalogue
    language: Language

    def __call__(self, key: str, **values: object) -> str:
        """The sentence ``key`` with its ``{words}`` filled in.

        Raises:
            UnknownId: there is no such sentence.
        """
        return self.catalogue.say(key).say(self.language).format(**values)

    @property
    def comma(self) -> str:
        """What stands between the items of a list."""
        return "、" if self.language == "zh" else ", "

    @property
    def colon(self) -> str:
        """What stands after a heading."""
        return "：" if self.language == "zh" else ": "

    def brackets(self, text: str) -> str:
        """The text in brackets."""
        return f"（{text}）" if self.language == "zh" else f" ({text})"
