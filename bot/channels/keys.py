"""Keys derived from the one secret, and keyed digests of what a person sent."""

from __future__ import annotations

import hashlib
import hmac

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def derive(secret: bytes, purpose: str, length: int = 32, channel: str = "website") -> bytes:
    """A key of `length` bytes for one purpose of one channel."""
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=f"banshi {channel} {purpose}".encode()).derive(
        secret
    )


class Digests:
    """Keyed digests that tell whether two requests carry the same text without keeping it."""

    def __init__(self, secret: bytes, channel: str = "website") -> None:
        self._key = derive(secret, "digest v1", channel=channel)

    def of(self, sender_id: str, kind: str, content: str) -> str:
        """32 hexadecimal characters for the content of one request."""
        parts = "\0".join((sender_id, kind, content)).encode("utf-8", "surrogatepass")
        return hmac.new(self._key, parts, hashlib.sha256).hexdigest()[:32]
