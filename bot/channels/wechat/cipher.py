"""WeChat's safe mode: AES-256-CBC over 16 random bytes, the length, the message and the app id, padded to 32 bytes."""

from __future__ import annotations

import base64
import binascii
import hmac
import secrets
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_BLOCK = 16
_PADDED_TO = 32
_RANDOM = 16
_LENGTH = struct.Struct(">I")  # bytes of the message


class CipherError(ValueError):
    """A text cannot be decrypted, or was not encrypted for this account; deliberately says no more."""


class MessageCipher:
    """Encrypts and decrypts the messages of one account."""

    def __init__(self, encoding_aes_key: str, app_id: str) -> None:
        """`encoding_aes_key` is the EncodingAESKey, 43 characters of base64 whose last bits may be anything."""
        key = base64.b64decode(encoding_aes_key + "=")
        if len(key) != 32 or not app_id:
            raise ValueError("an EncodingAESKey of 43 characters and an app id are needed")
        self._cipher = Cipher(algorithms.AES(key), modes.CBC(key[:_BLOCK]))
        self._app_id = app_id.encode()

    def encrypt(self, message: bytes, random: bytes | None = None) -> str:
        """Base64 of the encrypted message; `random` are the 16 leading bytes, drawn anew unless given."""
        head = random or secrets.token_bytes(_RANDOM)
        plain = head + _LENGTH.pack(len(message)) + message + self._app_id
        padding = _PADDED_TO - len(plain) % _PADDED_TO
        encryptor = self._cipher.encryptor()
        return base64.b64encode(encryptor.update(plain + bytes([padding]) * padding) + encryptor.finalize()).decode()

    def decrypt(self, encrypted: str) -> bytes:
        """The message; raises CipherError unless every byte is as this account's encryption leaves it."""
        try:
            raw = base64.b64decode(encrypted.strip().encode("ascii"), validate=True)
        except (UnicodeEncodeError, binascii.Error) as error:
            raise CipherError from error
        if not raw or len(raw) % _BLOCK:
            raise CipherError
        decryptor = self._cipher.decryptor()
        plain = _unpadded(decryptor.update(raw) + decryptor.finalize())
        start = _RANDOM + _LENGTH.size
        if len(plain) < start:
            raise CipherError
        end = start + _LENGTH.unpack_from(plain, _RANDOM)[0]
        if end > len(plain) or not hmac.compare_digest(plain[end:], self._app_id):
            raise CipherError
        return plain[start:end]


def _unpadded(plain: bytes) -> bytes:
    padding = plain[-1]
    if not 1 <= padding <= _PADDED_TO or plain[-padding:] != bytes([padding]) * padding:
        raise CipherError
    return plain[:-padding]
