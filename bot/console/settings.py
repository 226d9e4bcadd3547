"""What can be set about the console, each by one environment variable.

| variable | meaning | default |
|---|---|---|
| `BANSHI_CONSOLE_PORT` | the port on loopback; without it no console is started | none (`make run`: 5056) |
| `BANSHI_DB` | a PostgreSQL address; anything else leaves the console in `console.db` in `BANSHI_VAR` | SQLite |
| `BANSHI_CONSOLE_HOURS` | how long a session lasts at most | 10 |
| `BANSHI_CONSOLE_IDLE_MINUTES` | how long a session lasts without a request | 60 |
| `BANSHI_CONSOLE_QUEUE_DAYS` | questions of the queue are deleted so many days after they were done; 0: never | 90 |
| `BANSHI_CONSOLE_PAGE` | address of the page with the widget that links for callers lead to | the demo page |
| `BANSHI_CONSOLE_PROXIES` | addresses of trusted reverse proxies, separated by commas | none |
| `BANSHI_CONSOLE_SSO_HEADER` | header in which such a proxy names who signed in; off without it | none |
| `BANSHI_CONSOLE_SSO_SECRET` | what the proxy must send as `X-Banshi-Proxy-Secret`, at least 32 characters | none |
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from ipaddress import ip_address

from bot.errors import SettingError

DEFAULT_PORT = 5056
SHORTEST_SECRET = 32


@dataclass(frozen=True)
class SingleSignOn:
    """A trusted proxy names the person in ``header`` and proves itself with ``secret``."""

    header: str
    secret: str = field(repr=False)


@dataclass(frozen=True)
class ConsoleSettings:
    """See the table above."""

    port: int = 0
    lasts: timedelta = timedelta(hours=10)
    idle: timedelta = timedelta(minutes=60)
    queue_days: int = 90
    page: str = "http://127.0.0.1:5005/webhooks/website/demo"
    proxies: frozenset[str] = frozenset()
    single_sign_on: SingleSignOn | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> ConsoleSettings:
        """Read the variables. Raises SettingError at the first that is wrong."""
        website = environment.get("BANSHI_PORT") or "5005"
        proxies = frozenset(_addresses(environment.get("BANSHI_CONSOLE_PROXIES") or ""))
        return cls(
            port=_number(environment, "BANSHI_CONSOLE_PORT", 0, 65_535),
            lasts=timedelta(hours=_number(environment, "BANSHI_CONSOLE_HOURS", 10, 24 * 7) or 10),
            idle=timedelta(minutes=_number(environment, "BANSHI_CONSOLE_IDLE_MINUTES", 60, 24 * 60) or 60),
            queue_days=_queue_days(environment),
            page=environment.get("BANSHI_CONSOLE_PAGE") or f"http://127.0.0.1:{website}/webhooks/website/demo",
            proxies=proxies,
            single_sign_on=_single_sign_on(environment, proxies),
        )


def _number(environment: Mapping[str, str], name: str, default: int, most: int) -> int:
    written = environment.get(name) or str(default)
    if not written.isdecimal() or int(written) > most:
        raise SettingError(f"{name} is {written!r}; write a whole number up to {most}.")
    return int(written)


def _queue_days(environment: Mapping[str, str]) -> int:
    days = _number(environment, "BANSHI_CONSOLE_QUEUE_DAYS", 90, 3_650)
    if not days and environment.get("BANSHI_MODE", "").strip().lower() == "production":
        raise SettingError("BANSHI_CONSOLE_QUEUE_DAYS is 0, so questions are kept for ever: set 90.")
    return days


def _addresses(written: str) -> list[str]:
    named = [address.strip() for address in written.split(",") if address.strip()]
    for address in named:
        try:
            ip_address(address)
        except ValueError:
            raise SettingError(
                f"BANSHI_CONSOLE_PROXIES names {address!r}; write addresses such as 127.0.0.1."
            ) from None
    return named


def _single_sign_on(environment: Mapping[str, str], proxies: frozenset[str]) -> SingleSignOn | None:
    header = environment.get("BANSHI_CONSOLE_SSO_HEADER") or ""
    if not header:
        return None
    if not re.fullmatch(r"[A-Za-z0-9-]{1,64}", header):
        raise SettingError(f"BANSHI_CONSOLE_SSO_HEADER is {header!r}; write the name of a header.")
    secret = environment.get("BANSHI_CONSOLE_SSO_SECRET") or ""
    if len(secret) < SHORTEST_SECRET:
        raise SettingError(f"BANSHI_CONSOLE_SSO_SECRET needs at least {SHORTEST_SECRET} characters.")
    if not proxies:
        raise SettingError("Single sign-on needs BANSHI_CONSOLE_PROXIES: the address of the proxy that is trusted.")
    return SingleSignOn(header, secret)
