"""Settings of the channels, read from the environment; every mistake is one sentence.

| variable | meaning | default |
|---|---|---|
| `BANSHI_SECRET` or `BANSHI_SECRET_FILE` | what every key is derived from, 32 characters or more | none: required |
| `BANSHI_DB` | SQLAlchemy address of the conversations | `sqlite:///<BANSHI_VAR>/tracker.db` |
| `BANSHI_VAR` | folder of everything written at run time | `var` |
| `BANSHI_ORIGINS` | web origins allowed besides the server's own, separated by commas | none |
| `BANSHI_SESSION_SECONDS` | how long a session lasts after it was last used | 86400 |
| `BANSHI_SESSION_LONGEST` | how long a session lasts at most, however much it is used | 604800 |
| `BANSHI_TURN_SECONDS` | how long a person waits for an answer before 503 | 10 |
| `BANSHI_RATE_SESSION` | requests per minute and session; 0 switches the limit off | 30 |
| `BANSHI_RATE_ADDRESS` | requests per minute and network address; 0 switches the limit off | 600 |
| `BANSHI_PROXIES` | reverse proxies in front whose `X-Forwarded-For` is believed | 0 |
| `BANSHI_REDIS_URL` | Redis shared by several Rasa servers: limits, choices, answers given | none: this process |
| `BANSHI_RETENTION_DAYS` | conversations are deleted so many days after their last message; 0: never | 30 |
| `BANSHI_MODE` | `production` refuses what is only good for trying out (`bot.channels.production`) | none |
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

SHORTEST_SECRET = 32
REDIS_URL = re.compile(r"(?:rediss?|unix)://\S+")
_ORIGIN = re.compile(r"https?://[a-z0-9.\-]+(?::[0-9]{1,5})?|https?://\[[0-9a-f:]+\](?::[0-9]{1,5})?")


class SettingsError(ValueError):
    """A setting is missing or wrong; the message is one sentence for the person who starts the server."""


@dataclass(frozen=True)
class ChannelSettings:
    """What the website channel needs to know. Times in seconds, rates in requests per minute (0: no limit)."""

    secret: bytes = field(repr=False)
    origins: frozenset[str] = frozenset()
    session_seconds: int = 86_400
    turn_seconds: float = 10.0
    rate_session: int = 30
    rate_address: int = 600
    proxies: int = 0
    redis_url: str = field(default="", repr=False)  # it may hold a password
    retention_days: int = 30
    session_longest: int = 7 * 86_400

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> ChannelSettings:
        """Read the variables listed above; raises SettingsError at the first that is missing or wrong."""
        return cls(
            secret=read_secret(environment),
            origins=_origins(environment.get("BANSHI_ORIGINS", "")),
            session_seconds=read_number(environment, "BANSHI_SESSION_SECONDS", 86_400, least=60),
            session_longest=read_number(environment, "BANSHI_SESSION_LONGEST", 7 * 86_400, least=60),
            turn_seconds=read_number(environment, "BANSHI_TURN_SECONDS", 10, least=1),
            rate_session=read_number(environment, "BANSHI_RATE_SESSION", 30, least=0),
            rate_address=read_number(environment, "BANSHI_RATE_ADDRESS", 600, least=0),
            proxies=read_number(environment, "BANSHI_PROXIES", 0, least=0),
            redis_url=read_address(environment, "BANSHI_REDIS_URL", REDIS_URL, "redis://127.0.0.1:6379/0"),
            retention_days=read_number(environment, "BANSHI_RETENTION_DAYS", 30, least=0),
        )


def database_address(environment: Mapping[str, str]) -> str:
    """SQLAlchemy address of the database that holds the conversations."""
    return environment.get("BANSHI_DB") or f"sqlite:///{Path(environment.get('BANSHI_VAR') or 'var') / 'tracker.db'}"


def read_secret(environment: Mapping[str, str]) -> bytes:
    """The secret as bytes; raises SettingsError when it is missing, unreadable or shorter than 32 characters."""
    secret, file = environment.get("BANSHI_SECRET", ""), environment.get("BANSHI_SECRET_FILE", "")
    if not secret and file:
        try:
            secret = Path(file).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(f"BANSHI_SECRET_FILE names {file}, which cannot be read: {error}.") from error
    if not secret:
        raise SettingsError(
            "There is no secret to sign sessions with: set BANSHI_SECRET, or BANSHI_SECRET_FILE, "
            f"to at least {SHORTEST_SECRET} random characters."
        )
    if len(secret) < SHORTEST_SECRET:
        raise SettingsError(
            f"The secret has {len(secret)} characters and needs at least {SHORTEST_SECRET}: "
            "set a longer BANSHI_SECRET, for instance the output of `openssl rand -hex 32`."
        )
    return secret.encode("utf-8")


def _origins(text: str) -> frozenset[str]:
    origins = [origin.strip().rstrip("/").lower() for origin in text.split(",") if origin.strip()]
    for origin in origins:
        if not _ORIGIN.fullmatch(origin):
            raise SettingsError(
                f"BANSHI_ORIGINS contains {origin!r}, which is not an origin such as https://www.example.gov.cn."
            )
    return frozenset(origins)


def read_number(environment: Mapping[str, str], name: str, default: int, *, least: int) -> int:
    """The whole number a variable holds, or the default; raises SettingsError when it is none or below `least`."""
    text = environment.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit()) or int(text) < least:
        raise SettingsError(f"{name} is {text!r}, but must be a whole number of at least {least}.")
    return int(text)


def read_address(environment: Mapping[str, str], name: str, pattern: re.Pattern[str], example: str) -> str:
    """The address a variable holds, or an empty text; raises SettingsError when it is none, without repeating it."""
    text = environment.get(name, "").strip()
    if text and not pattern.fullmatch(text):
        raise SettingsError(f"{name} is not an address such as {example}.")
    return text
