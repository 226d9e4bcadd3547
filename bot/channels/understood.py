"""What Rasa understood of the texts that came lately, so that a text that comes again is not read again.

People write the same few sentences. What is understood depends on the text alone, so the result is the same. Kept in
memory are digests of texts and what was understood, no text and nobody's name.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import OrderedDict
from typing import Any

from rasa.core.channels.channel import UserMessage

MOST = 4_096  # texts; about 8 MB


class Understood:
    """Reads texts by the processor given; forgets everything when another processor (a new model) comes."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._key = os.urandom(32)
        self._processor: Any = None
        self._kept: OrderedDict[bytes, str] = OrderedDict()

    async def parse(self, processor: Any, text: str) -> dict[str, Any]:
        """Rasa's parse data of a text: keys text, intent, entities, intent_ranking."""
        if processor is not self._processor:
            self._processor, self._kept = processor, OrderedDict()
        if text.startswith("/"):
            return await _parse(processor, text)
        kept, digest = self._kept, hashlib.blake2b(text.encode(), key=self._key, digest_size=16).digest()
        if digest not in kept:
            kept[digest] = json.dumps({**await _parse(processor, text), "text": ""})
            if len(kept) > self._most:
                kept.popitem(last=False)
        kept.move_to_end(digest)
        return {**json.loads(kept[digest]), "text": text}


async def _parse(processor: Any, text: str) -> dict[str, Any]:
    data: dict[str, Any] = await processor.parse_message(UserMessage(text))
    data.pop("message_id", None)  # made up by Rasa; the event has the real one
    return data
