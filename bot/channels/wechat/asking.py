"""The turns a push leads to in Rasa."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from bot.channels.keys import Digests
from bot.channels.payloads import choice_text, opening_text
from bot.channels.sentences import Language
from bot.channels.text import prepare
from bot.channels.turns import Turn
from bot.channels.wechat.events import Push
from bot.channels.wechat.identity import Identities
from bot.channels.wechat.mailbox import Mailbox
from bot.channels.wechat.render import MenuChoice
from bot.channels.wechat.starts import start_of


@dataclass(frozen=True)
class Visit:
    """One push being answered: whose, by when (monotonic seconds), and what is kept for the person."""

    push: Push
    sender_id: str
    message_id: str
    until: float
    mailbox: Mailbox

    @property
    def seconds(self) -> float:
        """How long there is left."""
        return self.until - time.monotonic()

    @property
    def language(self) -> Language:
        """The language of the last answer."""
        return self.mailbox.language


class Asking:
    """Makes turns; any of them may begin a conversation."""

    def __init__(self, secret: bytes, identities: Identities) -> None:
        self._identities = identities
        self._digests = Digests(secret, "wechat")

    def opening(self, visit: Visit, scene: str) -> list[Turn]:
        """The greeting, then the matter or region of the QR code."""
        metadata = {"display": None, "language": visit.language, "digest": ""}
        turns = [_turn(visit, opening_text(None), metadata)]
        if start := start_of(scene):
            message_id = self._identities.message(f"{visit.push.key}\0start")
            turns.append(self.choosing(visit, MenuChoice(scene, start, visit.language), message_id))
        return turns

    def choosing(self, visit: Visit, choice: MenuChoice, message_id: str = "") -> Turn:
        """One of the choices offered, by its internal payload."""
        metadata = {
            "display": choice.title,
            "language": choice.language,
            "digest": self._digests.of(visit.sender_id, "choice", choice.payload),
        }
        return _turn(visit, choice_text(choice.payload), metadata, message_id)

    def typed(self, visit: Visit, text: str) -> Turn:
        """The person's own words, masked and neutralised. Raises TextError."""
        prepared = prepare(text, visit.language)
        metadata = {
            "language": prepared.language or visit.language,
            "masked": list(prepared.masked),
            "verdicts": list(prepared.verdicts),
            "digest": self._digests.of(visit.sender_id, "text", text),
        }
        return _turn(visit, prepared.text, metadata)


def _turn(visit: Visit, text: str, metadata: dict[str, Any], message_id: str = "") -> Turn:
    return Turn(visit.sender_id, message_id or visit.message_id, text, metadata, opening=True)
