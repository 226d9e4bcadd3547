"""Configured not at all, by half, or right."""

from __future__ import annotations

import logging

import pytest
from rasa.shared.exceptions import RasaException

from bot.channels.settings import SettingsError
from bot.channels.wechat.channel import WechatChannel
from bot.channels.wechat.settings import WechatSettings
from tests.channels.conftest import Client, ScriptedBot, serving_channels
from tests.channels.wechat.conftest import AES_KEY, APP_ID, PLAIN, SAFE, TOKEN, SlowBot, wechat_for

GOOD = {"BANSHI_SECRET": "s" * 32, "BANSHI_WECHAT_TOKEN": TOKEN}
SAFE_MODE = {**GOOD, "BANSHI_WECHAT_AES_KEY": AES_KEY, "BANSHI_WECHAT_APP_ID": APP_ID}
NAMES = ("TOKEN", "AES_KEY", "APP_ID", "APP_SECRET")


@pytest.mark.parametrize("environment", [{}, {f"BANSHI_WECHAT_{name}": " " for name in NAMES}])
def test_not_configured(environment: dict[str, str], bot: ScriptedBot) -> None:
    """The channel is absent: no error, no route."""
    assert WechatSettings.from_environment(environment) is None
    with serving_channels(bot, [WechatChannel(None)]) as root:
        for path in ("", "/", "/webhook"):
            response = Client(root).http.get(f"{root}/webhooks/wechat{path}?signature=a&timestamp=1&nonce=2&echostr=3")
            assert response.status_code == 404


def test_configured() -> None:
    assert WechatSettings.from_environment(GOOD) == WechatSettings(b"s" * 32, TOKEN)
    everything = {
        **SAFE_MODE,
        "BANSHI_WECHAT_APP_SECRET": "x",
        "BANSHI_WECHAT_WINDOW": "0",
        "BANSHI_WECHAT_RATE": "5",
        "BANSHI_REDIS_URL": "redis://127.0.0.1:6379/0",
        "BANSHI_PUBLIC_URL": "https://www.example.gov.cn/card",
    }
    settings = WechatSettings.from_environment(everything)
    assert settings == WechatSettings(
        b"s" * 32, TOKEN, AES_KEY, APP_ID, "x", 0, 5, "redis://127.0.0.1:6379/0", "https://www.example.gov.cn/card"
    )
    assert settings.safe_mode
    assert settings.deadline == 4.0


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({**SAFE_MODE, "BANSHI_WECHAT_TOKEN": ""}, "WeChat is configured by half: set BANSHI_WECHAT_TOKEN"),
        ({"BANSHI_WECHAT_APP_ID": APP_ID}, "WeChat is configured by half"),
        ({"BANSHI_WECHAT_APP_SECRET": "x"}, "WeChat is configured by half"),
        ({**GOOD, "BANSHI_WECHAT_TOKEN": "ab"}, "BANSHI_WECHAT_TOKEN must be 3 to 32 letters and digits"),
        ({**SAFE_MODE, "BANSHI_WECHAT_AES_KEY": AES_KEY[1:]}, "has 42 characters, but an EncodingAESKey has 43"),
        ({**SAFE_MODE, "BANSHI_WECHAT_AES_KEY": AES_KEY + "="}, "has 44 characters"),
        ({**SAFE_MODE, "BANSHI_WECHAT_APP_ID": ""}, "so BANSHI_WECHAT_APP_ID is needed too: safe mode checks it"),
        ({**SAFE_MODE, "BANSHI_WECHAT_APP_ID": "wx 1"}, "BANSHI_WECHAT_APP_ID is not an AppID"),
        ({**GOOD, "BANSHI_WECHAT_APP_SECRET": "x"}, "so BANSHI_WECHAT_APP_ID is needed too"),
        ({"BANSHI_WECHAT_TOKEN": TOKEN}, "There is no secret"),
        ({**GOOD, "BANSHI_WECHAT_WINDOW": "ten"}, "BANSHI_WECHAT_WINDOW is 'ten'"),
        ({**GOOD, "BANSHI_WECHAT_RATE": "-1"}, "BANSHI_WECHAT_RATE is '-1'"),
        ({**GOOD, "BANSHI_REDIS_URL": "127.0.0.1:6379"}, "BANSHI_REDIS_URL is not an address such as redis://"),
        ({**GOOD, "BANSHI_PUBLIC_URL": 'https://x/"onclick'}, "BANSHI_PUBLIC_URL is not an address such as https://"),
        ({**GOOD, "BANSHI_PUBLIC_URL": "javascript:alert(1)"}, "BANSHI_PUBLIC_URL is not an address"),
    ],
)
def test_configured_by_half(environment: dict[str, str], sentence: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsError) as caught:
        WechatSettings.from_environment(environment)
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)
    for name in (f"BANSHI_WECHAT_{name}" for name in NAMES):
        monkeypatch.delenv(name, raising=False)
    for name in ("BANSHI_SECRET", "BANSHI_SECRET_FILE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(RasaException) as refused:
        WechatChannel.from_credentials(None)
    assert str(refused.value) == str(caught.value)


def test_secrets_are_never_in_a_sentence() -> None:
    with pytest.raises(SettingsError) as caught:
        WechatSettings.from_environment(
            {**SAFE_MODE, "BANSHI_WECHAT_AES_KEY": "topsecret", "BANSHI_WECHAT_TOKEN": "tok1"}
        )
    assert "topsecret" not in str(caught.value)
    with pytest.raises(SettingsError) as caught:
        WechatSettings.from_environment({**GOOD, "BANSHI_WECHAT_TOKEN": "top secret"})
    assert "top secret" not in str(caught.value)


def test_plain_mode_warns(bot: SlowBot, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    with wechat_for(bot, SAFE):
        assert "plain mode" not in caplog.text
    with wechat_for(bot, PLAIN):
        assert "WeChat runs in plain mode" in caplog.text
