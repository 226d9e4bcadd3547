"""Signed session tokens and sealed choice tokens; every key is derived from the one secret.

A session token is 34 bytes (version, 16 random bytes of the sender id, issued, expires, language) and their
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
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from bot.channels.keys import derive
from bot.channels.sentences import Language

_FORMAT = struct.Struct(">B16sQQB")  # 34 bytes; with the MAC 66, which is base64 without padding
_VERSION = 1
_LANGUAGES: tuple[Language | None, ...] = (None, "zh", "en")
_LONGEST_CHOICE = 4_096


class TokenError(ValueError):
    """A token is missing, malformed, forged, expired or another session's; deliberately says no more."""


@dataclass(frozen=True)
class Session:
    """Who is speaking. `expires` is in seconds since 1970, `language` what the client asked for at the start."""

    sender_id: str
    expires: int
    language: Language | None


@dataclass(frozen=True)
class OpenedChoice:
    """What a client chose: the internal payload, the title the person saw, and its language."""

    payload: str
    title: str
    language: Language


class SessionTokens:
    """Issues and checks session tokens."""

    def __init__(self, secret: bytes, seconds: int, clock: Callable[[], float] = time.time) -> None:
        self._key = derive(secret, "session v1")
        self._seconds = seconds
        self._clock = clock

    def issue(self, language: Language | None) -> tuple[str, Session]:
        """A token for a new, random sender id."""
        identity, issued = secrets.token_bytes(16), int(self._clock())
        expires = issued + self._seconds
        body = _FORMAT.pack(_VERSION, identity, issued, expires, _LANGUAGES.index(language))
        return _encode(body + self._mac(body)), Session(_sender_id(identity), expires, language)

    def check(self, token: str) -> Session:
        """The session of a token; raises TokenError unless this server issued it and it has not expired."""
        raw = _decode(token)
        body, mac = raw[: _FORMAT.size], raw[_FORMAT.size :]
        if len(body) != _FORMAT.size or not hmac.compare_digest(mac, self._mac(body)):
            raise TokenError
        version, identity, _issued, expires, language = _FORMAT.unpack(body)
        if version != _VERSION or expires <= self._clock():
            raise TokenError
        return Session(_sender_id(identity), expires, _LANGUAGES[language])

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
    return f"web:{identity.hex()}"


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
