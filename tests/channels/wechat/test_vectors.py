"""Signatures and ciphertexts printed in public documents and test suites, byte for byte."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from bot.channels.wechat.cipher import CipherError, MessageCipher
from bot.channels.wechat.signature import is_signed, sign
from bot.channels.wechat.xml_in import parse

VECTORS: list[dict[str, Any]] = json.loads(Path(__file__).with_name("vectors.json").read_text(encoding="utf-8"))
SIGNATURES = [vector for vector in VECTORS if "sig" in vector]
CIPHERTEXTS = [vector for vector in VECTORS if "encrypt" in vector]
SIGNED_CIPHERTEXTS = [vector for vector in CIPHERTEXTS if "msg_signature" in vector]


def identity(vector: dict[str, Any]) -> str:
    return str(vector["id"])


def test_all_vectors_are_used() -> None:
    assert " ".join(vector["id"] for vector in VECTORS) == "S1 S3 A2 A3 A5 A6 E1 S4 S5 A9 A10 S2 S6"
    assert (len(SIGNATURES), len(CIPHERTEXTS), len(SIGNED_CIPHERTEXTS)) == (6, 7, 6)
    assert len(SIGNATURES) + len(CIPHERTEXTS) == len(VECTORS)


@pytest.mark.parametrize("vector", SIGNATURES, ids=identity)
def test_signatures(vector: dict[str, Any]) -> None:
    parts = (vector["timestamp"], vector["nonce"])
    assert sign(vector["token"], *parts) == vector["sig"]
    assert is_signed(vector["sig"], vector["token"], *parts)
    other = vector["sig"][:-1] + ("e" if vector["sig"][-1] == "f" else "f")
    assert not is_signed(other, vector["token"], *parts)


@pytest.mark.parametrize("vector", SIGNED_CIPHERTEXTS, ids=identity)
def test_message_signatures(vector: dict[str, Any]) -> None:
    assert sign(vector["token"], vector["timestamp"], vector["nonce"], vector["encrypt"]) == vector["msg_signature"]


@pytest.mark.parametrize("vector", CIPHERTEXTS, ids=identity)
def test_decryption(vector: dict[str, Any]) -> None:
    cipher = MessageCipher(vector["encoding_aes_key"], vector["appid"])
    assert cipher.decrypt(vector["encrypt"]).decode() == vector["plain"]


@pytest.mark.parametrize("vector", CIPHERTEXTS, ids=identity)
def test_encryption(vector: dict[str, Any]) -> None:
    cipher = MessageCipher(vector["encoding_aes_key"], vector["appid"])
    assert cipher.encrypt(vector["plain"].encode(), vector["rand"].encode()) == vector["encrypt"]


@pytest.mark.parametrize("vector", CIPHERTEXTS, ids=identity)
def test_another_app_id_or_key_does_not_open_it(vector: dict[str, Any]) -> None:
    with pytest.raises(CipherError):
        MessageCipher(vector["encoding_aes_key"], "wx" + "0" * 16).decrypt(vector["encrypt"])
    other_key = base64.b64encode(bytes(range(32))).decode().rstrip("=")
    with pytest.raises(CipherError):
        MessageCipher(other_key, vector["appid"]).decrypt(vector["encrypt"])


def test_the_official_push_reads() -> None:
    [vector] = [vector for vector in VECTORS if vector["id"] == "A2"]
    assert parse(vector["plain"].encode()) == {
        "ToUserName": "gh_10f6c3c3ac5a",
        "FromUserName": "oyORnuP8q7ou2gfYjqLzSIWZf0rs",
        "CreateTime": "1409735668",
        "MsgType": "text",
        "Content": "abcdteT",
        "MsgId": "6054768590064713728",
    }
