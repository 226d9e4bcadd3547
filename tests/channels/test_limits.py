"""Token buckets and whose they are."""

from __future__ import annotations

import pytest

from bot.channels.limits import RateLimit, address_key, client_address


def test_a_bucket_empties_and_fills() -> None:
    now = [0.0]
    limit = RateLimit(6, lambda: now[0])
    assert [limit.wait("a") for _ in range(7)] == [0] * 6 + [10]
    assert limit.wait("b") == 0
    now[0] = 4.0
    assert limit.wait("a") == 6
    now[0] = 10.0
    assert [limit.wait("a"), limit.wait("a")] == [0, 10]
    now[0] = 1000.0
    assert [limit.wait("a") for _ in range(7)] == [0] * 6 + [10]
    limit.forget("a")
    assert limit.wait("a") == 0


def test_no_limit() -> None:
    assert {RateLimit(0).wait("a") for _ in range(1000)} == {0}


def test_buckets_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.channels.limits._MOST_BUCKETS", 3)
    limit = RateLimit(1, lambda: 0.0)
    for key in "abcd":
        limit.wait(key)
    assert limit.wait("d") == 60
    assert limit.wait("a") == 0


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:0db8:0001:0002"),
        ("2001:db8:1:2::9", "2001:0db8:0001:0002"),
        ("nonsense", "nonsense"),
    ],
)
def test_keys(address: str, key: str) -> None:
    assert address_key(address) == key


@pytest.mark.parametrize(
    ("forwarded", "proxies", "who"),
    [
        ("", 0, "peer"),
        ("203.0.113.1", 0, "peer"),
        ("203.0.113.1", 1, "203.0.113.1"),
        ("1.1.1.1, 203.0.113.1", 1, "203.0.113.1"),
        ("1.1.1.1, 203.0.113.1, 10.0.0.1", 2, "203.0.113.1"),
        ("203.0.113.1", 2, "peer"),
        ("", 1, "peer"),
    ],
)
def test_only_trusted_proxies_are_believed(forwarded: str, proxies: int, who: str) -> None:
    assert client_address("peer", forwarded, proxies) == who
