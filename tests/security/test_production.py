"""Production mode refuses what is only good for trying out, and says so without repeating a secret."""

from __future__ import annotations

import secrets
from pathlib import Path

import pytest
from rasa.shared.exceptions import RasaException

from bot.channels.production import is_weak, require_fit
from bot.channels.settings import ChannelSettings, SettingsError
from bot.channels.website import WebsiteChannel
from bot.channels.wechat.channel import WechatChannel
from bot.channels.wechat.settings import WechatSettings

STRONG = secrets.token_hex(32)
GOOD = {"BANSHI_MODE": "production", "BANSHI_SECRET": STRONG}
WECHAT = {"BANSHI_WECHAT_TOKEN": "tokenofthetests"}
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"


def test_what_is_fit() -> None:
    require_fit(GOOD)
    require_fit({**GOOD, **WECHAT, "BANSHI_WECHAT_AES_KEY": AES_KEY, "BANSHI_WECHAT_APP_ID": "wx01"})
    require_fit({**GOOD, "BANSHI_ORIGINS": "https://www.example.gov.cn", "BANSHI_REDIS_URL": "redis://127.0.0.1/0"})
    require_fit({**GOOD, "BANSHI_DB": f"postgresql://banshi:{STRONG}@db.internal/banshi"})


@pytest.mark.parametrize(
    "weak",
    [
        "s" * 64,
        "0123456789abcdef" * 4,
        "change-me-change-me-change-me-change-me",
        "my-very-secret-key-for-this-application-1",
        "MY-KEY-FOR-THIS-TEST-WITH-32-CHARACTERS",
        "aaaabbbbccccddddeeeeffffgggghhhh",
        "1234567890" * 4,
        "banshi" * 8,
        "00000000000000000000000000000001",
    ],
)
def test_weak_secrets(weak: str) -> None:
    assert is_weak(weak)
    require_fit({"BANSHI_SECRET": weak})  # fine for trying out
    with pytest.raises(SettingsError, match="The secret can be guessed") as caught:
        require_fit({**GOOD, "BANSHI_SECRET": weak})
    assert weak not in str(caught.value)


def test_random_secrets_are_never_called_weak() -> None:
    assert not is_weak("7d64aa0ddddd449c0a44fda404ead7bc")  # as uneven as one in 10,000
    for _ in range(500):
        assert not is_weak(secrets.token_hex(32))
        assert not is_weak(secrets.token_hex(16))
        assert not is_weak(secrets.token_urlsafe(32))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"BANSHI_RATE_SESSION": "0"}, "BANSHI_RATE_SESSION is 0, so there is no limit: set 30."),
        ({"BANSHI_RATE_ADDRESS": "0"}, "BANSHI_RATE_ADDRESS is 0"),
        ({"BANSHI_WECHAT_RATE": "0"}, "BANSHI_WECHAT_RATE is 0"),
        ({"BANSHI_RETENTION_DAYS": "0"}, "BANSHI_RETENTION_DAYS is 0, so conversations are kept for ever: set 30."),
        ({"BANSHI_ORIGINS": "https://a.example,http://b.example"}, "BANSHI_ORIGINS names a site without TLS"),
        (WECHAT, "WeChat runs in plain mode"),
        ({**WECHAT, "BANSHI_WECHAT_AES_KEY": AES_KEY, "BANSHI_WECHAT_WINDOW": "0"}, "BANSHI_WECHAT_WINDOW is 0"),
        ({"BANSHI_DB": "postgresql://banshi:hunter2@db.internal/x"}, "BANSHI_DB leads to another machine with no pass"),
        ({"BANSHI_DB": "postgresql://db.internal/x"}, "BANSHI_DB leads to another machine"),
        ({"BANSHI_REDIS_URL": "redis://cache.internal:6379/0"}, "BANSHI_REDIS_URL leads to another machine"),
        ({"BANSHI_DB": "postgresql://[::1/x"}, "BANSHI_DB is not an address"),
    ],
)
def test_what_is_not_fit(changed: dict[str, str], sentence: str) -> None:
    require_fit({**GOOD, **changed, "BANSHI_MODE": "development"})
    with pytest.raises(SettingsError) as caught:
        require_fit({**GOOD, **changed})
    said = str(caught.value)
    assert sentence in said
    assert said.splitlines()[0] == "This is not fit for production:"
    for value in (STRONG, "hunter2", AES_KEY, "tokenofthetests"):
        assert value not in said


def test_all_faults_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        require_fit({"BANSHI_MODE": "production", "BANSHI_SECRET": "s" * 32, "BANSHI_RATE_SESSION": "0", **WECHAT})
    assert len(str(caught.value).splitlines()) == 4


def test_a_missing_secret_and_an_unknown_mode() -> None:
    with pytest.raises(SettingsError, match="There is no secret"):
        require_fit({"BANSHI_MODE": "production"})
    with pytest.raises(SettingsError, match="BANSHI_MODE must be production or development"):
        require_fit({"BANSHI_SECRET": STRONG, "BANSHI_MODE": "prod"})


def test_a_secret_file_others_may_read(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text(STRONG)
    environment = {"BANSHI_MODE": "production", "BANSHI_SECRET_FILE": str(file)}
    file.chmod(0o644)
    with pytest.raises(SettingsError, match="BANSHI_SECRET_FILE may be read by others"):
        require_fit(environment)
    file.chmod(0o600)
    require_fit(environment)


@pytest.mark.parametrize("channel", [WebsiteChannel, WechatChannel])
def test_rasa_does_not_start(channel: type[WebsiteChannel], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BANSHI_MODE", "production")
    monkeypatch.setenv("BANSHI_SECRET", "s" * 40)
    with pytest.raises(RasaException, match="The secret can be guessed"):
        channel.from_credentials(None)


def test_settings_never_show_a_secret() -> None:
    website = ChannelSettings(STRONG.encode(), redis_url="redis://:pass-of-redis@cache/0")
    account = WechatSettings(
        STRONG.encode(), "tokenofthetests", AES_KEY, "wx01", "app-secret-1", redis_url="redis://:p4@h"
    )
    for shown in (repr(website), repr(account)):
        for value in (STRONG, "pass-of-redis", "tokenofthetests", AES_KEY, "app-secret-1", "p4"):
            assert value not in shown
