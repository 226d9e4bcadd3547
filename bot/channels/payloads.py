"""The intent payloads channels send to Rasa; nothing a person types ever becomes one."""

from __future__ import annotations

import json

from bot.channels.sentences import Language


def choice_text(payload: str) -> str:
    """What Rasa gets for a choice: the intent `choose` with the internal payload as its entity."""
    return "/choose" + json.dumps({"choice": payload}, ensure_ascii=False)


def opening_text(language: Language | None, region: str | None = None) -> str:
    """What Rasa gets when a conversation begins: the intent `open`, with the language and the region when known."""
    wanted = {"language": language, "region": region}
    entities = {name: value for name, value in wanted.items() if value}
    return "/open" + (json.dumps(entities) if entities else "")
