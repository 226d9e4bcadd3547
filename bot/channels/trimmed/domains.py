"""Rasa asks at every message whether its domain is empty, and builds an empty one to compare it with."""

from __future__ import annotations

from rasa.shared.core.domain import Domain

_compared = Domain.is_empty


def install() -> None:
    """Let a domain be compared once: nothing changes it while it is served. A second call changes nothing."""
    Domain.is_empty = _is_empty


def _is_empty(domain: Domain) -> bool:
    known = vars(domain)
    if "_banshi_is_empty" not in known:
        known["_banshi_is_empty"] = _compared(domain)
    empty: bool = known["_banshi_is_empty"]
    return empty
