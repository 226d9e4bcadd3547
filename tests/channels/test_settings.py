"""Settings, and the sentence for each mistake."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.shared.exceptions import RasaException

from bot.channels.settings import ChannelSettings, SettingsError, database_address
from bot.channels.website import WebsiteChannel

GOOD = {"BANSHI_SECRET": "s" * 32}


def test_defaults() -> None:
    settings = ChannelSettings.from_environment(GOOD)
    assert settings == ChannelSettings(b"s" * 32, frozenset(), 86_400, 10, 30, 600, 0)
    assert "sss" not in repr(settings)


def test_everything_set(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("t" * 40 + "\n")
    settings = ChannelSettings.from_environment(
        {
            "BANSHI_SECRET_FILE": str(file),
            "BANSHI_ORIGINS": "https://www.example.gov.cn, http://LOCALHOST:8000/,",
            "BANSHI_SESSION_SECONDS": "3600",
            "BANSHI_TURN_SECONDS": "5",
            "BANSHI_RATE_SESSION": "0",
            "BANSHI_RATE_ADDRESS": "100",
            "BANSHI_PROXIES": "1",
        }
    )
    origins = frozenset({"https://www.example.gov.cn", "http://localhost:8000"})
    assert settings == ChannelSettings(b"t" * 40, origins, 3600, 5, 0, 100, 1)


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({}, "There is no secret to sign sessions with: set BANSHI_SECRET"),
        ({"BANSHI_SECRET": "short"}, "The secret has 5 characters and needs at least 32"),
        ({"BANSHI_SECRET_FILE": "/nowhere"}, "BANSHI_SECRET_FILE names /nowhere, which cannot be read"),
        ({**GOOD, "BANSHI_ORIGINS": "*"}, "BANSHI_ORIGINS contains '*'"),
        ({**GOOD, "BANSHI_ORIGINS": "www.example.gov.cn"}, "BANSHI_ORIGINS contains 'www.example.gov.cn'"),
        ({**GOOD, "BANSHI_ORIGINS": "https://example.cn/path"}, "is not an origin"),
        ({**GOOD, "BANSHI_RATE_SESSION": "-1"}, "BANSHI_RATE_SESSION is '-1'"),
        ({**GOOD, "BANSHI_TURN_SECONDS": "0"}, "BANSHI_TURN_SECONDS is '0', but must be a whole number of at least 1."),
        ({**GOOD, "BANSHI_SESSION_SECONDS": "a day"}, "BANSHI_SESSION_SECONDS is 'a day'"),
    ],
)
def test_mistakes(environment: dict[str, str], sentence: str) -> None:
    with pytest.raises(SettingsError) as caught:
        ChannelSettings.from_environment(environment)
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)


def test_rasa_refuses_to_start_without_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BANSHI_SECRET", "BANSHI_SECRET_FILE"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(RasaException, match="There is no secret"):
        WebsiteChannel.from_credentials(None)


def test_where_conversations_are_kept() -> None:
    assert database_address({}) == "sqlite:///var/tracker.db"
    assert database_address({"BANSHI_VAR": "/data/banshi"}) == "sqlite:////data/banshi/tracker.db"
    assert database_address({"BANSHI_DB": "postgresql://db/banshi"}) == "postgresql://db/banshi"
