import pytest

from actions.server import DEFAULT_PORT, key, port
from bot.errors import SettingError


@pytest.mark.parametrize(
    ("written", "expected"), [(None, DEFAULT_PORT), ("", DEFAULT_PORT), ("1", 1), ("65535", 65535)]
)
def test_the_port(monkeypatch: pytest.MonkeyPatch, written: str | None, expected: int) -> None:
    monkeypatch.delenv("BANSHI_ACTIONS_PORT", raising=False)
    if written is not None:
        monkeypatch.setenv("BANSHI_ACTIONS_PORT", written)
    assert port() == expected


@pytest.mark.parametrize("written", ["0", "65536", "-1", "http", "80.5", "５０５５x"])
def test_a_port_that_is_none_is_said_in_one_sentence(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("BANSHI_ACTIONS_PORT", written)
    with pytest.raises(SettingError, match=f"BANSHI_ACTIONS_PORT is {written}; write a port number between"):
        port()


def test_without_a_secret_only_loopback_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BANSHI_SECRET", "BANSHI_SECRET_FILE", "BANSHI_MODE", "SANIC_HOST"):
        monkeypatch.delenv(name, raising=False)
    assert key() == ""
    monkeypatch.setenv("SANIC_HOST", "0.0.0.0")
    with pytest.raises(SettingError, match="would answer anybody"):
        key()
    monkeypatch.setenv("BANSHI_SECRET", "0f8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c5b4a3928")
    assert len(key()) == 64
