"""Is this request WeChat's? Opens pushes and seals answers, in plain and in safe mode.

The plain signature does not cover the body: whoever sees one signed address can send any body to it. So once an
AES key is configured a push that is not encrypted is refused, whatever else is right about it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl

from bot.channels.wechat.cipher import CipherError, MessageCipher
from bot.channels.wechat.settings import WechatSettings
from bot.channels.wechat.signature import is_signed, sign
from bot.channels.wechat.xml_in import XmlError, parse
from bot.channels.wechat.xml_out import encrypted_answer

Fields = dict[str, str]


class Forbidden(Exception):
    """The request is not WeChat's. `reason` is for the log; a client never sees it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Opened:
    """A verified push: its fields (None when WeChat's own body makes no sense) and the nonce the answer repeats."""

    fields: Fields | None
    nonce: str


class Envelope:
    """Checks and opens what comes in, and seals what goes out."""

    def __init__(self, settings: WechatSettings, clock: Callable[[], float] = time.time) -> None:
        self._token = settings.token
        self._window = settings.window
        self._clock = clock
        self._cipher = MessageCipher(settings.aes_key, settings.app_id) if settings.safe_mode else None

    def echo(self, query: str) -> str:
        """What to answer when WeChat verifies the address: `echostr` verbatim. Raises Forbidden."""
        arguments = self._arguments(query)
        self._check(arguments, "signature")
        return _argument(arguments, "echostr")

    def open(self, query: str, body: bytes) -> Opened:
        """The fields of a push. Raises Forbidden, without a hint why, when it is not WeChat's."""
        arguments = self._arguments(query)
        nonce = _argument(arguments, "nonce")
        if self._cipher is None:
            self._check(arguments, "signature")
            return Opened(_fields(body), nonce)
        if arguments.get("encrypt_type") != "aes":
            raise Forbidden("not encrypted")
        outer = _fields(body)
        if not outer or not outer.get("Encrypt"):
            raise Forbidden("no Encrypt")
        self._check(arguments, "msg_signature", outer["Encrypt"])
        try:
            return Opened(_fields(self._cipher.decrypt(outer["Encrypt"])), nonce)
        except CipherError as error:
            raise Forbidden("cannot be decrypted") from error

    def seal(self, answer: str, nonce: str) -> str:
        """The answer as WeChat expects it: encrypted and signed in safe mode, else as it is."""
        if self._cipher is None:
            return answer
        timestamp = str(int(self._clock()))
        encrypted = self._cipher.encrypt(answer.encode())
        return encrypted_answer(encrypted, sign(self._token, timestamp, nonce, encrypted), timestamp, nonce)

    def _arguments(self, query: str) -> dict[str, str]:
        """The query's arguments, each at most once, signed recently enough."""
        try:
            pairs = parse_qsl(query, keep_blank_values=True, errors="strict", max_num_fields=50)
        except ValueError as error:
            raise Forbidden("query") from error
        arguments = dict(pairs)
        if len(arguments) != len(pairs):
            raise Forbidden("an argument twice")
        timestamp = _argument(arguments, "timestamp")
        if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
            raise Forbidden("timestamp")
        if self._window and abs(self._clock() - int(timestamp)) > self._window:
            raise Forbidden("too old or ahead of time")
        return arguments

    def _check(self, arguments: dict[str, str], name: str, *more: str) -> None:
        parts = (_argument(arguments, "timestamp"), _argument(arguments, "nonce"), *more)
        if not is_signed(_argument(arguments, name), self._token, *parts):
            raise Forbidden(name)


def _argument(arguments: dict[str, str], name: str) -> str:
    value = arguments.get(name)
    if not value:
        raise Forbidden(f"no {name}")
    return value


def _fields(body: bytes) -> Fields | None:
    try:
        return parse(body)
    except XmlError:
        return None
