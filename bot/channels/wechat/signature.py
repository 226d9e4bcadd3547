"""WeChat's signature: SHA-1 over the token and the other parts, sorted as bytes and joined."""

from __future__ import annotations

import hashlib
import hmac


def sign(token: str, *parts: str) -> str:
    """40 lower-case hexadecimal digits; raises ValueError for an empty token, which would let anybody sign."""
    if not token:
        raise ValueError("there is no token to sign with")
    joined = b"".join(sorted(part.encode("utf-8", "surrogatepass") for part in (token, *parts)))
    return hashlib.sha1(joined, usedforsecurity=False).hexdigest()


def is_signed(signature: str, token: str, *parts: str) -> bool:
    """Whether the signature is that of the parts, compared in constant time; never with an empty token."""
    if not token:
        return False
    return hmac.compare_digest(signature.encode("utf-8", "surrogatepass"), sign(token, *parts).encode())
