"""WeChat's side of the conversation: deliver, wait 5 seconds, deliver again, at most three times."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from urllib.parse import parse_qs

from bot.channels.wechat.simulator.account import PERSON, Account, BadAnswer

DELIVERIES = 3
SECONDS = 5.0
OUT_OF_SERVICE = "该公众号提供的服务出现故障，请稍后再试"
_WITHOUT_PROXY = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass(frozen=True)
class Seen:
    """What the person sees (None: nothing), after how many deliveries and seconds, and why not, if so."""

    text: str | None
    deliveries: int
    seconds: float
    trouble: str = ""


class WechatServer:
    """Plays WeChat towards the bot at `address` (`http://127.0.0.1:5005/webhooks/wechat`)."""

    def __init__(self, address: str, account: Account) -> None:
        self._address = address
        self._account = account

    def verify(self) -> bool:
        """Whether the bot proves that it knows the token."""
        echo = str(time.time_ns())
        try:
            return self._open(self._account.verification(echo)) == echo.encode()
        except OSError:
            return False

    def send(self, xml: str, person: str = PERSON) -> Seen:
        """Deliver a push until it is answered or given up."""
        started, trouble = time.monotonic(), ""
        for delivery in range(1, DELIVERIES + 1):
            try:
                text = self.deliver(xml, person)
                return Seen(text, delivery, time.monotonic() - started, trouble)
            except (OSError, BadAnswer) as error:
                trouble = f"{type(error).__name__}: {error}"
        return Seen(OUT_OF_SERVICE, DELIVERIES, time.monotonic() - started, trouble)

    def deliver(self, xml: str, person: str = PERSON) -> str | None:
        """Deliver a push once; the text shown. Raises OSError or BadAnswer."""
        query, body = self._account.delivery(xml, person)
        answer = self._open(query, body)
        return self._account.shown(answer, parse_qs(query)["nonce"][0])

    def _open(self, query: str, body: bytes | None = None) -> bytes:
        headers = {"content-type": "text/xml"} if body else {}
        request = urllib.request.Request(f"{self._address}?{query}", body, headers)
        with _WITHOUT_PROXY.open(request, timeout=SECONDS) as response:
            answer: bytes = response.read()
            return answer
