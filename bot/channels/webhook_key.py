"""The key Rasa shows the action server at every call, so that nobody else in the network may call it.

Both servers derive it from the one secret (`BANSHI_SECRET`): there is nothing more to set, and it opens nothing else.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping

from bot.channels.production import is_production, is_weak
from bot.channels.settings import SettingsError, read_secret

HEADER = "X-Banshi-Key"
_PURPOSE = b"banshi action server webhook v1"
_LOOPBACK = ("", "127.0.0.1", "localhost", "::1")


def webhook_key(environment: Mapping[str, str], host: str = "127.0.0.1") -> str:
    """64 hexadecimal characters, or an empty text where there is no secret: on loopback, outside of production.

    Raises SettingsError when the secret is missing in production or for a `host` others can reach, too short, or, in
    production, weak.
    """
    if not environment.get("BANSHI_SECRET") and not environment.get("BANSHI_SECRET_FILE"):
        if is_production(environment) or host not in _LOOPBACK:
            raise SettingsError(
                "The action server would answer anybody: set BANSHI_SECRET or BANSHI_SECRET_FILE, the same as Rasa's."
            )
        return ""
    secret = read_secret(environment)
    if is_production(environment) and is_weak(secret.decode()):
        raise SettingsError(
            "The secret can be guessed: write the output of `openssl rand -hex 32` to BANSHI_SECRET_FILE."
        )
    return hmac.new(secret, _PURPOSE, hashlib.sha256).hexdigest()


def opens(given: str | None, key: str) -> bool:
    """Whether what a caller sent is the key, in a time that tells nothing about it; without a key everything is."""
    return not key or hmac.compare_digest((given or "").encode("utf-8", "surrogatepass"), key.encode())
