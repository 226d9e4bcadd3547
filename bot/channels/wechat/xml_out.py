"""Answers as XML: one text, safe inside CDATA, and the envelope of safe mode."""

from __future__ import annotations

import re

# What XML 1.0 cannot hold: control characters, surrogates without their partner, the two non-characters.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def text_answer(to: str, account: str, created: int, content: str) -> str:
    """The passive reply that shows `content`; `to` is the person, `created` in seconds since 1970."""
    return (
        f"<xml><ToUserName>{cdata(to)}</ToUserName><FromUserName>{cdata(account)}</FromUserName>"
        f"<CreateTime>{created}</CreateTime><MsgType>{cdata('text')}</MsgType><Content>{cdata(content)}</Content></xml>"
    )


def encrypted_answer(encrypted: str, signature: str, timestamp: str, nonce: str) -> str:
    """The envelope around an encrypted answer."""
    return (
        f"<xml><Encrypt>{cdata(encrypted)}</Encrypt><MsgSignature>{cdata(signature)}</MsgSignature>"
        f"<TimeStamp>{timestamp}</TimeStamp><Nonce>{cdata(nonce)}</Nonce></xml>"
    )


def cdata(text: str) -> str:
    """The text as CDATA that it cannot end early."""
    return "<![CDATA[" + legal(text).replace("]]>", "]]]]><![CDATA[>") + "]]>"


def legal(text: str) -> str:
    """The text without the characters XML cannot hold."""
    return _ILLEGAL.sub("", text)
