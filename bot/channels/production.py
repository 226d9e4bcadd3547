"""What production mode (`BANSHI_MODE=production`) refuses: everything that is only good for trying out.

Every fault is one sentence that names the setting and never repeats a value.
"""

from __future__ import annotations

import math
import re
import stat
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

from bot.channels.settings import SettingsError, read_number, read_secret

_MODES = ("", "development", "production")
_LEAST_BITS = 85.0  # of a secret; 32 random hexadecimal digits have about 110 by this measure, one in 10,000 below 96
_WORDS = ("change.?me", "secret", "passw", "example", "default", "banshi", "qwert", "letmein", "admin", "abcdefgh")
# Written small, large or with one capital: in mixed letters a short word comes up in random secrets as well.
_WRITTEN = "|".join(f"{word}|{word.upper()}|{word.capitalize()}" for word in _WORDS)
_GUESSABLE = re.compile(rf"{_WRITTEN}|12345678|\b(?:test|TEST|Test)\b")
_HOSTS_HERE = {"", "localhost", "127.0.0.1", "::1"}
_SHORTEST_PASSWORD = 12


def is_production(environment: Mapping[str, str]) -> bool:
    """Whether `BANSHI_MODE` says so; raises SettingsError when it says something else."""
    mode = environment.get("BANSHI_MODE", "").strip().lower()
    if mode not in _MODES:
        raise SettingsError("BANSHI_MODE must be production or development.")
    return mode == "production"


def require_fit(environment: Mapping[str, str]) -> None:
    """In production mode, raise SettingsError with one sentence for each thing unfit for it; else do nothing."""
    if is_production(environment) and (faults := list(_faults(environment))):
        raise SettingsError("\n".join(["This is not fit for production:", *[f"- {fault}" for fault in faults]]))


def is_weak(secret: str) -> bool:
    """Whether a secret can be guessed: too few different characters, a word in it, or the same part again and again."""
    counts = Counter(secret)
    bits = -sum(count * math.log2(count / len(secret)) for count in counts.values())
    repeated = re.fullmatch(r"(.{1,16}?)\1+.{0,16}", secret) is not None
    runs = sum(one == other for one, other in pairwise(secret))
    return bits < _LEAST_BITS or repeated or runs > len(secret) / 3 or bool(_GUESSABLE.search(secret))


def _faults(environment: Mapping[str, str]) -> Iterator[str]:
    yield from _secret_faults(environment)
    yield from _wechat_faults(environment)
    yield from _limit_faults(environment)
    for name in ("BANSHI_DB", "BANSHI_REDIS_URL"):
        yield from _address_faults(name, environment.get(name, "").strip())
    for origin in environment.get("BANSHI_ORIGINS", "").split(","):
        if origin.strip().lower().startswith("http:"):
            yield "BANSHI_ORIGINS names a site without TLS: write https:// addresses only."


def _secret_faults(environment: Mapping[str, str]) -> Iterator[str]:
    if is_weak(read_secret(environment).decode()):
        yield "The secret can be guessed: write the output of `openssl rand -hex 32` to BANSHI_SECRET_FILE."
    file = environment.get("BANSHI_SECRET_FILE", "")
    if not environment.get("BANSHI_SECRET") and stat.S_IMODE(Path(file).stat().st_mode) & 0o077:
        yield "BANSHI_SECRET_FILE may be read by others than its owner: run `chmod 600` on it."


def _wechat_faults(environment: Mapping[str, str]) -> Iterator[str]:
    if not environment.get("BANSHI_WECHAT_TOKEN", "").strip():
        return
    if not environment.get("BANSHI_WECHAT_AES_KEY", "").strip():
        yield "WeChat runs in plain mode: switch on safe mode and set BANSHI_WECHAT_AES_KEY and BANSHI_WECHAT_APP_ID."
    if not read_number(environment, "BANSHI_WECHAT_WINDOW", 600, least=0):
        yield "BANSHI_WECHAT_WINDOW is 0, so an old message may be sent again: set 600 seconds."


def _limit_faults(environment: Mapping[str, str]) -> Iterator[str]:
    for name, default in (("BANSHI_RATE_SESSION", 30), ("BANSHI_RATE_ADDRESS", 600), ("BANSHI_WECHAT_RATE", 30)):
        if not read_number(environment, name, default, least=0):
            yield f"{name} is 0, so there is no limit: set {default}."
    if not read_number(environment, "BANSHI_RETENTION_DAYS", 30, least=0):
        yield "BANSHI_RETENTION_DAYS is 0, so conversations are kept for ever: set 30."


def _address_faults(name: str, address: str) -> Iterator[str]:
    try:
        parts = urlsplit(address)
        host, password = parts.hostname or "", parts.password or ""
    except ValueError:
        yield f"{name} is not an address."
        return
    if host in _HOSTS_HERE or address.startswith("sqlite"):
        return
    if len(password) < _SHORTEST_PASSWORD or _GUESSABLE.search(password):
        yield f"{name} leads to another machine with no password, a short or a guessable one."
