"""Whether a domain is empty is known after the first look."""

from __future__ import annotations

import pytest
from rasa.shared.core.domain import Domain

from bot.channels.trimmed import domains


@pytest.mark.parametrize(("content", "empty"), [({}, True), ({"intents": ["greet"]}, False)])
def test_a_domain_is_compared_once(monkeypatch: pytest.MonkeyPatch, content: dict[str, list[str]], empty: bool) -> None:
    monkeypatch.setattr(Domain, "is_empty", Domain.is_empty)
    domains.install()
    domain = Domain.from_dict(content)
    assert domain.is_empty() is empty

    def again() -> Domain:
        raise AssertionError("compared a second time")

    monkeypatch.setattr(Domain, "empty", again)
    assert domain.is_empty() is empty
