"""One answer, every channel: the dictionaries described by ``reply.schema.json``."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from bot.catalogue.text import Language

Reply = dict[str, Any]
SCHEMA = Path(__file__).with_name("reply.schema.json")


def reply(status: str, language: Language, text: str, **parts: Any) -> Reply:
    """A reply with the parts that are not None."""
    present = {name: part for name, part in parts.items() if part is not None}
    return {"version": 1, "status": status, "language": language, "text": text, **present}


def choice(title: str, token: str, **about: str) -> dict[str, str]:
    """Something the person can choose; channels replace ``token`` by one of their own."""
    return {"title": title, "token": token, **about}


@lru_cache(maxsize=1)
def validator() -> Draft202012Validator:
    """The prepared validator of the reply contract."""
    return Draft202012Validator(
        json.loads(SCHEMA.read_text(encoding="utf-8")), format_checker=Draft202012Validator.FORMAT_CHECKER
    )
