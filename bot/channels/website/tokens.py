"""Signed session tokens and sealed choice tokens; every key is derived from the one secret.

A session token is 34 bytes (version, 16 random bytes of the sender id, begun, expires, language) and their
HMAC-SHA256. A choice token is AES-SIV (RFC 5297) over the payload with the sender id as associated data: another
session's token does not open, and the same choice seals to the same token, so a repeated or restored reply equals the
first one.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import secrets
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from bot.channels.keys import derive
from bot.channels.sentences import Language

_FORMAT = struct.Struct(">B16sQQB")  # 34 bytes; with the MAC 66, which is base64 without padding
_VERSION = 1
_LANGUAGES: tuple[Language | None, ...] = (None, "zh", "en")
_PREFIX = "web:"
_LONGEST_CHOICE = 4_096


class TokenError(ValueError):
    """A token is missing, malformed, forged, expired or another session's; deliberately says no more."""


@dataclass(frozen=True)
class Session:
    """Who is speaking. `begun` and `expires` are in seconds since 1970, `language` what the client asked for first."""

    sender_id: str
    begun: int
    expires: int
    language: Language | None


@dataclass(frozen=True)
class OpenedChoice:
    """What a client chose: the internal payload, the title the person saw, and its language."""

    payload: str
    title: str
    language: Language


class SessionTokens:
    """Issues, checks and renews session tokens: each lasts `seconds`, a session with all its tokens `longest`."""

    def __init__(
        self, secret: bytes, seconds: int, clock: Callable[[], float] = time.time, longest: int | None = None
    ) -> None:
        self._key = derive(secret, "session v1")
        self._seconds = seconds
        self._longest = max(seconds, longest or 0)
        self._clock = clock

    def issue(self, language: Language | None) -> tuple[str, Session]:
        """A token for a new, random sender id."""
        begun = int(self._clock())
        session = Session(_sender_id(secrets.token_bytes(16)), begun, begun + self._seconds, language)
        return self._token(session), session

    def renewed(self, session: Session) -> tuple[str, int] | None:
        """A token of the same session that lasts longer, and its seconds; None while it is not worth it, or too old.

        Worth it is a twenty-fourth of a token's life: an hour of a day.
        """
        now = int(self._clock())
        expires = min(now + self._seconds, session.begun + self._longest)
        if expires - session.expires < max(1, self._seconds // 24):
            return None
        return self._token(replace(session, expires=expires)), expires - now

    def check(self, token: str) -> Session:
        """The session of a token; raises TokenError unless this server issued it and it has not expired."""
        raw = _decode(token)
        body, mac = raw[: _FORMAT.size], raw[_FORMAT.size :]
        if len(body) != _FORMAT.size or not hmac.compare_digest(mac, self._mac(body)):
            raise TokenError
        version, identity, begun, expires, language = _FORMAT.unpack(body)
        if version != _VERSION or min(expires, begun + self._longest) <= self._clock():
            raise TokenError
        return Session(_sender_id(identity), begun, expires, _LANGUAGES[language])

    def _token(self, session: Session) -> str:
        identity = bytes.fromhex(session.sender_id.removeprefix(_PREFIX))
        language = _LANGUAGES.index(session.language)
        body = _FORMAT.pack(_VERSION, identity, session.begun, session.expires, language)
        return _encode(body + self._mac(body))

    def _mac(self, body: bytes) -> bytes:
        return hmac.new(self._key, body, hashlib.sha256).digest()


class ChoiceTokens:
    """Seals the internal payloads of choices and opens what comes back."""

    def __init__(self, secret: bytes) -> None:
        self._cipher = AESSIV(derive(secret, "choice v1", 64))

    def seal(self, sender_id: str, choice: OpenedChoice) -> str:
        """An opaque token for one choice, of use to this sender alone."""
        body = json.dumps([choice.payload, choice.title, choice.language], ensure_ascii=False).encode()
        return _encode(self._cipher.encrypt(body, [sender_id.encode()]))

    def open(self, sender_id: str, token: str) -> OpenedChoice:
        """What the token stands for; raises TokenError when it was not sealed for this sender by this secret."""
        if len(token) > _LONGEST_CHOICE:
            raise TokenError
        try:
            body = self._cipher.decrypt(_decode(token), [sender_id.encode()])
        except (InvalidTag, ValueError) as error:
            raise TokenError from error
        return OpenedChoice(*json.loads(body))


def _sender_id(identity: bytes) -> str:
    return _PREFIX + identity.hex()


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _decode(token: str) -> bytes:
    """The bytes of a token; only the one spelling that `_encode` gives is accepted."""
    try:
        raw = base64.b64decode(token.encode("ascii") + b"=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (UnicodeEncodeError, binascii.Error) as error:
        raise TokenError from error
    if _encode(raw) != token:
        raise TokenError
    return raw
