"""The account the simulator plays, and what WeChat would send for it."""

from __future__ import annotations

import itertools
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from bot.channels.wechat.cipher import CipherError, MessageCipher
from bot.channels.wechat.signature import is_signed, sign
from bot.channels.wechat.xml_in import XmlError, parse
from bot.channels.wechat.xml_out import cdata

ACCOUNT = "gh_0123456789ab"
PERSON = "oSimulatedPerson000000000001"
_numbers = itertools.count(int(time.time() * 1000) << 16)


class BadAnswer(Exception):
    """The bot's answer is not what WeChat accepts; the message says in which way."""


@dataclass(frozen=True)
class Account:
    """Token, and in safe mode AES key and app id."""

    token: str
    aes_key: str = ""
    app_id: str = ""

    @property
    def cipher(self) -> MessageCipher | None:
        """What encrypts its messages; None in plain mode."""
        return MessageCipher(self.aes_key, self.app_id) if self.aes_key else None

    def delivery(self, xml: str, person: str = PERSON) -> tuple[str, bytes]:
        """Query and body of one delivery of a push; each delivery has its own timestamp, nonce and signature."""
        query = {**self._signed(), "openid": person}
        if not self.cipher:
            return urlencode(query), xml.encode()
        encrypted = self.cipher.encrypt(xml.encode())
        query["encrypt_type"] = "aes"
        query["msg_signature"] = sign(self.token, query["timestamp"], query["nonce"], encrypted)
        body = f"<xml><ToUserName>{cdata(ACCOUNT)}</ToUserName><Encrypt>{cdata(encrypted)}</Encrypt></xml>"
        return urlencode(query), body.encode()

    def verification(self, echo: str) -> str:
        """The query by which WeChat verifies the address."""
        return urlencode({**self._signed(), "echostr": echo})

    def shown(self, body: bytes, nonce: str) -> str | None:
        """The text a person would see; None for nothing. Raises BadAnswer."""
        if body in (b"", b"success"):
            return None
        try:
            fields = parse(body)
            if self.cipher:
                fields = parse(self._opened(fields, nonce))
        except (XmlError, CipherError, KeyError) as error:
            raise BadAnswer(f"the answer is not XML that WeChat accepts ({type(error).__name__} {error})") from error
        if fields.get("MsgType") != "text" or fields.get("FromUserName") != ACCOUNT:
            raise BadAnswer("the answer is no text from this account")
        if len(fields["Content"].encode()) > 2047:
            raise BadAnswer("the answer has more than 2,047 bytes")
        return fields["Content"]

    def _opened(self, fields: Mapping[str, str], nonce: str) -> bytes:
        parts = (fields["TimeStamp"], fields["Nonce"], fields["Encrypt"])
        if fields["Nonce"] != nonce or not is_signed(fields["MsgSignature"], self.token, *parts):
            raise BadAnswer("the answer is not signed as WeChat demands")
        assert self.cipher is not None
        return self.cipher.decrypt(fields["Encrypt"])

    def _signed(self) -> dict[str, str]:
        timestamp, nonce = str(int(time.time())), str(secrets.randbelow(10**10))
        return {"signature": sign(self.token, timestamp, nonce), "timestamp": timestamp, "nonce": nonce}


def push(kind: str, person: str = PERSON, **fields: str) -> str:
    """A push as XML. `kind` is the MsgType; everything but an event gets a new MsgId."""
    numbers = {} if kind == "event" else {"MsgId": str(next(_numbers))}
    named = {"ToUserName": ACCOUNT, "FromUserName": person, "MsgType": kind, **fields}
    texts = "".join(f"<{name}>{cdata(text)}</{name}>" for name, text in named.items())
    rest = {"CreateTime": str(int(time.time())), **numbers}
    return f"<xml>{texts}{''.join(f'<{name}>{text}</{name}>' for name, text in rest.items())}</xml>"
