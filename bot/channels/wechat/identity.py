"""An OpenID never leaves the channel: conversations, keys and logs know a keyed digest of it."""

from __future__ import annotations

import hashlib
import hmac
import uuid

from bot.channels.keys import derive


class Identities:
    """Sender ids and message ids of one installation; without its secret they lead back to nobody."""

    def __init__(self, secret: bytes) -> None:
        self._key = derive(secret, "sender v1", channel="wechat")

    def sender(self, open_id: str) -> str:
        """The conversation of a person: `wechat:` and 32 hexadecimal digits."""
        return f"wechat:{self._digest('sender', open_id)[:32]}"

    def message(self, key: str) -> str:
        """The id of a push as a canonical UUID; the same push has the same on every server."""
        return str(uuid.UUID(self._digest("message", key)[:32]))

    def _digest(self, kind: str, text: str) -> str:
        parts = f"{kind}\0{text}".encode("utf-8", "surrogatepass")
        return hmac.new(self._key, parts, hashlib.sha256).hexdigest()
