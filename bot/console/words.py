"""The console's own words in both languages, from ``words.yml``; what citizens are told comes from the knowledge."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml

from bot.catalogue.text import Language

_FILE = Path(__file__).with_name("words.yml")


@lru_cache(maxsize=2)
def words(language: Language) -> dict[str, str]:
    """Every word by its key."""
    place = 0 if language == "zh" else 1
    return {key: pair[place] for key, pair in yaml.safe_load(_FILE.read_text(encoding="utf-8")).items()}


def say(key: str, language: Language, **values: object) -> str:
    """The words of ``key`` with their ``{names}`` filled in. Raises KeyError when there are none."""
    return words(language)[key].format(**values)
