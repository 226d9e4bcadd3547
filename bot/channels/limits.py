"""Token buckets in this process, and whose requests are counted together (`shared_limits` counts over several)."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from math import ceil

_MOST_BUCKETS = 50_000  # about 10 MB; the least recently used are forgotten first


class RateLimit:
    """`per_minute` requests a minute for each key, all of them at once if nothing came before; 0 means no limit."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._burst = float(per_minute)
        self._per_second = per_minute / 60
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()  # key → (tokens left, when)

    def wait(self, key: str) -> int:
        """Take one request from the key's bucket: 0 when it may go on, else the whole seconds to wait."""
        if not self._burst:
            return 0
        now = self._clock()
        tokens, then = self._buckets.pop(key, (self._burst, now))
        tokens = min(self._burst, tokens + (now - then) * self._per_second)
        allowed = tokens >= 1
        self._buckets[key] = (tokens - 1 if allowed else tokens, now)
        if len(self._buckets) > _MOST_BUCKETS:
            self._buckets.popitem(last=False)
        return 0 if allowed else max(1, ceil((1 - tokens) / self._per_second))

    def forget(self, key: str) -> None:
        """Drop what is remembered of a key."""
        self._buckets.pop(key, None)


def address_key(address: str) -> str:
    """The part of an address one subscriber cannot change at will: IPv4 whole, IPv6 its first 64 bits."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return parsed.exploded[:19]
    return str(parsed)


def client_address(peer: str, forwarded: str, proxies: int) -> str:
    """Who is asking: the peer, or behind `proxies` trusted proxies the entry of X-Forwarded-For the outermost wrote."""
    if not proxies:
        return peer
    hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
    return hops[-proxies] if len(hops) >= proxies else peer
